import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CheckOptions, type Config, check, type Draft, defineRule } from '../../src/index.js';
import { githubToken } from '../helpers/generated-secrets.js';

/** Finds the word `BAD` wherever it stands. */
const bad = defineRule({
  meta: { id: 'bad', summary: 's', options: {}, messages: { bad: 'bad' } },
  async *check({ files, read }): AsyncIterable<Draft<'bad'>> {
    for (const file of files) {
      for (const [at, line] of (await read(file)).split('\n').entries()) {
        for (const { index } of line.matchAll(/BAD/g)) {
          yield {
            messageId: 'bad',
            path: file.path,
            line: at + 1,
            column: index + 1,
            endLine: at + 1,
            endColumn: index + 4,
            key: line.trim(),
          };
        }
      }
    }
  },
});
const run = (config: Config, files: CheckOptions['files'], asOf = '2026-11-22') =>
  check({ config, files, asOf, rules: [bad] });
const waiver = { id: 'W', rule: 'bad', reason: 'r', owner: '@o', until: '2027-01-31' } as const;
const block: Config = { rules: { bad: 'block' } };
const states = ({ findings }: Awaited<ReturnType<typeof run>>) =>
  findings.map(({ ruleId, messageId, state, waiver }) => [ruleId === 'bad' ? '' : messageId, state, waiver]);

test('a waiver lets a finding through until its last day, which is included', async () => {
  const config: Config = { ...block, waivers: [{ ...waiver, files: ['a'] }] };
  const last = await run(config, { a: 'BAD' }, '2027-01-31');
  assert.equal([last.verdict, last.counts.waived, states(last)], ['pass', 1, [['', 'waived', 'W']]]);
  const after = await run(config, { a: 'BAD' }, '2027-02-01');
  assert.equal(
    [after.verdict, states(after)],
    [
      'block',
      [
        ['', 'new', null],
        ['expiredWaiver', 'new', null],
      ],
    ],
  );
  assert.match(after.findings[1]?.message ?? '', /Waiver W of @o ended on 2027-01-31; .*\(1 in this run\)/);
});

test('a waiver by fingerprint lets that one through and no other', async () => {
  const [first] = (await run(block, { a: 'BAD one\nBAD two' })).findings;
  const config: Config = { ...block, waivers: [{ ...waiver, fingerprint: first?.fingerprint ?? '' }] };
  const result = await run(config, { a: 'BAD one\nBAD two' });
  assert.equal(
    [result.verdict, states(result)],
    [
      'block',
      [
        ['', 'waived', 'W'],
        ['', 'new', null],
      ],
    ],
  );
});

test('a waiver of another rule or other files does nothing, and is unused', async () => {
  const result = await run({ ...block, waivers: [{ ...waiver, files: ['b'] }] }, { a: 'BAD', b: 'fine' });
  assert.equal(states(result), [
    ['', 'new', null],
    ['unusedWaiver', 'new', null],
  ]);
});

test('whether a waiver is unused cannot be told when only some files were looked at', async () => {
  const modules = [{ name: 'm', files: ['m/**'] }];
  const config: Config = { ...block, modules, waivers: [{ ...waiver, files: ['b'] }] };
  const all = await run(config, { 'm/a': 'fine', b: 'fine' });
  assert.equal(states(all), [['unusedWaiver', 'new', null]]);
});

test('a floor can forbid waivers, and can bound how far they reach', async () => {
  const forbidden = await run(
    { ...block, waivers: [{ ...waiver, files: ['a'] }], floors: [{ rule: 'bad', files: ['a'], waivable: false }] },
    { a: 'BAD' },
  );
  assert.equal([forbidden.verdict, states(forbidden)[1]?.[0]], ['block', 'forbiddenWaiver']);
  const bounded = (maxDays: number) =>
    run(
      { ...block, waivers: [{ ...waiver, files: ['a'] }], floors: [{ rule: 'bad', files: ['a'], maxDays }] },
      { a: 'BAD' },
    );
  assert.equal([(await bounded(70)).verdict, (await bounded(69)).verdict], ['pass', 'block']);
});

test('a waiver by files that lets many findings through is too broad', async () => {
  const config: Config = { ...block, waivers: [{ ...waiver, files: ['**'] }] };
  const result = await run(config, { a: 'BAD\n'.repeat(11) });
  assert.ok(result.findings.some(({ messageId }) => messageId === 'broadWaiver'));
  const few = await run(config, { a: 'BAD\n'.repeat(10) });
  assert.not(few.findings.some(({ messageId }) => messageId === 'broadWaiver'));
});

test('a comment lets through the finding before it in its line, and only that one', async () => {
  const result = await run(block, { a: 'BAD // nonstop-waive bad\nBAD BAD // nonstop-waive bad: known' });
  assert.equal(states(result), [
    ['', 'waived', 'nonstop-waive bad'],
    ['', 'new', null],
    ['', 'waived', 'nonstop-waive bad'],
  ]);
});

test('a comment can stand in the line before, and must name the rule', async () => {
  const next = await run(block, { a: '# nonstop-waive-next-line bad\nBAD' });
  assert.is(next.verdict, 'pass');
  const other = await run(block, { a: '# nonstop-waive-next-line secrets\nBAD # nonstop-waive' });
  assert.is(other.verdict, 'block');
});

test('a floor can forbid comments and leave entries of the config', async () => {
  const floors = [{ rule: 'bad', files: ['**'], inlineWaivers: false }];
  assert.is((await run({ ...block, floors }, { a: 'BAD // nonstop-waive bad' })).verdict, 'block');
  assert.is((await run({ ...block, floors, waivers: [{ ...waiver, files: ['a'] }] }, { a: 'BAD' })).verdict, 'pass');
});

test('the comments of other tools are understood for secrets, on the secret they stand beside', async () => {
  const token = githubToken(1);
  const other = githubToken(2);
  const config: Config = { rules: { secrets: 'block' } };
  for (const comment of [
    'gitleaks:allow',
    'pragma: allowlist secret',
    'secretlint-disable-line',
    'trufflehog:ignore',
  ]) {
    const one = await run(config, { a: `${token} # ${comment}` });
    assert.equal([one.verdict, one.findings[0]?.waiver], ['pass', comment]);
    const two = await run(config, { a: `${other}; ${token} # ${comment}` });
    assert.equal([two.verdict, two.counts.waived, two.counts.block], ['block', 1, 1]);
  }
  for (const comment of ['pragma: allowlist nextline secret', 'secretlint-disable-next-line']) {
    assert.is((await run(config, { a: `# ${comment}\n${token}` })).verdict, 'pass');
  }
  assert.is((await run(config, { a: `# secretlint-disable\n${token}` })).verdict, 'block');
});

test('a policy that has no effect is told', async () => {
  const result = await run(
    {
      rules: { bad: { level: 'warn', steps: [{ on: '2027-01-01', level: 'off' }] } },
      modules: [{ name: 'none', files: ['none/**'], rules: { bad: 'off' } }],
      floors: [{ rule: 'bad', files: ['none/**'], level: 'block' }],
    },
    { a: 'fine' },
  );
  assert.equal(result.findings.map(({ messageId, level }) => [messageId, level]).sort(), [
    ['belowFloor', 'warn'],
    ['loweringStep', 'warn'],
    ['unmatchedModule', 'warn'],
  ]);
});

test('steps are announced from 14 days before', async () => {
  const config: Config = { rules: { bad: { level: 'warn', steps: [{ on: '2026-12-06', level: 'block' }] } } };
  const on = async (asOf: string) => (await run(config, { a: 'fine' }, asOf)).announcements.length;
  assert.equal(
    [await on('2026-11-21'), await on('2026-11-22'), await on('2026-12-05'), await on('2026-12-06')],
    [0, 1, 1, 0],
  );
});

test.run();
