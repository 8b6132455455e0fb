import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FORMATS } from '../../src/report/index.js';
import { finding, PLAIN, report, undecided } from '../helpers/check-result.js';
import { commandsIn } from '../helpers/ci-commands.js';
import { MESSAGES, PATHS } from '../helpers/hostile.js';

const hostile = report({
  findings: [...PATHS, ...MESSAGES].map((text) => finding({ path: text, message: text, data: { text } })),
  notEvaluated: MESSAGES.map((text) => undecided({ path: text, reason: text, level: 'warn' })),
});
const names = Object.keys(FORMATS);
const render = async (name: string, what = hostile, quiet = false) =>
  (await FORMATS[name]!.load())(what, { ...PLAIN, quiet });

test('these are the formats that the contract names', () => {
  assert.equal(names.sort(), ['compact', 'github', 'gitlab', 'json', 'junit', 'markdown', 'pretty', 'sarif']);
});

for (const name of names) {
  test(`${name}: text of a repository is neither a command nor a control character, and the end is a line's end`, async () => {
    const output = await render(name);
    const own =
      name === 'github' ? output.split('\n').filter((line) => /^::(error|warning|notice) /.test(line)).length : 0;
    assert.equal([commandsIn(output).length, /[^\P{Cc}\n]|\p{Cs}/u.test(output)], [own, false]);
    assert.is(/[^\n]\n$/.test(output), true);
  });
}

test('json keeps every text as it is', async () => {
  const { findings } = JSON.parse(await render('json'));
  assert.equal(
    findings.map(({ path, message, data }: { path: string; message: string; data: { text: string } }) => [
      path,
      message,
      data.text,
    ]),
    [...PATHS, ...MESSAGES].map((text) => [text, text, text]),
  );
});

test('json is what the contract says, with nothing else', async () => {
  const { excerpt, fix, ...shown } = finding();
  assert.equal(JSON.parse(await render('json', report({ findings: [finding()], notEvaluated: [undecided()] }))), {
    schemaVersion: 1,
    tool: { name: 'nonstop-policy', version: '1.2.3' },
    verdict: 'error',
    exitCode: 2,
    asOf: '2026-11-22',
    point: 'ci',
    snapshot: { kind: 'worktree', base: null, head: null },
    rules: [{ id: 'secrets', state: 'ran', reason: null, files: 12, bytes: 34567 }],
    findings: [shown],
    notEvaluated: [undecided()],
    announcements: [],
    counts: { block: 1, warn: 0, baselined: 0, waived: 0, notEvaluated: 1 },
  });
});

test('compact gives a line each, and with quiet those that block', async () => {
  const change = {
    findings: [finding({ level: 'warn', line: null, column: null }), finding(), finding({ state: 'baselined' })],
    notEvaluated: [undecided({ level: 'warn' })],
  };
  assert.equal((await render('compact', report(change))).split('\n'), [
    'src/a.ts: warn GitHub token: ghp_******** [secrets]',
    'src/a.ts:3:14: block GitHub token: ghp_******** [secrets]',
    'src/a.ts:3:14: block (baselined) GitHub token: ghp_******** [secrets]',
    'big.bin: it has 9 bytes, more than the limit of 8 (not evaluated, warn) [secrets]',
    'block: 1 blocked, 1 warning, 1 not evaluated, 1 in the baseline',
    '',
  ]);
  assert.equal((await render('compact', report(change), true)).split('\n').slice(0, -2), [
    'src/a.ts:3:14: block GitHub token: ghp_******** [secrets]',
  ]);
});

test.run();
