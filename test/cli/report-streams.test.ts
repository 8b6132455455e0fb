import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { BIN, cleanEnv, TempRepo } from '../helpers/temp-repo.js';

const FINDINGS = 10_500;
const MIB = 1024 * 1024;
const test = suite('reports on streams and in files');
let many: TempRepo;
let clean: TempRepo;

test.before(() => {
  many = new TempRepo().write('many.txt', `token = "${githubToken()}"\n`.repeat(FINDINGS)).commit();
  clean = new TempRepo().write('a.txt', 'nothing to see\n').commit();
});
test.after(() => {
  many.remove();
  clean.remove();
});

function inBash(script: string) {
  const env = cleanEnv({ NODE: process.execPath, BIN });
  const { stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: many.top,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { stdout, stderr };
}

test('a long report arrives whole, however slow its reader', async () => {
  const child = spawn(process.execPath, [BIN, 'check', '--format', 'json'], { cwd: many.top, env: cleanEnv() });
  const exited = new Promise((resolve) => child.on('close', resolve));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  assert.equal([await exited, JSON.parse(text).findings.length, text.length > 4 * MIB], [1, FINDINGS, true]);
});

for (const format of ['json', 'compact']) {
  test(`${format}: a reader that leaves early changes neither the exit code nor what is said`, () => {
    const { stdout, stderr } = inBash(`"$NODE" "$BIN" check --format ${format} | head -1; echo "\${PIPESTATUS[0]}"`);
    assert.equal([stdout.trimEnd().split('\n').length, stdout.trimEnd().split('\n').at(-1), stderr], [2, '1', '']);
  });
}

if (existsSync('/dev/full')) {
  test('a report that found no room is no pass', () => {
    const env = cleanEnv({ NODE: process.execPath, BIN });
    const script = '"$NODE" "$BIN" check --format json > /dev/full';
    const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: clean.top, env, encoding: 'utf8' });
    assert.equal(
      [status, stderr.split('\n')[0]?.replace(/ +/g, ' ')],
      [2, 'error A report could not be written REPORT_UNWRITABLE'],
    );
  });
}

test('in a job of GitHub Actions the result is added to the summary of the step', () => {
  const file = many.path('.git/summary.md');
  writeFileSync(file, 'from before\n');
  const { code } = many.run(['check', '--quiet'], { env: { GITHUB_STEP_SUMMARY: file } });
  const lines = readFileSync(file, 'utf8').split('\n');
  assert.equal([code, ...lines.slice(0, 2)], [1, 'from before', '## nonstop-policy: block']);
  assert.match(lines.at(-2)!, /^\d+ rows left out; `--format json` has all\.$/);
  assert.equal([statSync(file).size < MIB, statSync(file).size > MIB - 1000], [true, true]);
});

test('a summary is the same as the format markdown', () => {
  const file = clean.path('.git/summary.md');
  const { stdout } = clean.run(['check', '--format', 'markdown'], { env: { GITHUB_STEP_SUMMARY: file } });
  assert.is(readFileSync(file, 'utf8'), stdout);
});

test('a summary that is full stays as it is', () => {
  const file = clean.path('.git/full.md');
  appendFileSync(file, 'x'.repeat(MIB - 50));
  const { code, stderr } = clean.run(['check'], { env: { GITHUB_STEP_SUMMARY: file } });
  assert.equal(
    [code, stderr, statSync(file).size],
    [0, 'note: the summary of this step has no room left for the result\n', MIB - 50],
  );
});

test('a summary that cannot be written is an error', () => {
  const file = clean.path('.git/a-folder');
  mkdirSync(file);
  const { code, stderr } = clean.run(['check'], { env: { GITHUB_STEP_SUMMARY: file } });
  assert.equal(
    [code, stderr.split('\n')[0]?.replace(/ +/g, ' ')],
    [2, 'error A report could not be written REPORT_UNWRITABLE'],
  );
});

test('annotations go where a machine format does not', () => {
  const { stdout, stderr, code } = many.run(['check', '--format', 'json', '--format', 'github']);
  const errors = stderr.split('\n').filter((line) => line.startsWith('::error file=many.txt,line='));
  assert.equal([code, JSON.parse(stdout).counts.block, errors.length], [1, FINDINGS, 10]);
});

test.run();
