import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, errorOf, judged, PASSES, refused, scenarios } from '../helpers/scenario.js';
import { cleanEnv } from '../helpers/temp-repo.js';

const { test, repo: newRepo, folder } = scenarios('ranges');
const secret = `token = ${githubToken(51)}\n`;
const lines = Array.from({ length: 60 }, (_, at) => `line ${at}\n`).join('');

/** `main` and `feature` have both gone on since they parted. */
function diverged() {
  const repo = newRepo().write('both.txt', lines).commit();
  repo.git('checkout', '--quiet', '-b', 'feature');
  repo.write('feature.txt', secret).commit();
  repo.git('checkout', '--quiet', 'main');
  repo.write('main.txt', secret).commit();
  repo.git('checkout', '--quiet', 'feature');
  return repo;
}

test('--base judges what HEAD brings since it left the base, and not what the base has gone on to', () => {
  const repo = diverged();
  const ran = repo.check(['--base', 'main']);
  assert.equal(judged(ran), blocks('feature.txt:1:9'));
  assert.equal(ran.result.snapshot, {
    kind: 'range',
    base: repo.git('merge-base', 'main', 'feature').trim(),
    head: repo.git('rev-parse', 'feature').trim(),
  });
});

test('--range judges the second end, whatever is checked out, staged or on disk', async () => {
  const repo = diverged();
  repo.write('staged.txt', secret).git('add', 'staged.txt');
  repo.write('feature.txt', 'clean\n').write('untracked.txt', secret);
  for (const range of ['main..feature', 'main...feature', 'main..']) {
    assert.equal(judged(repo.check(['--range', range])), blocks('feature.txt:1:9'), range);
  }
  assert.equal(judged(await repo.look(['--range', 'feature..main'])), blocks('main.txt:1:9'));
  assert.equal(judged(await repo.look(['--range', 'feature..feature'])), PASSES);
});

test('an end may be any name of a commit', () => {
  const repo = diverged();
  repo.git('tag', '-a', '-m', 'x', 'v1', 'main~1');
  const id = repo.git('rev-parse', 'main~1').trim();
  for (const name of ['v1', id, id.slice(0, 8), 'feature^{/policy}', '@{-1}', 'refs/heads/main']) {
    assert.equal(judged(repo.check(['--base', name])).found.includes('feature.txt:1:9'), true, name);
  }
});

test('a rename in a range is judged under its new name', () => {
  const repo = newRepo().write('old.txt', lines).commit();
  repo.git('mv', 'old.txt', 'new.txt');
  repo.write('new.txt', `${lines}${secret}`).commit();
  assert.equal(judged(repo.check(['--base', 'HEAD~1'])), blocks('new.txt:61:9'));
});

test('a file that the range adds and deletes again is not among what it brings in the end', async () => {
  const repo = newRepo().write('a.txt', secret).commit();
  rmSync(repo.path('a.txt'));
  repo.commit();
  assert.equal(judged(repo.check(['--base', 'HEAD~2'])), PASSES);
  assert.equal(judged(await repo.look(['--range', 'HEAD~2..HEAD~1'])), blocks('a.txt:1:9'));
});

test('what a merge of the base brings along is not what the change brings', () => {
  const repo = diverged();
  repo.git('merge', '--quiet', '--no-edit', 'main');
  assert.equal(judged(repo.check(['--base', 'main'])), blocks('feature.txt:1:9'));
});

test('what a merge itself adds is judged', () => {
  const repo = diverged();
  repo.git('merge', '--quiet', '--no-commit', 'main');
  repo.write('evil.txt', secret).commit('merge');
  assert.equal(judged(repo.check(['--base', 'main'])), blocks('evil.txt:1:9', 'feature.txt:1:9'));
});

test('--base with --all judges the whole tree of HEAD', async () => {
  assert.equal(judged(newRepo().check(['--base', 'HEAD', '--all'])), PASSES);
  const repo = newRepo().write('before.txt', secret).commit().write('after.txt', 'clean\n').commit();
  assert.equal(judged(repo.check(['--base', 'HEAD~1'])), PASSES);
  assert.equal(judged(await repo.look(['--base', 'HEAD~1', '--all'])), blocks('before.txt:1:9'));
});

test('--all judges the tree of HEAD, not the index and not the disk', async () => {
  const repo = newRepo().write('a.txt', secret).write('b.txt', 'clean\n').commit();
  repo.write('a.txt', 'clean\n').write('b.txt', secret).write('c.txt', secret).git('add', 'c.txt');
  assert.equal(judged(repo.check(['--all'])), blocks('a.txt:1:9'));
  assert.equal(judged(await repo.look([])), blocks('b.txt:1:9', 'c.txt:1:9'));
});

test('a name that is no commit here', async () => {
  const repo = newRepo();
  for (const args of [
    ['--base', 'origin/none'],
    ['--range', 'none..HEAD'],
    ['--range', 'HEAD..none'],
    ['--base', '1'.repeat(40)],
  ]) {
    const ran = await repo.call(['check', ...args]);
    assert.equal(errorOf(ran), refused('RANGE_UNKNOWN'), args.join(' '));
    assert.match(ran.stderr, /^fix {4}Fetch it, for instance: git fetch origin /m);
  }
});

test('a name of an object that is no commit', async () => {
  const repo = newRepo();
  for (const name of ['HEAD:nonstop.config.json', 'HEAD^{tree}', '4b825dc642cb6eb9a060e54bf8d69288fbee4904']) {
    assert.equal(errorOf(await repo.call(['check', '--base', name])), refused('RANGE_UNKNOWN'), name);
  }
});

test('a name that looks like an option is a name', async () => {
  const repo = newRepo();
  const target = join(folder(), 'written');
  for (const name of ['--all', '-n1', `--output=${target}`, '--git-dir', '-']) {
    assert.equal(errorOf(await repo.call(['check', `--base=${name}`])), refused('RANGE_UNKNOWN'), name);
  }
  for (const range of [`--output=${target}..HEAD`, `HEAD..--output=${target}`]) {
    assert.equal(errorOf(await repo.call(['check', `--range=${range}`])), refused('RANGE_UNKNOWN'), range);
  }
  assert.not(existsSync(target));
  repo.git('update-ref', 'refs/heads/-dash', 'HEAD'); // git branch would not make one
  repo.write('a.txt', secret).commit();
  assert.equal(judged(repo.check(['--base=-dash'])), blocks('a.txt:1:9'));
});

test('a name may not break out of the line it is put in', async () => {
  const repo = newRepo();
  for (const name of ['HEAD\nHEAD', 'HEAD\n', ' HEAD', 'HEAD main', 'HEAD..main']) {
    assert.is((await repo.call(['check', '--base', name])).code, 2, JSON.stringify(name));
  }
});

test('a range that is none, or two sources at once, is wrong use', async () => {
  const repo = newRepo();
  const calls = [
    ['--range', 'main'],
    ['--range', ''],
    ['--range', '..'],
    ['--range', '..main'],
    ['--staged', '--base', 'main'],
    ['--staged', '--base', ''],
    ['--staged', '--range', 'a..b'],
    ['--range', 'a..b', '--base', 'c'],
  ];
  for (const args of calls)
    assert.equal(errorOf(await repo.call(['check', ...args])), refused('USAGE'), args.join(' '));
});

test('an empty base, as an unset variable of CI gives it, is not a pass', () => {
  const repo = newRepo();
  assert.is(repo.run(['check', '--base', '']).code, 2);
  assert.is(repo.run(['check', '--base', '0'.repeat(40)]).code, 2);
});

test('a shallow clone without the common commit is an error that says how to get it', () => {
  const repo = diverged();
  const clone = join(folder(), 'clone');
  const options = { env: cleanEnv(), stdio: 'pipe' } as const;
  const args = ['clone', '--quiet', '--depth=1', '--no-single-branch', '--branch=feature', `file://${repo.top}`, clone];
  execFileSync('git', args, options);
  const ran = repo.run(['check', '--base', 'origin/main'], { cwd: clone });
  assert.equal(errorOf(ran), refused('RANGE_UNKNOWN'));
  assert.match(ran.stderr, 'shallow');
  assert.match(ran.stderr, 'git fetch --unshallow');
  const absent = repo.run(['check', '--base', 'HEAD~1'], { cwd: clone });
  assert.equal(errorOf(absent), refused('RANGE_UNKNOWN'));
  assert.match(absent.stderr, 'shallow');
  execFileSync('git', ['fetch', '--quiet', '--unshallow'], { ...options, cwd: clone });
  assert.equal(judged(repo.check(['--base', 'origin/main'], { cwd: clone })), blocks('feature.txt:1:9'));
});

test('histories that share nothing', () => {
  const repo = newRepo();
  repo.git('checkout', '--quiet', '--orphan', 'other');
  repo.write('a.txt', secret).commit();
  const ran = repo.run(['check', '--base', 'main']);
  assert.equal(errorOf(ran), refused('RANGE_UNKNOWN'));
  assert.match(ran.stderr, 'unrelated');
});

test('a partial clone gets what it lacks, or says so', () => {
  const repo = diverged();
  repo.git('config', 'uploadpack.allowFilter', 'true');
  const clone = join(folder(), 'clone');
  const args = [
    'clone',
    '--quiet',
    '--filter=blob:none',
    '--no-checkout',
    '--branch=feature',
    `file://${repo.top}`,
    clone,
  ];
  execFileSync('git', args, { env: cleanEnv(), stdio: 'pipe' });
  assert.equal(judged(repo.check(['--base', 'origin/main'], { cwd: clone })), blocks('feature.txt:1:9'));
  const again = join(folder(), 'clone');
  execFileSync('git', [...args.slice(0, -1), again], { env: cleanEnv(), stdio: 'pipe' });
  rmSync(repo.path('.git'), { recursive: true });
  assert.is(repo.run(['check', '--base', 'origin/main'], { cwd: again }).code, 2);
});

test('a range needs no file on disk', () => {
  const repo = diverged();
  const clone = join(folder(), 'clone');
  execFileSync('git', ['clone', '--quiet', '--no-checkout', repo.top, clone], { env: cleanEnv(), stdio: 'pipe' });
  assert.equal(judged(repo.check(['--base', 'origin/main'], { cwd: clone })), blocks('feature.txt:1:9'));
});

test.run();
