import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { fakeGit } from '../helpers/fake-git.js';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, errorOf, judged, quoted, refused, scenarios, undecidedOn } from '../helpers/scenario.js';
import { BIN, cleanEnv } from '../helpers/temp-repo.js';

const { test, repo: newRepo, emptyRepo, folder } = scenarios('what fails is never a pass');
const secret = `token = ${githubToken(12)}\n`;

/** A secret is staged, so that any exit but 1 and 2 would be a miss. */
function stagedSecret() {
  const repo = newRepo().write('a.txt', secret);
  repo.git('add', 'a.txt');
  return repo;
}

test('not a repository', () => {
  const cwd = folder();
  const repo = newRepo();
  const ran = repo.run(['check', '--staged'], { cwd });
  assert.equal(errorOf(ran), refused('REPOSITORY_MISSING'));
  assert.match(ran.stderr, 'not a git repository');
  assert.match(ran.stderr, 'git init');
});

test('no git on PATH', () => {
  const ran = stagedSecret().run(['check', '--staged'], { env: { PATH: '/nonexistent' } });
  assert.equal(errorOf(ran), refused('GIT_MISSING'));
  assert.match(ran.stderr, 'fix    Install git');
});

test('a repository of someone else: the reason of git itself, and the command that mends it', () => {
  if (process.getuid?.() !== 0) return; // only root can give a folder away
  const repo = stagedSecret();
  execFileSync('chown', ['-R', '1234', repo.top]);
  for (const args of [['--staged'], [], ['--all']]) {
    const ran = repo.run(['check', ...args]);
    assert.equal(errorOf(ran), refused('REPOSITORY_MISSING'), args.join());
    assert.match(ran.stderr, 'dubious ownership');
    assert.match(ran.stderr, `git config --global --add safe.directory ${repo.top}`);
  }
});

test('a bare repository and the inside of a git folder have no index and no files, but commits', async () => {
  const repo = stagedSecret().commit();
  const bare = join(folder(), 'bare.git');
  repo.git('clone', '--quiet', '--bare', '.', bare);
  for (const cwd of [bare, repo.path('.git'), repo.path('.git/objects')]) {
    for (const args of [['--staged'], []]) {
      const ran = await repo.call(['check', ...args], { cwd });
      assert.equal(errorOf(ran), refused('REPOSITORY_MISSING'), cwd);
      assert.match(ran.stderr, 'no work tree');
    }
    assert.equal(judged(repo.check(['--base', 'HEAD~1'], { cwd })), blocks('a.txt:1:9'), cwd);
    assert.equal(judged(repo.check(['--all'], { cwd, env: { GIT_DIR: '.' } })), blocks('a.txt:1:9'), cwd);
  }
});

test('a push is judged on the receiving side before its objects are let in', () => {
  const repo = newRepo();
  const bare = join(folder(), 'bare.git');
  repo.git('clone', '--quiet', '--bare', '.', bare);
  repo.hook('pre-receive', {
    folder: join(bare, 'hooks'),
    before: `while read old new ref; do ${[process.execPath, BIN].map(quoted).join(' ')} check --range "$old..$new" || exit 1; done; exit 0`,
  });
  repo.write('a.txt', secret).commit();
  const push = ['push', '--quiet', bare, 'HEAD:refs/heads/main'];
  const refusedPush = repo.judge(push);
  assert.is(refusedPush.exit, 1);
  assert.match(refusedPush.stderr, 'block  1:9');
  repo.git('reset', '--quiet', '--hard', 'HEAD~1');
  repo.write('a.txt', 'clean\n').commit();
  assert.is(repo.judge(push).exit, 0);
});

test('an index that is damaged', async () => {
  for (const damage of [
    (path: string) => writeFileSync(path, 'garbage'),
    (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2)), // git itself reads this without a complaint
    (path: string) => truncateSync(path, 40),
    (path: string) => truncateSync(path, 130),
  ]) {
    const repo = stagedSecret();
    damage(repo.path('.git/index'));
    for (const args of [['--staged'], [], ['--all', '--staged']]) {
      const { exit, errors, stdout } = errorOf(await repo.call(['check', ...args]));
      assert.equal({ exit, errors, stdout }, { exit: 2, errors: 1, stdout: '' });
    }
  }
});

test('a HEAD that names a commit which is not there', async () => {
  const repo = stagedSecret();
  writeFileSync(repo.path('.git/HEAD'), `${'1'.repeat(40)}\n`);
  assert.equal(errorOf(await repo.call(['check', '--staged'])), refused('GIT_FAILED'));
  assert.equal(errorOf(await repo.call(['check', '--all'])), refused('GIT_FAILED'));
});

test('a HEAD that is damaged', async () => {
  const repo = stagedSecret();
  writeFileSync(repo.path('.git/HEAD'), 'garbage\n');
  assert.equal(errorOf(await repo.call(['check', '--staged'])), refused('REPOSITORY_MISSING'));
});

test('a blob that is missing is not evaluated, one that is damaged is an error', () => {
  const repo = stagedSecret();
  const id = repo.git('rev-parse', ':a.txt').trim();
  const path = repo.path(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
  chmodSync(path, 0o644);
  writeFileSync(path, 'garbage');
  const ran = repo.run(['check', '--staged', '--format', 'json']);
  assert.is(ran.code, 2);
  truncateSync(path, 0);
  assert.is(repo.run(['check', '--staged']).code, 2);
  rmSync(path);
  assert.equal(judged(repo.check(['--staged'])), undecidedOn('a.txt'));
});

test('a config whose blob is missing is not taken for no config', async () => {
  const repo = newRepo();
  const id = repo.git('rev-parse', ':nonstop.config.json').trim();
  repo.write('a.txt', secret).git('add', 'a.txt');
  rmSync(repo.path(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`));
  repo.write('nonstop.config.json', '{ "rules": { "secrets": "off" } }'); // not staged
  for (const args of [['--staged'], ['--all'], ['--range', 'HEAD..HEAD']]) {
    assert.equal(errorOf(await repo.call(['check', ...args])), refused('CONFIG_INVALID'), args.join(' '));
  }
  repo.write('package.json', '{ "nonstop": { "rules": { "secrets": "off" } } }').git('add', 'package.json');
  assert.equal(errorOf(await repo.call(['check', '--staged'])), refused('CONFIG_AMBIGUOUS'));
});

test('a tree that is missing is not taken for an empty one', () => {
  const repo = newRepo();
  const id = repo.git('rev-parse', 'HEAD^{tree}').trim();
  repo.write('a.txt', secret).git('add', 'a.txt');
  rmSync(repo.path(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`));
  for (const args of [['--staged'], ['--all'], ['--all', '--staged', '--config', 'nonstop.config.json']]) {
    const { code, result } = attempt(repo, args);
    assert.ok(code === 2 || (code === 1 && result), args.join(' '));
  }
});

function attempt(repo: ReturnType<typeof newRepo>, args: string[]) {
  const { code, stdout } = repo.run(['check', ...args, '--format', 'json']);
  return { code, result: stdout === '' ? null : JSON.parse(stdout) };
}

/** Each is a `git` that goes wrong at one step of `check --staged`, where a secret is staged. */
const BROKEN = {
  'fails in each call': 'echo "fatal: out of order" >&2; exit 128',
  'fails without a word': 'exit 1',
  'prints garbage in each call': 'echo garbage; exit 0',
  'prints nothing in each call': 'exit 0',
  'kills itself': 'kill -9 $$',
  'lists the index and then fails': '[ $sub = diff-index ] && { "$REAL" "$@"; exit 128; }',
  'dies in the middle of the list': '[ $sub = diff-index ] && "$REAL" "$@" | { head -c 60; kill -9 $$; }',
  'cuts the list short in good order': '[ $sub = diff-index ] && { "$REAL" "$@" | head -c 60; exit 0; }',
  'prints words for a list': '[ $sub = diff-index ] && { echo "usage: git diff-index"; exit 0; }',
  'writes a warning into the list': '[ $sub = diff-index ] && { echo "warning: slow"; "$REAL" "$@"; exit 0; }',
  'does not start to read objects': '[ $sub = cat-file ] && { echo "fatal: no objects" >&2; exit 128; }',
  'ends the reading of objects at once, in good order': '[ $sub = cat-file ] && exit 0',
  'dies after the first object': '[ $sub = cat-file ] && "$REAL" "$@" | { head -c 80; kill -9 $$; }',
  'ends in good order after the first objects': '[ $sub = cat-file ] && { head -n 1 | "$REAL" "$@"; exit 0; }',
  'answers in words': '[ $sub = cat-file ] && { while read line; do echo "no idea"; done; exit 0; }',
  'knows no option of cat-file': '[ $sub = cat-file ] && { echo "usage: git cat-file" >&2; exit 129; }',
  'does not know the format of the repository':
    '[ $sub = rev-parse ] && { printf "true\\nfalse\\nmd5\\n\\n/x\\n"; exit 0; }',
  'names a git folder that is not there':
    '[ $sub = rev-parse ] && { printf "true\\nfalse\\nsha1\\n\\n/nonexistent\\n"; exit 0; }',
};

for (const [name, lines] of Object.entries(BROKEN)) {
  test(`a git that ${name}`, () => {
    const repo = stagedSecret();
    const ran = repo.run(['check', '--staged'], { env: fakeGit(folder(), lines) });
    const { exit, errors, stdout } = errorOf(ran);
    assert.equal({ exit, errors, stdout }, { exit: 2, errors: 1, stdout: '' }, ran.stderr);
    assert.not.match(ran.stderr, 'fault in nonstop-policy');
    assert.not.match(ran.stderr, /^ {4}at /m);
  });
}

test('a git that says no object is there leaves nothing decided', () => {
  const repo = stagedSecret();
  const lines = '[ $sub = cat-file ] && { while read verb name; do echo "$name missing"; done; exit 0; }';
  assert.is(repo.run(['check', '--staged'], { env: fakeGit(folder(), lines) }).code, 2);
});

test('a git without cat-file --batch-command (before 2.36) does as well', () => {
  const repo = newRepo({ config: { rules: { secrets: { level: 'block', maxBytes: 1000 } } } });
  const env = fakeGit(folder(), 'case "$*" in *--batch-command*) echo "error: unknown option" >&2; exit 129;; esac');
  repo.write('a.txt', secret).write('exact.txt', 'x'.repeat(1000)).write('clean.txt', 'x\n');
  repo.git('add', '--all');
  assert.equal(judged(repo.check(['--staged'], { env })), blocks('a.txt:1:9'));
  repo.write('big.txt', 'x'.repeat(300_000)).write('big-too.txt', 'x'.repeat(1001)).git('add', '--all');
  const { code, result } = repo.check(['--staged'], { env });
  const { found, undecided } = judged({ code, result });
  assert.equal([code, found, undecided], [2, ['a.txt:1:9'], ['big-too.txt', 'big.txt']]);
});

test('the error of git is shown without control characters, and without a secret', () => {
  const repo = stagedSecret();
  const token = githubToken(77);
  const lines = `[ $sub = diff-index ] && { printf "fatal: \\033[31m${token}\\r\\n" >&2; exit 128; }`;
  const ran = repo.run(['check', '--staged'], { env: fakeGit(folder(), lines) });
  assert.equal(errorOf(ran), refused('GIT_FAILED'));
  assert.not.match(ran.stderr, token);
  assert.not.match(ran.stderr, /[\u0000-\u0009\u000B-\u001F]/);
});

test('a folder that is removed while one stands in it', () => {
  const repo = stagedSecret();
  mkdirSync(repo.path('gone'));
  const line = `cd gone && rmdir ../gone && ${[process.execPath, BIN].map(quoted).join(' ')} check; echo $?`;
  const out = execFileSync('sh', ['-c', `{ ${line}; } 2>&1`], { cwd: repo.top, env: cleanEnv(), encoding: 'utf8' });
  assert.match(out, /^error {2}The folder to check is not there .*USAGE\n[\s\S]*\n2\n$/);
});

test('an environment that names no repository, or one that is not there', () => {
  const repo = stagedSecret();
  for (const env of [
    { GIT_DIR: '' },
    { GIT_DIR: '/nonexistent' },
    { GIT_DIR: 'none' },
    { GIT_CEILING_DIRECTORIES: repo.top },
  ]) {
    const ran = repo.run(['check', '--staged'], { env });
    const isFound = 'GIT_CEILING_DIRECTORIES' in env; // it says how far up to look, and the repository is here
    assert.equal([ran.code, errorOf(ran).code], isFound ? [1, ''] : [2, 'REPOSITORY_MISSING'], JSON.stringify(env));
  }
});

test('a repository without commits has no tree to check', () => {
  const repo = emptyRepo().write('a.txt', secret);
  repo.git('add', '--all');
  assert.equal(errorOf(repo.run(['check', '--all'])), refused('RANGE_UNKNOWN'));
  assert.equal(judged(repo.check(['--all', '--staged'])), blocks('a.txt:1:9'));
});

test('a report that cannot be written', () => {
  const repo = stagedSecret();
  const ran = repo.run(['check', '--staged', '--format', 'json=no/such/folder.json']);
  assert.equal(errorOf(ran), refused('REPORT_UNWRITABLE'));
  assert.equal(readdirSync(repo.top).sort(), ['.git', 'a.txt', 'nonstop.config.json']);
});

test.run();
