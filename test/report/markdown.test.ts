import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MOST_BYTES, markdown } from '../../src/report/markdown.js';
import { finding, PLAIN, report, ruleReport, undecided } from '../helpers/check-result.js';
import { commandsIn } from '../helpers/ci-commands.js';
import { MESSAGES, PATHS } from '../helpers/hostile.js';

const render = (change: Parameters<typeof report>[0], surface = {}) =>
  markdown(report(change), { ...PLAIN, ...surface });
const bytes = (text: string) => Buffer.byteLength(text);

test('a report, whole', () => {
  const findings = [
    finding({ level: 'warn', path: 'b.ts', line: null, column: null, message: 'a | b' }),
    finding({ module: 'payments' }),
    finding({ state: 'baselined' }),
    finding({ state: 'waived' }),
  ];
  const rules = [
    ruleReport({ state: 'not-evaluated', reason: 'big.bin: too large' }),
    ruleReport({ id: 'sbom', state: 'skipped', reason: 'no file to look at', files: 0, bytes: 0 }),
    ruleReport({ id: 'eol-runtime', state: 'skipped', reason: 'off' }),
  ];
  const notEvaluated = [undecided({ path: null, level: 'warn' }), undecided()];
  assert.snapshot(
    render({ findings, rules, notEvaluated }),
    `## nonstop-policy: error

**1 blocked, 1 warning, 2 not evaluated, 1 in the baseline, 1 waived** in the working tree; the levels are those of ci on 2026-11-22.

| Rule | State | Files | Read |
| --- | --- | ---: | ---: |
| <code>secrets</code> | not-evaluated: big.bin: too large | 12 | 35 kB |
| <code>sbom</code> | skipped: no file to look at | 0 | 0 bytes |

### Not evaluated: this is not a pass

| Level | Rule | Where | Why |
| --- | --- | --- | --- |
| block | <code>secrets</code> | <code>big.bin</code> | it has 9 bytes, more than the limit of 8 |
| warn | <code>secrets</code> | all of it | it has 9 bytes, more than the limit of 8 |

### Findings

| Level | Rule | Where | What | Module |
| --- | --- | --- | --- | --- |
| block | <code>secrets</code> | <code>src/a.ts:3:14</code> | GitHub token: ghp&#95;&#42;&#42;&#42;&#42;&#42;&#42;&#42;&#42; | payments |
| warn | <code>secrets</code> | <code>b.ts</code> | a &#124; b |  |
`,
  );
});

test('nothing found has no tables of nothing', () => {
  assert.snapshot(
    render({ rules: [ruleReport({ state: 'skipped', reason: 'off' })] }),
    `## nonstop-policy: pass

**nothing found** in the working tree; the levels are those of ci on 2026-11-22.

Nothing was scanned: every rule is off.
`,
  );
});

test('a path or message is one cell, in which nothing is markup, link, mention or command', () => {
  for (const text of [...PATHS, ...MESSAGES]) {
    const output = render({
      findings: [finding({ path: text, message: text, module: text })],
      notEvaluated: [undecided({ path: text })],
    });
    const rows = output.split('\n').filter((line) => line.startsWith('| block'));
    assert.equal(
      rows.map((row) => row.split('|').length),
      [6, 7],
      text,
    );
    const repository = rows.join('').replaceAll(/<\/?code>|&#\d+;/g, '');
    assert.is(/[<>&`*[\]\\$~"]|:\/\/|\bwww\.|@(?!\u200B)|[\p{Cc}\p{Cs}]/u.test(repository), false, text);
    assert.equal(commandsIn(output), [], text);
  }
});

test('what cells show is what was found', () => {
  const decode = (cell: string) =>
    cell.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)).replaceAll('\u200B', '');
  const [row] = render({ findings: [finding({ path: 'a|b_c/_d@e', message: 'www.a b*c @f' })] })
    .split('\n')
    .filter((line) => line.startsWith('| block'));
  assert.equal(row!.split(' | ').map(decode).slice(2, 4), ['<code>a|b_c/_d@e:3:14</code>', 'www.a b*c @f']);
});

test('a long message is cut, and not through a character', () => {
  const output = render({ findings: [finding({ message: `${'x'.repeat(999)}😀😀` })] });
  assert.ok(output.includes(` ${'x'.repeat(999)}… | `));
});

test('it stays below a MiB, cut at a row: warnings are left out first, and it says how many', () => {
  const warnings = Array.from({ length: 30_000 }, (_, at) => finding({ level: 'warn', path: `${at}.ts` }));
  const output = render({ findings: [...warnings, finding()] });
  const rows = output.split('\n').filter((line) => /^\| (block|warn) /.test(line));
  assert.ok(bytes(output) <= MOST_BYTES && bytes(output) > MOST_BYTES - 300);
  assert.ok(rows[0]!.startsWith('| block'));
  assert.equal(output.split('\n').slice(-3), [
    '',
    `${30_001 - rows.length} rows left out; \`--format json\` has all.`,
    '',
  ]);
});

test('any room is kept to, down to the head', () => {
  const change = {
    findings: Array.from({ length: 50 }, () => finding()),
    notEvaluated: Array.from({ length: 150 }, () => undecided()),
  };
  const head = bytes(render({ ...change, findings: [], notEvaluated: [] }));
  for (let maxBytes = head + 400; maxBytes < 30_000; maxBytes += 997) {
    const output = render(change, { maxBytes });
    const shown = output.split('\n').filter((line) => line.startsWith('| block')).length;
    const left = [...output.matchAll(/^(\d+) rows? left out/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
    assert.equal([bytes(output) <= maxBytes, shown + left], [true, 200], String(maxBytes));
  }
});

test('quiet leaves what blocks', () => {
  const output = render(
    { findings: [finding({ level: 'warn' })], notEvaluated: [undecided({ level: 'warn' })] },
    { quiet: true },
  );
  assert.equal(output.includes('###'), false);
});

test.run();
