import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, errorOf, judged, PASSES, refused, scenarios } from '../helpers/scenario.js';

const { test, repo: newRepo, folder } = scenarios('PATH');
const secret = `token = ${githubToken(71)}\n`;
const repo = newRepo()
  .write('a.txt', secret)
  .write('sub/b.txt', secret)
  .write('sub/deep/c.txt', secret)
  .write('subway.txt', secret);
repo.git('add', '--all');

test('a file, a folder, with or without a slash or a dot, absolute or not', async () => {
  const inSub = blocks('sub/b.txt:1:9', 'sub/deep/c.txt:1:9');
  const calls: [string[], ReturnType<typeof blocks>][] = [
    [['a.txt'], blocks('a.txt:1:9')],
    [['./a.txt', 'sub/../a.txt'], blocks('a.txt:1:9')],
    [[repo.path('a.txt')], blocks('a.txt:1:9')],
    [['sub'], inSub],
    [['sub/'], inSub],
    [[repo.path('sub')], inSub],
    [['sub', 'a.txt'], blocks('a.txt:1:9', ...inSub.found)],
  ];
  for (const [paths, expected] of calls) {
    assert.equal(judged(repo.check(['--staged', ...paths])), expected, paths.join(' '));
  }
  assert.is(judged(await repo.look(['.'])).found.length, 4);
});

test('from a subfolder', async () => {
  const cwd = repo.path('sub');
  assert.equal(judged(repo.check(['b.txt', '../a.txt'], { cwd })), blocks('a.txt:1:9', 'sub/b.txt:1:9'));
  assert.equal(judged(await repo.look(['.'], { cwd })), blocks('sub/b.txt:1:9', 'sub/deep/c.txt:1:9'));
  assert.is(judged(await repo.look(['..'], { cwd })).found.length, 4);
});

test('a path filters the snapshot, and is never read itself', async () => {
  const other = newRepo().write('a.txt', secret).commit().write('a.txt', 'clean\n');
  other.git('add', 'a.txt');
  other.write('a.txt', secret);
  assert.equal(judged(other.check(['--staged', other.path('a.txt')])), PASSES);
  assert.equal(judged(await other.look(['--all', 'a.txt'])), blocks('a.txt:1:9'));
});

test('a path through a link names what it leads to, and a link names itself', async () => {
  const other = newRepo().write('sub/b.txt', secret);
  symlinkSync(githubToken(72), other.path('link'));
  other.git('add', '--all');
  const link = join(folder(), 'link');
  symlinkSync(other.top, link);
  assert.equal(judged(other.check(['--staged', `${link}/sub/b.txt`])), blocks('sub/b.txt:1:9'));
  assert.equal(judged(await other.look(['--staged', 'link'])), blocks('link:1:1'));
  rmSync(other.path('sub'), { recursive: true });
  assert.equal(judged(await other.look(['--staged', `${link}/sub/b.txt`])), blocks('sub/b.txt:1:9'));
});

test('a path outside of the repository is wrong use', async () => {
  for (const path of ['..', '../x', '/etc/passwd', folder(), `${repo.top}x/a.txt`]) {
    assert.equal(errorOf(await repo.call(['check', '--staged', path])), refused('USAGE'), path);
  }
  assert.equal(errorOf(await repo.call(['check', 'a.txt', '..'])), refused('USAGE'));
});

test('a path that names nothing tracked is wrong use, since a check of nothing would pass', async () => {
  repo.write('untracked.txt', secret);
  for (const path of ['a.tx', 'sub/none.txt', 'A.txt', '*.txt', 'untracked.txt', '.git/config']) {
    assert.equal(errorOf(await repo.call(['check', 'a.txt', path])), refused('USAGE'), path);
  }
  assert.equal(errorOf(await repo.call(['check', '--base', 'HEAD', 'a.tx'])), refused('USAGE'));
});

test('among what is staged a path may name nothing: it passes, and says that it looked at no file', () => {
  const ran = repo.check(['--staged', 'nonstop.config.json', 'none.txt']);
  assert.equal([judged(ran), ran.result.rules[0].files, ran.result.rules[0].reason], [PASSES, 0, 'no file to look at']);
  assert.match(repo.run(['check', '--staged', 'none.txt']).stdout, 'no file to look at');
});

test('a folder that only begins with the same letters is not meant', async () => {
  assert.equal(judged(repo.check(['--staged', 'sub/deep'])), blocks('sub/deep/c.txt:1:9'));
  assert.equal(judged(await repo.look(['--staged', 'subway.txt'])), blocks('subway.txt:1:9'));
});

test('a path that looks like an option comes after --', async () => {
  const other = newRepo().write('--all', secret).write('-x', secret);
  other.git('add', '--all');
  const { code, stdout } = other.run(['check', '--staged', '--format', 'json', '--', '-x']);
  assert.equal(judged({ code, result: JSON.parse(stdout) }), blocks('-x:1:9'));
  assert.equal(errorOf(await other.call(['check', '--staged', '-x'])), refused('USAGE'));
});

test('no path at all after -- is the whole snapshot', () => {
  const { code, stdout } = repo.run(['check', '--staged', '--format', 'json', '--']);
  assert.equal([code, JSON.parse(stdout).findings.length], [1, 4]);
});

test('an empty path is wrong use, and not the whole repository', async () => {
  assert.equal(errorOf(await repo.call(['check', ''])), refused('USAGE'));
  assert.equal(errorOf(await repo.call(['check', '--staged', ''])), refused('USAGE'));
});

test.run();
