import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cells } from '../../src/report/cells.js';
import { pretty } from '../../src/report/pretty.js';
import { finding, PLAIN, report, ruleReport, undecided } from '../helpers/check-result.js';
import { commandsIn } from '../helpers/ci-commands.js';
import { MESSAGES, PATHS } from '../helpers/hostile.js';

const FIX = 'Revoke it, take it out of the file, and read it from the environment or a secret store';
const render = (change: Parameters<typeof report>[0], surface = {}) => pretty(report(change), { ...PLAIN, ...surface });
const excerpt = (text: string, marked: string) => ({ text, start: text.indexOf(marked), length: marked.length });

test('findings stand under their file, with their line; what to do is said once', () => {
  const found = { fix: FIX, excerpt: excerpt('const token = "ghp_********";', 'ghp_********') };
  const findings = [
    finding({ ...found, module: 'payments' }),
    finding({ ...found, line: 120345, column: 1 }),
    finding({
      path: 'Dockerfile',
      level: 'warn',
      ruleId: 'eol-runtime',
      line: null,
      column: null,
      message: 'python 3.8 has ended',
    }),
  ];
  assert.snapshot(
    render({
      findings,
      rules: [ruleReport(), ruleReport({ id: 'eol-runtime', state: 'skipped', reason: 'no file to look at' })],
    }),
    `src/a.ts
  block  3:14    GitHub token: ghp_********  secrets, module payments
        3 | const token = "ghp_********";
          |                ^^^^^^^^^^^^
  block  120345:1 GitHub token: ghp_********  secrets
    120345 | const token = "ghp_********";
           |                ^^^^^^^^^^^^
         fix: Revoke it, take it out of the file, and read it from the
              environment or a secret store
         docs: docs/rules/secrets.md#found

Dockerfile
  warn           python 3.8 has ended  eol-runtime
         docs: docs/rules/eol-runtime.md#found

block: 2 blocked, 1 warning in the working tree
scanned by secrets: 12 files, 35 kB
scanned by eol-runtime: no file to look at
`,
  );
});

test('what was not evaluated is said, and why', () => {
  const whole = undecided({
    path: null,
    level: 'warn',
    reason: 'it took longer than 120 seconds, and '.repeat(4).trim(),
  });
  assert.snapshot(
    render({ notEvaluated: [undecided(), whole], rules: [] }),
    `Not evaluated: this is not a pass
  block  secrets  big.bin
         it has 9 bytes, more than the limit of 8
  warn   secrets
         it took longer than 120 seconds, and it took longer than 120 seconds,
         and it took longer than 120 seconds, and it took longer than 120
         seconds, and

error: 2 not evaluated in the working tree
scanned nothing: every rule is off
`,
  );
});

test('colours say no more than the words', () => {
  const change = {
    findings: [finding({ fix: FIX, excerpt: excerpt('a ghp_******** b', 'ghp_********') })],
    notEvaluated: [undecided()],
  };
  const coloured = render(change, { colour: true });
  assert.is(
    coloured.split('\n')[1],
    '  \u001B[31mblock\u001B[39m  3:14    GitHub token: ghp_********  \u001B[2msecrets\u001B[22m',
  );
  assert.is(coloured.replace(/\u001B\[\d+m/g, ''), render(change));
});

test('an excerpt is cut around the find, by cells, and the mark stands below it', () => {
  const frames = [
    excerpt(`${'x'.repeat(99)} ghp_******** ${'y'.repeat(99)}`, 'ghp_********'),
    excerpt('値段は高い ghp_******** です', 'ghp_********'),
    excerpt(`${'a'.repeat(30)}${'M'.repeat(99)}`, 'M'.repeat(99)),
    excerpt('\t\ttab = ghp_********', 'ghp_********'),
    excerpt('漢'.repeat(50), '漢'.repeat(50)),
  ].flatMap((each) => {
    const lines = render({ findings: [finding({ excerpt: each })] }, { width: 50 }).split('\n');
    return lines.filter((line) => line.includes(' | '));
  });
  assert.snapshot(
    frames.join('\n'),
    `        3 | …xxxxxxxxxxxxxxxxxxxxxxx ghp_********…
          |                          ^^^^^^^^^^^^
        3 | 値段は高い ghp_******** です
          |            ^^^^^^^^^^^^
        3 | …aaaaaaaMMMMMMMMMMMMMMMMMMMMMMMMMMMMM…
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        3 |   tab = ghp_********
          |         ^^^^^^^^^^^^
        3 | 漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢…
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
  );
});

const words = fc
  .array(fc.constantFrom('a', 'word', '漢字', '😀', 'e\u0301', 'x'.repeat(99), '\t', '\n', '::', ' ', '\u001B[0m'), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));

test('no line is wider than the terminal, whatever is said, but for the paths', () => {
  fc.assert(
    fc.property(words, words, words, fc.integer({ min: 40, max: 100 }), (message, text, module, width) => {
      const found = { start: 3, length: Math.max(text.length - 9, 0), text };
      const findings = [finding({ message, module, fix: message, excerpt: found, line: 1234 })];
      const output = render({ findings, notEvaluated: [undecided({ reason: message })] }, { width });
      const lines = output.split('\n').filter((line) => !line.includes('docs: ')); // a path
      const wide = lines.filter((line) => cells(line) > width);
      assert.equal(wide, []);
    }),
  );
});

test('no command of a CI is in it, also not put together from two parts', () => {
  const split = { text: 'x ##[add-mask]y', start: 3, length: 5 };
  assert.equal(commandsIn(render({ findings: [finding({ excerpt: split })] })), []);
  for (const text of [...PATHS, ...MESSAGES]) {
    const findings = [
      finding({ path: text, message: text, module: text, fix: text, excerpt: { text, start: 0, length: 3 } }),
    ];
    const output = render({ findings, notEvaluated: [undecided({ path: text, reason: text })] });
    assert.equal([commandsIn(output), /[^\P{Cc}\n]|\p{Cs}/u.test(output)], [[], false], text);
  }
});

test('of a rule 50 findings are shown, blocks before warnings, and the rest is counted', () => {
  const of = (ruleId: string, level: 'warn' | 'block', n: number) =>
    Array.from({ length: n }, (_, at) => finding({ ruleId, level, message: `${ruleId} ${level} ${at}` }));
  const output = render({
    findings: [...of('a', 'warn', 60), ...of('b', 'warn', 1), ...of('a', 'block', 49)],
    notEvaluated: Array.from({ length: 51 }, () => undecided({ ruleId: 'c' })),
  });
  const shown = [...output.matchAll(/^ {2}(?:block|warn) .*?([ab] (?:block|warn)) \d+/gm)].map(([, what]) => what);
  const count = (what: string) => shown.filter((each) => each === what).length;
  assert.equal([count('a block'), count('a warn'), count('b warn')], [49, 1, 1]);
  assert.equal(
    output.split('\n').filter((line) => line.startsWith('and ')),
    ['and 59 more found by a; --format json has all', 'and 1 more not evaluated by c; --format json has all'],
  );
});

test('what is in the baseline is counted, not shown', () => {
  const findings = [finding({ state: 'baselined' })];
  assert.snapshot(
    render({ findings }),
    'pass: 1 in the baseline in the working tree\nscanned by secrets: 12 files, 35 kB\n',
  );
});

test('quiet leaves what blocks, and the summary', () => {
  const findings = [finding({ level: 'warn', path: 'w.ts' }), finding({ path: 'b.ts' })];
  const output = render({ findings, notEvaluated: [undecided({ level: 'warn' })] }, { quiet: true });
  assert.equal(
    output.split('\n').filter((line) => /^\S/.test(line)),
    ['b.ts', 'block: 1 blocked, 1 warning, 1 not evaluated in the working tree', 'scanned by secrets: 12 files, 35 kB'],
  );
});

test('timings are there when they were asked for', () => {
  const { result, tool } = report();
  assert.ok(pretty({ result, tool, timings: { rules: 7 } }, PLAIN).endsWith('35 kB\nrules: 7 ms\n'));
});

test.run();
