import { spawn } from 'node:child_process';
import * as assert from 'uvu/assert';
import { PolicyError } from '../../src/errors.js';
import type { Git } from '../../src/host/git.js';
import { ObjectReader } from '../../src/host/object-reader.js';
import { scenarios } from '../helpers/scenario.js';

const { test, repo: newRepo } = scenarios('object reader');
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

/** A git whose `cat-file` is a script of Node.js; it may use `reply(text)` for each line that it is sent, as `line`. */
function scripted(onLine: string, { batchCommand = true } = {}): { git: Git; started: string[][] } {
  const started: string[][] = [];
  const script = `
    if (process.argv.includes('--batch-command') && !${batchCommand}) { console.error('usage'); process.exit(129); }
    const reply = (text) => process.stdout.write(text);
    let seen = 0;
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => { seen++; ${onLine} });`;
  const start = (args: string[]) => {
    started.push(args);
    return spawn(process.execPath, ['-e', script, '--', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  };
  return { git: { start } as unknown as Git, started };
}

/** How a promise ends; a reader that hangs would let the test pass in silence, since Node.js then just ends. */
async function outcome(promise: Promise<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, 10_000, 'hangs');
  });
  const ended = promise.then(
    (value) => JSON.stringify(value),
    (error: Error | PolicyError) => (error instanceof PolicyError ? `${error.code}: ${error.help.why}` : error.message),
  );
  const first = await Promise.race([ended, late]);
  clearTimeout(timer);
  return String(first);
}

test('reads objects of a real repository, many at once and in order', async () => {
  const repo = newRepo()
    .write('a', 'one\n')
    .write('empty', '')
    .write('nul', Buffer.from([0, 10, 0]))
    .commit();
  const reader = new ObjectReader(realGit(repo.top));
  const names = ['HEAD:a', 'HEAD:empty', 'HEAD:nul', 'HEAD:none', 'HEAD:', 'HEAD', A];
  const blobs = await Promise.all(names.map((name) => reader.read(name, 100)));
  reader.close();
  assert.equal(
    blobs.map((blob) => (blob.ok ? Buffer.from(blob.bytes).toString('latin1') : blob.reason)),
    [
      'one\n',
      '',
      '\0\n\0',
      'git has no object HEAD:none',
      'it is a tree in git, not a file',
      'it is a commit in git, not a file',
      `git has no object ${A}`,
    ],
  );
});

test('an answer that comes in small pieces is put together', async () => {
  const { git } = scripted(`
    const text = line.startsWith('info') ? '${A} blob 5\\n' : '${A} blob 5\\na\\nb\\nc\\n';
    for (const [at, char] of [...text].entries()) setTimeout(reply, at * 2, char);`);
  const reader = new ObjectReader(git);
  const blob = await reader.read(A, 100);
  reader.close();
  assert.equal(blob.ok && Buffer.from(blob.bytes).toString(), 'a\nb\nc');
});

test('at the limit it is read, one byte above it is not even asked for', async () => {
  const { git } = scripted(`
    if (line.startsWith('info')) reply('${A} blob 5\\n');
    else reply('${A} blob 5\\n12345\\n');`);
  const reader = new ObjectReader(git);
  assert.is((await reader.read(A, 5)).ok, true);
  assert.equal(await reader.read(A, 4), { ok: false, reason: 'it has 5 bytes, more than the limit of 4' });
  reader.close();
});

test('a git without --batch-command: the same, and what is too large is dropped as it arrives', async () => {
  const { git, started } = scripted(
    `if (line === '${A}') reply('${A} blob 5\\n12345\\n');
     else if (line === '${B}') reply('${B} blob 3\\nxyz\\n');
     else reply(line + ' missing\\n');`,
    { batchCommand: false },
  );
  const reader = new ObjectReader(git);
  const blobs = await Promise.all([reader.read(A, 4), reader.read(B, 4), reader.read('none', 4), reader.info(B)]);
  reader.close();
  assert.equal(blobs, [
    { ok: false, reason: 'it has 5 bytes, more than the limit of 4' },
    { ok: true, bytes: Buffer.from('xyz') },
    { ok: false, reason: 'git has no object none' },
    { oid: B, type: 'blob', size: 3 },
  ]);
  assert.equal(started, [
    ['cat-file', '--batch-command'],
    ['cat-file', '--batch'],
  ]);
});

const small = `const oid = line.split(' ')[1]; if (line.startsWith('info')) reply(oid + ' blob 5\\n');`;
for (const [name, onLine, why] of [
  ['dies before any answer', `process.stderr.write('fatal: broken\\n'); process.exit(128);`, 'fatal: broken'],
  [
    'dies in the middle of a file',
    `${small} else if (seen === 3) process.stdout.write(oid + ' blob 5\\n12', () => process.exit(1));`,
    'it ended with exit code 1 and no message',
  ],
  ['ends in good order, but without an answer', 'process.exit(0);', 'it ended with exit code 0 and no message'],
  ['is killed', `process.kill(process.pid, 'SIGKILL');`, 'it ended with a signal and no message'],
  ['answers in words', `reply('hello\\n');`, 'git answered "hello"'],
  [
    'gives more bytes than it said',
    `${small} else reply(oid + ' blob 5\\n123456\\n');`,
    'git gave more or less bytes than it said',
  ],
  ['answers with another object', `reply('${'c'.repeat(40)} blob 5\\n');`, `git answered with ${'c'.repeat(40)}`],
] as const) {
  test(`a git that ${name} is an error, and so is whatever is asked of it later`, async () => {
    const { git } = scripted(onLine);
    const reader = new ObjectReader(git);
    const expected = `GIT_FAILED: ${why}`;
    assert.equal(await Promise.all([A, B].map((id) => outcome(reader.read(id, 9)))), [expected, expected]);
    assert.is(await outcome(reader.info(A)), expected);
    reader.close();
  });
}

test('a git that answers twice is an error', async () => {
  const { git } = scripted(`reply('${A} blob 5\\n${A} blob 5\\n');`);
  const reader = new ObjectReader(git);
  await outcome(reader.info(A));
  assert.is(await outcome(reader.info(A)), 'GIT_FAILED: git answered what was not asked');
});

test('a git that ends after its answers is an error for what is asked later', async () => {
  const { git } = scripted(`${small} if (seen === 2) process.exit(0);`);
  const reader = new ObjectReader(git);
  await Promise.all([reader.info(A), reader.info(B)]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.is(await outcome(reader.info(A)), 'GIT_FAILED: it ended with exit code 0 and no message');
});

test('a git that cannot be started', async () => {
  const start = () => spawn('/nonexistent/git', [], { stdio: ['pipe', 'pipe', 'pipe'] });
  const git = { start, folder: '/' };
  const reader = new ObjectReader(git as unknown as Git);
  assert.match(await outcome(reader.info(A)), /^GIT_MISSING: /);
  assert.match(await outcome(reader.info(A)), /^GIT_MISSING: /);
});

test('a name with a newline is refused, since git would take its rest for a request', async () => {
  const { git } = scripted(small);
  assert.match(await outcome(new ObjectReader(git).info('HEAD:a\ncontents HEAD:b')), /newline/);
});

test('the folders of a real commit, and a folder that is not there', async () => {
  const repo = newRepo({ init: ['--object-format=sha256'] });
  repo.write('a', '').write('sub/b', 'x').commit();
  const reader = new ObjectReader(realGit(repo.top));
  const head = repo.git('rev-parse', 'HEAD').trim();
  const root = await reader.tree(`${head}^{tree}`);
  assert.equal(
    [...root].map(([name, { mode }]) => `${mode} ${name}`),
    ['file a', 'file nonstop.config.json', 'folder sub'],
  );
  const sub = root.get('sub')?.oid ?? '';
  assert.equal(
    [...(await reader.tree(sub))],
    [['b', { mode: 'file', oid: repo.git('rev-parse', 'HEAD:sub/b').trim() }]],
  );
  assert.match(await outcome(reader.tree(root.get('a')?.oid ?? '')), /is no tree that git can read/);
  assert.match(await outcome(reader.tree('d'.repeat(64))), /is no tree that git can read/);
  reader.close();
});

function realGit(cwd: string): Git {
  const start = (args: string[]) => spawn('git', args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  return { start } as unknown as Git;
}

test.run();
