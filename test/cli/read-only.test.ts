import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { fakeGit } from '../helpers/fake-git.js';
import { githubToken, seeded } from '../helpers/generated-secrets.js';
import { type HookedRepo, quoted, scenarios } from '../helpers/scenario.js';
import { BIN, binForAnyone, cleanEnv } from '../helpers/temp-repo.js';

const { test, repo: newRepo, folder } = scenarios('nothing is written');
const secret = `token = ${githubToken(101)}\n`;

/** A repository with something of everything: staged, partly staged, unstaged, untracked, intended, a stash, a link. */
function busy(files = 5): HookedRepo {
  const repo = newRepo().write('a.txt', 'one\ntwo\n').write('b.txt', 'clean\n').write('c.txt', 'clean\n').commit();
  repo.write('c.txt', 'stashed\n').git('stash', '--quiet');
  repo.write('a.txt', `one\n${secret}`).git('add', 'a.txt');
  repo.write('a.txt', 'one\nunstaged\n').write('b.txt', 'unstaged\n').write('untracked.txt', secret);
  for (let at = 0; at < files; at++) repo.write(`many/${at}.txt`, `${at}\n${'x'.repeat(2000)}\n`);
  repo.git('add', 'many');
  repo.write('later.txt', 'x\n').git('add', '--intent-to-add', 'later.txt');
  symlinkSync('a.txt', repo.path('link'));
  return repo;
}

/** All that a run could leave a trace in: every file of the work tree and of the git folder, and what git says of them. */
function stateOf(repo: HookedRepo) {
  const git = (...args: string[]) => repo.git('--no-optional-locks', ...args);
  const files = listing(repo.top); // first: git status itself may not touch it, but who knows
  return {
    files,
    status: git('status', '--porcelain=v2', '--ignored'),
    stash: git('stash', 'list'),
    refs: git('for-each-ref'),
    index: createHash('sha256')
      .update(readFileSync(repo.path('.git/index')))
      .digest('hex'),
  };
}

function listing(top: string): string[] {
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { mtimeMs, ctimeMs, size, mode, ino } = lstatSync(join(top, name));
      return [name, mtimeMs, ctimeMs, size, mode, ino].join(' ');
    });
}

const RUNS: readonly string[][] = [
  ['--staged'],
  [],
  ['--all'],
  ['--base', 'HEAD~1'],
  ['--staged', '--all', '--format', 'json'],
];

test('each kind of check leaves the repository as it was', () => {
  const repo = busy();
  const before = stateOf(repo);
  for (const args of RUNS) {
    const { code } = repo.run(['check', ...args]);
    assert.ok(code === 0 || code === 1, args.join(' '));
    assert.equal(stateOf(repo), before, args.join(' '));
  }
});

test('so does a check of a repository that may not be written', () => {
  const repo = busy();
  const before = stateOf(repo);
  execFileSync('chmod', ['-R', 'a-w', repo.top]);
  const check = [process.execPath, binForAnyone(folder()), 'check', '--staged', '--format', 'json']
    .map(quoted)
    .join(' ');
  const asOther =
    process.getuid?.() === 0 ? `setpriv --reuid=65534 --regid=65534 --clear-groups sh -c ${quoted(check)}` : check;
  const env = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    HOME: '/nonexistent',
  };
  execFileSync('chmod', ['755', repo.top]);
  const { status, stdout } = spawnSync('sh', ['-c', asOther], { cwd: repo.top, env: cleanEnv(env), encoding: 'utf8' });
  execFileSync('chmod', ['-R', 'u+w', repo.top]);
  // Node.js too ends with 1 where it cannot load the program, so the verdict is looked at
  assert.equal([status, JSON.parse(stdout || '{}').verdict], [1, 'block']);
  assert.equal(stateOf(repo).index, before.index);
});

test('killed at any moment, a check leaves the repository as it was', async () => {
  const repo = busy(200);
  const before = stateOf(repo);
  const moment = seeded(7);
  for (let round = 0; round < 10; round++) {
    const args = RUNS[round % RUNS.length]!;
    const child = spawn(process.execPath, [BIN, 'check', ...args], { cwd: repo.top, env: cleanEnv(), stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, 20 + moment() * 280));
    child.kill('SIGKILL');
    await ended;
    assert.equal(stateOf(repo), before);
  }
});

test('interrupted, a check ends with 130 and leaves the repository as it was', async () => {
  const repo = busy();
  const before = stateOf(repo);
  const place = folder();
  const reached = join(place, 'reached');
  const { PATH } = fakeGit(place, `[ $sub = cat-file ] && { touch ${quoted(reached)}; sleep 5; }`);
  const child = spawn(process.execPath, [BIN, 'check', '--staged'], {
    cwd: repo.top,
    env: cleanEnv({ PATH }),
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve([code, signal])));
  while (!readdirSync(place).includes('reached')) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  assert.equal(await ended, [130, null]);
  assert.equal(stateOf(repo), before);
});

test('a commit in the hook of which the check is interrupted is not made', () => {
  const repo = newRepo().hook('pre-commit', { before: 'kill -INT $$' });
  repo.write('a.txt', secret).git('add', 'a.txt');
  const head = repo.git('rev-parse', 'HEAD');
  assert.is.not(repo.judge(['commit', '--quiet', '--message', 'x']).exit, 0);
  assert.is(repo.git('rev-parse', 'HEAD'), head);
});

test('no lock is taken: a check runs beside a git that holds the index', () => {
  const repo = busy();
  writeFileSync(repo.path('.git/index.lock'), '');
  assert.is(repo.run(['check', '--staged']).code, 1);
  assert.is(repo.run(['check']).code, 0);
});

test('the reader of the report may go before it is written', () => {
  const repo = busy();
  const command = `${[process.execPath, BIN].map(quoted).join(' ')} check --staged --format json; echo $? > ${quoted(repo.path('.git/code'))}`;
  execFileSync('sh', ['-c', `{ ${command}; } | true`], { cwd: repo.top, env: cleanEnv(), stdio: 'pipe' });
  assert.is(readFileSync(repo.path('.git/code'), 'utf8'), '1\n');
});

test.run();
