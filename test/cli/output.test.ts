import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { FORMATS } from '../../src/report/index.js';
import { githubToken } from '../helpers/generated-secrets.js';
import { judged, scenarios } from '../helpers/scenario.js';

const { test, repo: newRepo, folder } = scenarios('what is printed');
const [first, second, named] = [githubToken(111), githubToken(112), githubToken(113)];

/** Two secrets in one line, one of them once more where no detector would see it, one in a name; a file too large. */
function scene() {
  const repo = newRepo({ config: { rules: { secrets: { level: 'block', maxBytes: 2000 } } } });
  repo.write('a.txt', `key = ${first}, other = ${second}\nx${first}x\n`).write(`${named}/b.txt`, `${second}\n`);
  repo.write(`big-${named}.txt`, 'x'.repeat(2001)).git('add', '--all');
  return repo;
}
const repo = scene();

test('the same input gives the same bytes, in another folder and at another time too', () => {
  const [one, two] = [repo, repo, scene()].map((each) =>
    each.run(['check', '--staged', '--format', 'json', '--as-of', '2026-01-01']),
  );
  assert.is(one?.stdout, two?.stdout);
  const elsewhere = scene();
  const withoutHead = ({ result }: ReturnType<typeof repo.check>) => ({ ...result, snapshot: null });
  assert.equal(withoutHead(elsewhere.check(['--staged'])), withoutHead(repo.check(['--staged'])));
  assert.not.match(one!.stdout, repo.top);
  assert.not.match(one!.stdout, 'tmp');
});

test('findings stand in the order of path, line and column, as they are shown', () => {
  const places = ['********/b.txt', '********/b.txt:1:1', 'a.txt:1:7', 'a.txt:1:57', 'big-********.txt'];
  assert.equal(judged(repo.check(['--staged'])).found, places);
});

test('no format, no error text and no timings hold a secret', () => {
  const place = folder();
  const files = Object.keys(FORMATS).flatMap((format) => ['--format', `${format}=${join(place, format)}`]);
  const summary = join(place, 'summary.md');
  const calls = [
    ['--staged'],
    [],
    ['--quiet', '--staged'],
    ['--timings'],
    ['--staged', named],
    ['--base', named],
    [named],
  ];
  for (const args of calls) {
    const env = { GITHUB_STEP_SUMMARY: summary };
    const { stdout, stderr } = repo.run(['check', ...args, '--format', 'pretty', ...files], { env });
    const written = readdirSync(place).map((name) => readFileSync(join(place, name), 'utf8'));
    for (const text of [stdout, stderr, ...written]) {
      for (const secret of [first, second, named]) assert.not.match(text, secret);
    }
  }
  assert.equal(readdirSync(place).sort(), [...Object.keys(FORMATS), 'summary.md'].sort());
});

test('a machine format has standard output for itself', () => {
  const { stdout, stderr } = repo.run(['check', '--staged', '--format', 'json', '--format', 'pretty']);
  assert.is(JSON.parse(stdout).exitCode, 2);
  assert.match(stderr, 'Not evaluated: this is not a pass');
});

test('an unknown verdict weighs more than a finding, and both are shown', () => {
  const ran = repo.check(['--staged']);
  assert.equal([ran.code, ran.result.verdict, ran.result.counts.notEvaluated], [2, 'error', 1]);
  assert.ok(ran.result.counts.block > 0);
});

test('a wrong call prints one error and nothing else', () => {
  for (const args of [
    ['check', '--formt', 'json'],
    ['chek'],
    ['check', '--format', 'jsn'],
    ['check', '--format', 'json', '--format', 'json'],
    ['check', '--as-of', '2026-02-30'],
    ['check', '--time-limit', '0'],
  ]) {
    const { code, stdout, stderr } = repo.run(args);
    assert.equal([code, stdout, stderr.match(/^error /gm)?.length], [2, '', 1], args.join(' '));
  }
});

test.run();
