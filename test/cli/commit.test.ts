import { execFileSync } from 'node:child_process';
import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, PASSES, quoted, scenarios } from '../helpers/scenario.js';
import { BIN, cleanEnv } from '../helpers/temp-repo.js';

const { test, repo: newRepo, emptyRepo, folder } = scenarios('git commit');
const secret = `token = ${githubToken(11)}\n`;
const clean = 'nothing here\n';
const commit = ['commit', '--quiet', '--message', 'change'];

test('a secret that is staged blocks, though it is cleaned on disk', () => {
  const repo = newRepo().hook().write('a.txt', secret);
  repo.git('add', 'a.txt');
  repo.write('a.txt', clean);
  const { exit, judged } = repo.judge(commit);
  assert.equal([exit, judged], [1, blocks('a.txt:1:9')]);
});

test('a secret on disk that is not staged passes', () => {
  const repo = newRepo().write('a.txt', clean).commit().hook();
  repo.write('b.txt', clean).git('add', 'b.txt');
  repo.write('a.txt', secret).write('untracked.txt', secret);
  assert.equal(repo.judge(commit).judged, PASSES);
});

test('of a partly staged file only the staged part counts', () => {
  const repo = newRepo().hook().write('a.txt', `first\n${secret}`);
  repo.git('add', 'a.txt');
  repo.write('a.txt', `first\nsecond\nthird\n${secret}`);
  assert.equal(repo.judge(commit).judged, blocks('a.txt:2:9'));
  repo.write('a.txt', clean).git('add', 'a.txt');
  repo.write('a.txt', secret);
  assert.equal(repo.judge(commit).judged, PASSES);
});

test('commit FILE judges that file as it stands on disk, and no other that is staged', () => {
  const repo = newRepo().write('a.txt', clean).write('b.txt', clean).commit().hook();
  repo.write('a.txt', secret).write('b.txt', 'better\n').git('add', 'a.txt');
  assert.equal(repo.judge([...commit, 'b.txt']).judged, PASSES);
  assert.equal(repo.git('show', '--name-only', '--format=', 'HEAD'), 'b.txt\n');
  repo.write('b.txt', secret);
  assert.equal(repo.judge([...commit, 'b.txt']).judged, blocks('b.txt:1:9'));
  repo.write('a.txt', 'staged clean\n').git('add', 'a.txt');
  repo.write('a.txt', secret);
  assert.equal(repo.judge([...commit, 'a.txt']).judged, blocks('a.txt:1:9'));
});

test('commit -a judges every tracked file as it stands on disk', () => {
  const repo = newRepo().write('a.txt', clean).commit().hook();
  repo.write('a.txt', secret).write('untracked.txt', secret);
  assert.equal(repo.judge([...commit, '-a']).judged, blocks('a.txt:1:9'));
});

test('commit -i FILE judges what is staged and that file', () => {
  const repo = newRepo().write('a.txt', clean).write('b.txt', clean).write('c.txt', clean).commit().hook();
  repo.write('a.txt', secret).write('b.txt', secret).write('c.txt', secret).git('add', 'a.txt');
  assert.equal(repo.judge([...commit, '-i', 'b.txt']).judged, blocks('a.txt:1:9', 'b.txt:1:9'));
});

test('commit --amend judges what the amendment adds', () => {
  const repo = newRepo().write('a.txt', clean).commit().hook();
  repo.write('a.txt', secret).git('add', 'a.txt');
  assert.equal(repo.judge([...commit, '--amend']).judged, blocks('a.txt:1:9'));
  repo.git('commit', '--quiet', '--no-verify', '--message', 'past the hook');
  repo.write('a.txt', clean).git('add', 'a.txt');
  assert.equal(repo.judge([...commit, '--amend']).judged, PASSES);
});

test('a commit from a subfolder judges the whole index', () => {
  const repo = newRepo().write('sub/a.txt', clean).write('b.txt', clean).commit().hook();
  repo.write('b.txt', secret).git('add', 'b.txt');
  repo.write('sub/a.txt', 'better\n');
  const cwd = repo.path('sub');
  assert.equal(repo.judge([...commit, 'a.txt'], { cwd }).judged, PASSES);
  assert.equal(repo.judge(commit, { cwd }).judged, blocks('b.txt:1:9'));
});

test('a hook that goes to a subfolder first judges the same', () => {
  const repo = newRepo().write('sub/a.txt', clean).commit().hook('pre-commit', { before: 'cd sub' });
  repo.write('b.txt', secret).git('add', 'b.txt');
  repo.write('sub/a.txt', 'better\n');
  assert.equal(repo.judge([...commit, 'sub/a.txt']).judged, PASSES);
  assert.equal(repo.judge(commit).judged, blocks('b.txt:1:9'));
});

test('the first commit is judged against nothing', () => {
  const repo = emptyRepo().hook().write('a.txt', secret);
  repo.git('add', '--all');
  assert.equal(repo.judge(commit).judged, blocks('a.txt:1:9'));
  repo.write('a.txt', clean).git('add', '--all');
  const { judged, files } = repo.judge(commit);
  assert.equal([judged, files], [PASSES, 2]);
});

test('on an orphan branch the whole index is what the commit brings', () => {
  const repo = newRepo().write('a.txt', secret).commit().hook();
  repo.git('checkout', '--quiet', '--orphan', 'other');
  assert.equal(repo.judge(commit).judged, blocks('a.txt:1:9'));
});

test('a detached HEAD is judged like a branch', () => {
  const repo = newRepo().write('a.txt', clean).commit().hook();
  repo.git('checkout', '--quiet', '--detach');
  repo.write('a.txt', secret);
  assert.equal(repo.judge([...commit, '-a']).judged, blocks('a.txt:1:9'));
});

test('a linked worktree is judged by its own index', () => {
  const repo = newRepo().write('a.txt', clean).write('sub/b.txt', clean).commit().hook();
  const linked = join(folder(), 'linked');
  repo.git('worktree', 'add', '--quiet', linked);
  repo.write('a.txt', secret).git('add', 'a.txt'); // in the main work tree
  writeFileSync(join(linked, 'sub/b.txt'), 'better\n');
  assert.equal(repo.judge([...commit, '-a'], { cwd: linked }).judged, PASSES);
  writeFileSync(join(linked, 'a.txt'), secret);
  writeFileSync(join(linked, 'sub/b.txt'), 'even better\n');
  execFileSync('git', ['add', 'a.txt'], { cwd: linked, env: cleanEnv() });
  assert.equal(repo.judge([...commit, 'b.txt'], { cwd: join(linked, 'sub') }).judged, PASSES);
  assert.equal(repo.judge(commit, { cwd: join(linked, 'sub') }).judged, blocks('a.txt:1:9'));
  repo.hook('pre-commit', { before: 'cd sub' });
  assert.equal(repo.judge(commit, { cwd: linked }).judged, blocks('a.txt:1:9'));
});

test('a temporary index in the common folder of a linked worktree is the one that is judged', () => {
  const repo = newRepo().write('a.txt', clean).commit().hook();
  const linked = join(folder(), 'linked');
  repo.git('worktree', 'add', '--quiet', linked);
  const env = { GIT_INDEX_FILE: repo.path('.git/of-a-tool') };
  writeFileSync(join(linked, 'a.txt'), secret);
  execFileSync('git', ['add', '--all'], { cwd: linked, env: cleanEnv(env) });
  assert.equal(repo.judge(commit, { cwd: linked, env }).judged, blocks('a.txt:1:9'));
});

test('an index that the caller names is the one that is judged, wherever it lies', () => {
  const repo = newRepo().write('HEAD', 'a file of this name\n').write('sub/x.txt', clean).commit().hook();
  repo.write('a.txt', secret);
  for (const name of ['own.index', '.git/own.index', join(folder(), 'own.index')]) {
    const env = { GIT_INDEX_FILE: name };
    execFileSync('git', ['add', '--all'], { cwd: repo.top, env: cleanEnv(env) });
    assert.equal(repo.judge(commit, { env }).judged, blocks('a.txt:1:9'), name);
  }
  const env = { GIT_INDEX_FILE: 'own.index' };
  assert.equal(repo.judge(commit, { env, cwd: repo.path('sub') }).judged, blocks('a.txt:1:9'));
});

test('a git folder named through a link is still the same repository', () => {
  const repo = newRepo().write('a.txt', clean).write('b.txt', clean).commit().hook();
  const link = join(folder(), 'link');
  symlinkSync(repo.top, link);
  repo.write('a.txt', secret).write('b.txt', 'better\n').git('add', 'b.txt');
  const named = [`--git-dir=${link}/.git`, ...commit, 'a.txt'];
  assert.equal(repo.judge(named, { cwd: link }).judged, blocks('a.txt:1:9'));
  repo.write('a.txt', 'better\n');
  repo.write('c.txt', secret).git('add', 'c.txt');
  assert.equal(repo.judge(named, { cwd: link }).judged, PASSES);
});

test('an alias that runs commit from a subfolder is judged', () => {
  const repo = newRepo().write('sub/a.txt', clean).commit().hook();
  repo.write('b.txt', secret).git('add', 'b.txt');
  const alias = ['-c', 'alias.ci=!git commit --quiet --message x', 'ci'];
  assert.equal(repo.judge(alias, { cwd: repo.path('sub') }).judged, blocks('b.txt:1:9'));
});

test('inside a submodule its own index is judged', () => {
  const outer = newRepo().write('a.txt', clean).commit();
  const inner = newRepo();
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.top, 'lib');
  outer.commit().hook('pre-commit', { folder: outer.path('.git/modules/lib/hooks') });
  const cwd = outer.path('lib');
  outer.write('a.txt', secret).git('add', 'a.txt');
  writeFileSync(join(cwd, 'b.txt'), clean);
  execFileSync('git', ['add', 'b.txt'], { cwd, env: cleanEnv() });
  assert.equal(outer.judge(commit, { cwd }).judged, PASSES);
  writeFileSync(join(cwd, 'b.txt'), secret);
  assert.equal(outer.judge([...commit, '-a'], { cwd }).judged, blocks('b.txt:1:9'));
});

test('a hook that runs the check in a submodule judges the submodule, not the outer index', () => {
  const outer = newRepo().write('a.txt', clean).commit();
  const inner = newRepo();
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.top, 'lib');
  outer.commit().hook('pre-commit', { before: 'cd lib' });
  const linked = join(folder(), 'linked');
  outer.git('worktree', 'add', '--quiet', linked);
  const options = { cwd: linked, env: cleanEnv() };
  execFileSync('git', ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init'], options);
  for (const top of [outer.top, linked]) {
    const lib = join(top, 'lib');
    const variants = top === linked ? [commit] : [commit, [...commit, '-a'], [`--work-tree=${top}`, ...commit]];
    writeFileSync(join(top, 'a.txt'), secret);
    writeFileSync(join(lib, 'b.txt'), clean);
    execFileSync('git', ['add', 'a.txt'], { cwd: top, env: cleanEnv() });
    execFileSync('git', ['add', 'b.txt'], { cwd: lib, env: cleanEnv() });
    writeFileSync(join(lib, 'b.txt'), secret);
    execFileSync('git', ['add', 'b.txt'], { cwd: lib, env: cleanEnv() });
    for (const args of variants) {
      assert.equal(outer.judge(args, { cwd: top }).judged, blocks('b.txt:1:9'), `${top}: ${args.join(' ')}`);
    }
    writeFileSync(join(lib, 'b.txt'), clean);
    execFileSync('git', ['add', 'b.txt'], { cwd: lib, env: cleanEnv() });
    assert.equal(outer.judge(commit, { cwd: top }).judged, PASSES);
  }
});

test('a repository with its git folder elsewhere is judged, even inside another repository', () => {
  const home = newRepo();
  const dots = join(folder(), 'dots.git');
  execFileSync('git', ['init', '--quiet', '--bare', dots], { env: cleanEnv() });
  home.hook('pre-commit', { folder: join(dots, 'hooks') });
  home.write('.profile', secret).write('sub/.vimrc', clean);
  const split = [`--git-dir=${dots}`, `--work-tree=${home.top}`];
  const options = { cwd: home.path('sub'), env: cleanEnv() };
  execFileSync('git', [...split, 'add', home.path('.profile'), home.path('nonstop.config.json')], options);
  assert.equal(home.judge([...split, ...commit]).judged, blocks('.profile:1:9'));
  assert.equal(home.judge([...split, ...commit], { cwd: home.path('sub') }).judged, blocks('.profile:1:9'));
  // as vcsh does it: the work tree is a setting, and only GIT_DIR is in the environment
  execFileSync('git', [`--git-dir=${dots}`, 'config', 'core.bare', 'false'], options);
  execFileSync('git', [`--git-dir=${dots}`, 'config', 'core.worktree', home.top], options);
  assert.equal(home.judge(commit, { env: { GIT_DIR: dots } }).judged, blocks('.profile:1:9'));
  assert.equal(home.judge(commit, { env: { GIT_DIR: dots }, cwd: home.path('sub') }).judged, blocks('.profile:1:9'));
  execFileSync('git', [`--git-dir=${dots}`, 'config', '--unset', 'core.worktree'], options);
  assert.equal(home.judge(commit, { env: { GIT_DIR: dots } }).judged, blocks('.profile:1:9'));
});

test('a work tree that is set far from the git folder is the one that is read', () => {
  const repo = newRepo();
  const tree = folder();
  renameSync(repo.path('nonstop.config.json'), join(tree, 'nonstop.config.json'));
  repo.git('config', 'core.worktree', tree);
  writeFileSync(join(tree, 'a.txt'), secret);
  execFileSync('git', [`--git-dir=${repo.path('.git')}`, 'add', '--all'], { cwd: tree, env: cleanEnv() });
  repo.hook();
  assert.equal(repo.judge(commit).judged, blocks('a.txt:1:9'));
  assert.equal(repo.judge([`--git-dir=${repo.path('.git')}`, ...commit], { cwd: tree }).judged, blocks('a.txt:1:9'));
  const worktree = repo.check();
  assert.equal(worktree.code, 1);
});

test('what a conflict is resolved to is judged', () => {
  const repo = newRepo().write('a.txt', clean).commit();
  repo.git('checkout', '--quiet', '-b', 'other');
  repo.write('a.txt', 'theirs\n').write('theirs.txt', clean).commit();
  repo.git('checkout', '--quiet', 'main');
  repo.write('a.txt', 'ours\n').commit().hook();
  assert.equal(repo.judge(['merge', '--quiet', 'other']).exit, 1);
  assert.equal(repo.judge(commit).judged, null); // git refuses by itself
  repo.write('a.txt', secret).git('add', 'a.txt');
  assert.equal(repo.judge(commit).judged, blocks('a.txt:1:9'));
  repo.write('a.txt', 'joined\n').git('add', 'a.txt');
  assert.equal(repo.judge(commit).judged, PASSES);
});

test('a clean merge is judged by the pre-merge-commit hook', () => {
  const repo = newRepo();
  repo.git('checkout', '--quiet', '-b', 'other');
  repo.write('theirs.txt', secret).commit();
  repo.git('checkout', '--quiet', 'main');
  repo.write('ours.txt', clean).commit().hook('pre-merge-commit');
  assert.equal(repo.judge(['merge', '--quiet', '--no-edit', 'other']).judged, blocks('theirs.txt:1:9'));
});

test('a file that is only intended to be added is not part of the commit', () => {
  const repo = newRepo().hook().write('later.txt', secret).write('a.txt', clean);
  repo.git('add', '--intent-to-add', 'later.txt');
  repo.git('add', 'a.txt');
  const { judged, files } = repo.judge(commit);
  assert.equal([judged, files], [PASSES, 1]);
});

test('a commit of a config that is new, by name, reads it though it was never committed', () => {
  const repo = emptyRepo().hook().write('a.txt', clean);
  repo.git('add', 'a.txt');
  const first = repo.judge([...commit, 'a.txt']);
  assert.equal(first.judged, PASSES);
  assert.match(first.stderr, 'note: The policy is read from the working tree');
  assert.equal(repo.judge([...commit, '--allow-empty']).judged, PASSES);
});

test('the hook works in the bare environment of a graphical program', () => {
  const repo = newRepo().hook().write('a.txt', secret);
  repo.git('add', 'a.txt');
  const { status } = sh(
    `env -i HOME=${quoted(repo.top)} PATH=/usr/bin:/bin ${quoted(process.execPath)} ${quoted(BIN)} check --staged`,
    repo.top,
  );
  assert.equal(status, 1);
});

function sh(command: string, cwd: string) {
  try {
    return {
      status: 0,
      stderr: execFileSync('sh', ['-c', command], { cwd, env: cleanEnv(), encoding: 'utf8', stdio: 'pipe' }),
    };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    return { status, stderr };
  }
}

test.run();
