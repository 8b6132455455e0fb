import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { countingGit } from '../helpers/fake-git.js';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, errorOf, judged, PASSES, refused, scenarios, undecidedOn } from '../helpers/scenario.js';
import { cleanEnv } from '../helpers/temp-repo.js';

const { test, repo: newRepo, folder } = scenarios('check --staged');
const token = githubToken(21);
const secret = `token = ${token}\n`;
const lines = (n: number) => Array.from({ length: n }, (_, at) => `line ${at}\n`).join('');
const staged = ['--staged'];

test('a renamed file with an edit is judged under its new name', () => {
  const repo = newRepo().write('old.txt', lines(60)).commit();
  repo.git('mv', 'old.txt', 'new.txt');
  repo.write('new.txt', `${lines(60)}${secret}`).git('add', 'new.txt');
  assert.match(repo.git('diff-index', '--cached', '-M', 'HEAD'), /R0\d\d\told\.txt\tnew\.txt/);
  assert.equal(judged(repo.check(staged)), blocks('new.txt:61:9'));
});

test('a file that is only renamed is judged too', () => {
  const repo = newRepo().write('old.txt', secret).commit();
  repo.git('mv', 'old.txt', 'new.txt');
  assert.equal(judged(repo.check(staged)), blocks('new.txt:1:9'));
});

test('a copy is judged', () => {
  const repo = newRepo()
    .write('a.txt', `${lines(60)}${secret}`)
    .commit();
  repo.git('config', 'diff.renames', 'copies');
  repo.write('b.txt', `${lines(60)}${secret}`).git('add', 'b.txt');
  assert.equal(judged(repo.check(staged)), blocks('b.txt:61:9'));
});

test('a link that became a file, and a file that became a link', () => {
  const repo = newRepo().write('b', 'clean\n');
  symlinkSync('somewhere', repo.path('a'));
  repo.commit();
  unlinkSync(repo.path('a'));
  unlinkSync(repo.path('b'));
  repo.write('a', secret);
  symlinkSync(token, repo.path('b'));
  repo.git('add', '--all');
  assert.match(repo.git('diff-index', '--cached', 'HEAD'), /T\ta[\s\S]*T\tb/);
  assert.equal(judged(repo.check(staged)), blocks('a:1:9', 'b:1:1'));
});

test('a link is judged by its target text, and what it leads to is not read', () => {
  const repo = newRepo();
  const outside = folder();
  writeFileSync(`${outside}/secret.txt`, secret);
  symlinkSync(`${outside}/secret.txt`, repo.path('link'));
  repo.git('add', '--all');
  assert.equal(judged(repo.check(staged)), PASSES);
  assert.equal(judged(repo.commit().check()), PASSES);
});

test('a file that is staged and deleted on disk is judged', () => {
  const repo = newRepo().write('sub/a.txt', secret);
  repo.git('add', '--all');
  rmSync(repo.path('sub'), { recursive: true });
  assert.equal(judged(repo.check(staged)), blocks('sub/a.txt:1:9'));
});

test('of a file whose deletion is staged there is nothing to judge', () => {
  const repo = newRepo().write('a.txt', secret).commit();
  repo.git('rm', '--quiet', '--cached', 'a.txt'); // it stays on disk
  const ran = repo.check(staged);
  assert.equal(judged(ran), PASSES);
  assert.is(ran.result.rules[0].files, 0);
});

test('a folder that became a file, and a file that became a folder', () => {
  const repo = newRepo().write('a/x', 'clean\n').write('b', 'clean\n').commit();
  rmSync(repo.path('a'), { recursive: true });
  rmSync(repo.path('b'));
  repo.write('a', secret).write('b/x', secret).git('add', '--all');
  assert.equal(judged(repo.check(staged)), blocks('a:1:9', 'b/x:1:9'));
});

test('what a sparse checkout leaves out is judged where it is staged', async () => {
  for (const sparseIndex of ['--no-sparse-index', '--sparse-index']) {
    const repo = newRepo().write('in/a.txt', 'clean\n').write('out/deep/b.txt', 'clean\n').commit();
    repo.git('sparse-checkout', 'set', '--cone', sparseIndex, 'in');
    assert.not(existsSync(repo.path('out')));
    repo.write('out/deep/b.txt', secret).git('add', '--sparse', 'out/deep/b.txt');
    repo.git('update-index', '--skip-worktree', 'out/deep/b.txt');
    rmSync(repo.path('out'), { recursive: true });
    const found = blocks('out/deep/b.txt:1:9');
    assert.equal(judged(repo.check(staged)), found, sparseIndex);
    assert.equal(judged(await repo.look(['--staged', '--all'])), found, sparseIndex);
    assert.equal(judged(await repo.look()), found, sparseIndex);
  }
});

test('a sparse checkout that leaves the policy out is judged by the policy', async () => {
  const repo = newRepo().write('in/a.txt', secret).commit();
  repo.git('sparse-checkout', 'set', '--no-cone', '/in/');
  assert.not(existsSync(repo.path('nonstop.config.json')));
  repo.write('in/a.txt', `\n${secret}`).git('add', 'in/a.txt');
  assert.equal(judged(repo.check(staged)), blocks('in/a.txt:2:9'));
  assert.equal(judged(await repo.look()), blocks('in/a.txt:2:9'));
});

test('a repository of SHA-256', async () => {
  const repo = newRepo({ init: ['--object-format=sha256'] })
    .write('a.txt', 'clean\n')
    .commit();
  repo.write('a.txt', secret).write('b.txt', secret).git('add', '--all');
  const { found } = judged(repo.check(staged));
  assert.equal(found, ['a.txt:1:9', 'b.txt:1:9']);
  repo.commit();
  assert.equal(judged(await repo.look(['--base', 'HEAD~1'])).found, found);
  assert.equal(judged(await repo.look(['--all'])).found, found);
  const { head } = repo.check(['--all']).result.snapshot;
  assert.is(head.length, 64);
});

test('the first commit of a SHA-256 repository', () => {
  const repo = newRepo({ init: ['--object-format=sha256'] }).write('a.txt', secret);
  repo.git('checkout', '--quiet', '--orphan', 'other');
  repo.git('add', '--all');
  assert.equal(judged(repo.check(staged)), blocks('a.txt:1:9'));
});

test('a submodule has no bytes here, and hides nothing', () => {
  const repo = newRepo();
  const lib = newRepo().write('b.txt', secret).commit();
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', lib.top, 'lib');
  repo.git('config', '--file', '.gitmodules', 'submodule.lib.ignore', 'all');
  repo.write('a.txt', secret).git('add', '--all');
  const ran = repo.check(staged);
  assert.equal(judged(ran), blocks('a.txt:1:9'));
  assert.equal(judged(repo.commit().check()), blocks('a.txt:1:9'));
  assert.equal(judged(repo.check(['--all'])), blocks('a.txt:1:9'));
});

test('a submodule that becomes a file is judged, though its changes are to be ignored', () => {
  const repo = newRepo();
  const id = repo.git('rev-parse', 'HEAD').trim();
  repo.git('update-index', '--add', '--cacheinfo', `160000,${id},lib`);
  repo.write('.gitmodules', '[submodule "lib"]\n\tpath = lib\n\turl = ./lib\n\tignore = all\n');
  repo.git('add', '.gitmodules');
  repo.git('commit', '--quiet', '--no-verify', '--message', 'lib');
  repo.write('lib', secret).git('add', 'lib');
  assert.equal(judged(repo.check(staged)), blocks('lib:1:9'));
});

test('what is in conflict is not evaluated, and what is not is', async () => {
  const repo = newRepo().write('a.txt', 'base\n').commit();
  repo.git('checkout', '--quiet', '-b', 'other');
  repo.write('a.txt', 'theirs\n').write('theirs.txt', secret).commit();
  repo.git('checkout', '--quiet', 'main');
  repo.write('a.txt', 'ours\n').commit();
  assert.throws(() => repo.git('merge', '--quiet', 'other'));
  const conflict = { exit: 2, found: ['theirs.txt:1:9'], undecided: ['a.txt'] };
  assert.equal(judged(repo.check(staged)), conflict);
  assert.equal(judged(await repo.look(['--staged', '--all'])), conflict);
  repo.write('a.txt', `<<<<<<<\n${secret}`);
  assert.equal(judged(await repo.look()), blocks('a.txt:2:9', 'theirs.txt:1:9'));
});

test('a conflict in the policy is an error, not a missing policy', () => {
  const repo = newRepo();
  repo.git('checkout', '--quiet', '-b', 'other');
  repo.write('nonstop.config.json', '{ "rules": { "secrets": "off" } }').commit();
  repo.git('checkout', '--quiet', 'main');
  repo.write('nonstop.config.json', '{ "rules": { "secrets": "warn" } }').commit();
  assert.throws(() => repo.git('merge', '--quiet', 'other'));
  const ran = repo.run(['check', '--staged']);
  assert.is(ran.code, 2);
  assert.match(ran.stderr, 'merge conflict');
});

test('a conflict in the policy is read nowhere else', () => {
  const repo = newRepo().write('a.txt', secret);
  repo.git('add', 'a.txt');
  const id = repo.git('rev-parse', 'HEAD:nonstop.config.json').trim();
  const input = `0 ${'0'.repeat(40)}\tnonstop.config.json\n100644 ${id} 1\tnonstop.config.json\n100644 ${id} 3\tnonstop.config.json\n`;
  execFileSync('git', ['update-index', '--index-info'], { cwd: repo.top, input });
  repo.write('nonstop.config.json', '{ "rules": { "secrets": "off" } }');
  assert.is(repo.run(['check', '--staged']).code, 2);
});

test('what is only intended to be added is judged as the tracked file that it is, in the working tree', async () => {
  const repo = newRepo().write('later.txt', secret);
  repo.git('add', '--intent-to-add', 'later.txt');
  assert.equal(judged(repo.check(staged)), PASSES);
  assert.equal(judged(await repo.look()), blocks('later.txt:1:9'));
});

test('a policy that is only intended to be added is not staged', () => {
  const repo = newRepo({ config: null })
    .write('a.txt', secret)
    .write('nonstop.config.json', '{"rules":{"secrets":"block"}}');
  repo.git('add', 'a.txt');
  repo.git('add', '--intent-to-add', 'nonstop.config.json');
  const ran = repo.check(staged);
  assert.equal(judged(ran), blocks('a.txt:1:9'));
  assert.match(ran.stderr, 'never committed or staged');
});

test('the mode that is staged counts, not the one on disk', () => {
  const repo = newRepo().write('a.sh', secret);
  repo.git('add', 'a.sh');
  repo.git('update-index', '--chmod=+x', 'a.sh');
  assert.equal(judged(repo.check(staged)), blocks('a.sh:1:9'));
});

test('flags that hide a file from git status hide nothing', async () => {
  for (const flag of ['--assume-unchanged', '--skip-worktree']) {
    const repo = newRepo().write('a.txt', 'clean\n').commit();
    repo.git('update-index', flag, 'a.txt');
    repo.write('a.txt', secret);
    assert.equal(judged(repo.check()), blocks('a.txt:1:9'), flag);
    const id = repo.git('hash-object', '-w', 'a.txt').trim();
    repo.git('update-index', '--cacheinfo', `100644,${id},a.txt`);
    repo.write('a.txt', 'clean\n');
    assert.equal(judged(await repo.look(staged)), blocks('a.txt:1:9'), flag);
  }
});

test('a blob that came to the index without ever being on disk is judged', async () => {
  const repo = newRepo();
  const options = { cwd: repo.top, input: secret, encoding: 'utf8', env: cleanEnv() } as const;
  const id = execFileSync('git', ['hash-object', '-w', '--stdin'], options).trim();
  repo.git('update-index', '--add', '--cacheinfo', `100644,${id},ghost.txt`);
  assert.equal(judged(repo.check(staged)), blocks('ghost.txt:1:9'));
  repo.git('update-index', '--cacheinfo', `100644,${'1'.repeat(40)},ghost.txt`);
  assert.equal(judged(await repo.look(staged)), undecidedOn('ghost.txt'));
});

test('an index that holds one file twice, as a tool may leave a sparse one, is an error', async () => {
  const repo = newRepo().write('in/a.txt', 'clean\n').write('out/b.txt', 'clean\n').commit();
  repo.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'in');
  const options = { cwd: repo.top, input: secret, encoding: 'utf8', env: cleanEnv() } as const;
  const id = execFileSync('git', ['hash-object', '-w', '--stdin'], options).trim();
  repo.git('update-index', '--add', '--cacheinfo', `100644,${id},out/b.txt`);
  assert.equal(judged(repo.check(staged)), blocks('out/b.txt:1:9'));
  for (const args of [['--staged', '--all'], []]) {
    assert.equal(errorOf(await repo.call(['check', ...args])), refused('GIT_FAILED'));
  }
});

test('an entry that names another kind of object than its mode says', async () => {
  const repo = newRepo();
  const tree = repo.git('rev-parse', 'HEAD^{tree}').trim();
  repo.git('update-index', '--add', '--cacheinfo', `100644,${tree},tree.txt`);
  assert.equal(judged(repo.check(staged)), undecidedOn('tree.txt'));
  const options = { cwd: repo.top, input: `some/where\n${secret}`, encoding: 'utf8', env: cleanEnv() } as const;
  const id = execFileSync('git', ['hash-object', '-w', '--stdin'], options).trim();
  repo.git('update-index', '--add', '--cacheinfo', `120000,${id},tree.txt`); // a link with a text of two lines
  assert.equal(judged(await repo.look(staged)), blocks('tree.txt:2:9'));
});

test('a split index, and an index of version 4, are read', () => {
  for (const args of [['--split-index'], ['--index-version', '4']]) {
    const repo = newRepo().write('a.txt', 'clean\n').commit();
    repo.git('update-index', ...args);
    repo.write('a.txt', secret).write('b.txt', secret).git('add', '--all');
    assert.equal(judged(repo.check(staged)), blocks('a.txt:1:9', 'b.txt:1:9'), args.join(' '));
  }
});

test('--all --staged judges the whole index, whatever HEAD has', () => {
  const repo = newRepo().write('a.txt', secret).commit();
  repo.write('b.txt', secret).git('add', 'b.txt');
  repo.write('a.txt', 'clean on disk\n').write('untracked.txt', secret);
  assert.equal(judged(repo.check(['--staged', '--all'])), blocks('a.txt:1:9', 'b.txt:1:9'));
});

test('from a subfolder the whole index is judged, and PATH is relative to there', async () => {
  const repo = newRepo().write('sub/a.txt', secret).write('b.txt', secret);
  repo.git('add', '--all');
  const cwd = repo.path('sub');
  assert.equal(judged(repo.check(staged, { cwd })), blocks('b.txt:1:9', 'sub/a.txt:1:9'));
  assert.equal(judged(await repo.look(['--staged', 'a.txt'], { cwd })), blocks('sub/a.txt:1:9'));
});

test('a link to a subfolder is a way into the repository like another', () => {
  const repo = newRepo().write('sub/a.txt', secret);
  repo.git('add', '--all');
  const link = `${folder()}/link`;
  symlinkSync(repo.path('sub'), link);
  assert.equal(judged(repo.check(['--staged', `${link}/a.txt`], { cwd: link })), blocks('sub/a.txt:1:9'));
});

test('three hundred files cost no more git processes than one: rev-parse, diff-index, cat-file', () => {
  const repo = newRepo();
  mkdirSync(repo.path('many'));
  for (let at = 0; at < 300; at++) writeFileSync(repo.path(`many/${at}.txt`), at === 150 ? secret : `${at}\n`);
  repo.git('add', '--all');
  const { env, started } = countingGit(folder());
  const ran = repo.check(staged, { env });
  assert.equal(judged(ran), blocks('many/150.txt:1:9'));
  assert.equal(started().sort(), ['cat-file', 'diff-index', 'rev-parse']);
});

test('in the hook of a linked worktree it is three processes too', () => {
  const repo = newRepo();
  const linked = `${folder()}/linked`;
  repo.git('worktree', 'add', '--quiet', linked);
  writeFileSync(`${linked}/a.txt`, secret);
  execFileSync('git', ['add', 'a.txt'], { cwd: linked, env: cleanEnv() });
  const { env, started } = countingGit(folder());
  const GIT_DIR = repo.path('.git/worktrees/linked');
  const ran = repo.check(staged, { cwd: linked, env: { ...env, GIT_DIR, GIT_INDEX_FILE: `${GIT_DIR}/index` } });
  assert.equal(judged(ran), blocks('a.txt:1:9'));
  assert.equal(started().sort(), ['cat-file', 'diff-index', 'rev-parse']);
});

test.run();
