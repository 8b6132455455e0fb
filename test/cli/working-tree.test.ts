import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, errorOf, judged, PASSES, quoted, refused, scenarios, undecidedOn } from '../helpers/scenario.js';
import { binForAnyone, cleanEnv } from '../helpers/temp-repo.js';

const { test, repo: newRepo, folder } = scenarios('the working tree');
const secret = `token = ${githubToken(61)}\n`;

test('every tracked file is judged as it stands on disk, and no other', async () => {
  const repo = newRepo().write('a.txt', 'clean\n').write('b.txt', secret).write('sub/c.txt', 'clean\n').commit();
  repo.write('a.txt', secret).write('b.txt', 'clean\n').write('sub/c.txt', secret).write('sub/untracked.txt', secret);
  repo.write('.gitignore', 'ignored.txt\n').write('ignored.txt', secret);
  const found = blocks('a.txt:1:9', 'sub/c.txt:1:9');
  assert.equal(judged(repo.check()), found);
  assert.equal(judged(await repo.look([], { cwd: repo.path('sub') })), found);
});

test('a file that is new and staged is tracked', () => {
  const repo = newRepo().write('a.txt', secret);
  repo.git('add', 'a.txt');
  assert.equal(judged(repo.check()), blocks('a.txt:1:9'));
});

test('a tracked file that is deleted on disk has nothing to judge', () => {
  const repo = newRepo().write('a.txt', secret).write('sub/b.txt', secret).commit();
  rmSync(repo.path('a.txt'));
  rmSync(repo.path('sub'), { recursive: true });
  const ran = repo.check();
  assert.equal([judged(ran), ran.result.rules[0].files], [PASSES, 1]);
});

test('a tracked file that is a folder now, with files that no one tracks', () => {
  const repo = newRepo().write('a', secret).commit();
  rmSync(repo.path('a'));
  repo.write('a/untracked.txt', secret);
  assert.equal(judged(repo.check()), PASSES);
});

test('a pipe in place of a file is not evaluated, and does not hold the check up', () => {
  const repo = newRepo().write('a.txt', 'clean\n').commit();
  rmSync(repo.path('a.txt'));
  execFileSync('mkfifo', [repo.path('a.txt')]);
  assert.equal(judged(repo.check()), undecidedOn('a.txt'));
});

test('a socket in place of a file is not evaluated', async () => {
  const repo = newRepo().write('a.txt', 'clean\n').commit();
  rmSync(repo.path('a.txt'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(repo.path('a.txt'), resolve));
  assert.equal(judged(repo.check()), undecidedOn('a.txt'));
  await new Promise((resolve) => server.close(resolve));
});

test('a pipe in place of the config is an error, and does not hold the check up', async () => {
  const repo = newRepo();
  rmSync(repo.path('nonstop.config.json'));
  execFileSync('mkfifo', [repo.path('nonstop.config.json')]);
  assert.equal(errorOf(await repo.call(['check'])), refused('CONFIG_INVALID'));
});

test('a folder that became a link out of the repository is not followed', () => {
  const repo = newRepo().write('sub/deep/a.txt', 'clean\n').write('sub/b.txt', 'clean\n').commit();
  const outside = folder();
  renameSync(repo.path('sub'), join(outside, 'sub'));
  writeFileSync(join(outside, 'sub/deep/a.txt'), secret);
  symlinkSync(join(outside, 'sub'), repo.path('sub'));
  const ran = repo.check();
  assert.equal([judged(ran), ran.result.rules[0].files], [PASSES, 1]);
});

test('a file that became a link is judged by its target text', () => {
  const repo = newRepo().write('a.txt', 'clean\n').write('b.txt', 'clean\n').commit();
  const outside = join(folder(), 'outside.txt');
  writeFileSync(outside, secret);
  rmSync(repo.path('a.txt'));
  rmSync(repo.path('b.txt'));
  symlinkSync(outside, repo.path('a.txt'));
  symlinkSync(githubToken(62), repo.path('b.txt'));
  assert.equal(judged(repo.check()), blocks('b.txt:1:1'));
});

test('a config that is a link is not followed, so that none from outside can hold', async () => {
  const repo = newRepo().write('a.txt', secret).commit();
  const outside = join(folder(), 'weak.json');
  writeFileSync(outside, '{ "rules": { "secrets": "off" } }');
  rmSync(repo.path('nonstop.config.json'));
  symlinkSync(outside, repo.path('nonstop.config.json'));
  const ran = repo.run(['check']);
  assert.equal(errorOf(ran), refused('CONFIG_INVALID'));
  assert.match(ran.stderr, 'symbolic link');
  repo.git('add', '--all');
  assert.equal(errorOf(await repo.call(['check', '--staged'])), refused('CONFIG_INVALID'));
});

test('a file that may not be read, where the one who runs the check is not root', () => {
  if (process.getuid?.() !== 0) return; // only root can become someone else
  const repo = newRepo().write('a.txt', secret).commit();
  const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*', HOME: '/' };
  execFileSync('chmod', ['755', repo.top]);
  execFileSync('chmod', ['000', repo.path('a.txt')]);
  const result = join(folder(), 'result.json');
  writeFileSync(result, '');
  execFileSync('chmod', ['666', result]);
  execFileSync('chmod', ['755', join(result, '..')]);
  const check = [process.execPath, binForAnyone(folder()), 'check', '--format', `json=${result}`].map(quoted).join(' ');
  let code = 0;
  try {
    execFileSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'sh', '-c', check], {
      cwd: repo.top,
      env: cleanEnv(env),
      stdio: 'pipe',
    });
  } catch (error) {
    code = (error as { status: number }).status;
  }
  assert.equal(judged({ code, result: JSON.parse(readFileSync(result, 'utf8')) }), undecidedOn('a.txt'));
});

test('a file in a sparse checkout that is on disk all the same is judged as it stands there', () => {
  const repo = newRepo().write('in/a.txt', 'clean\n').write('out/b.txt', 'clean\n').commit();
  repo.git('sparse-checkout', 'set', '--cone', 'in');
  repo.git('config', 'sparse.expectFilesOutsideOfPatterns', 'true');
  repo.write('out/b.txt', secret);
  assert.equal(judged(repo.check()), blocks('out/b.txt:1:9'));
});

test('a submodule, and a repository in a folder that is not tracked, are not judged with their files', async () => {
  const repo = newRepo();
  const lib = newRepo().write('b.txt', secret).commit();
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', lib.top, 'lib');
  mkdirSync(repo.path('other'));
  execFileSync('git', ['clone', '--quiet', lib.top, repo.path('other')], { env: cleanEnv(), stdio: 'pipe' });
  assert.equal(judged(repo.check()), PASSES);
  assert.equal(judged(await repo.look([], { cwd: repo.path('lib') })), blocks('b.txt:1:9'));
  assert.equal(judged(await repo.look([], { cwd: repo.path('other') })), blocks('b.txt:1:9'));
});

test('a name that another file has but for its case is another file', () => {
  const repo = newRepo().write('A.txt', secret).write('a.txt', 'clean\n').commit();
  assert.equal(judged(repo.check()), blocks('A.txt:1:9'));
});

test.run();
