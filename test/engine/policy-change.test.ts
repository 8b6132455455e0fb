import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { policyFromValue } from '../../src/config/load.js';
import type { Config } from '../../src/config/policy.js';
import { policyChanges } from '../../src/engine/policy-change/index.js';
import { defineRule } from '../../src/rule/index.js';

const RULES = ['r', 's'].map((id) =>
  defineRule({
    meta: {
      id,
      summary: 's',
      phases: 8,
      options: { n: { type: 'integer', default: 1, summary: 's' } },
      messages: { m: '' },
    },
    check: () => [],
  }),
);
const policy = (config: Config) => policyFromValue(config, 'c', RULES);
const changes = (before: Config, after: Config) =>
  policyChanges(policy(before), policy(after)).map(({ messageId }) => messageId);

/** What is told of a change, and that the change back, which only tightens, is not told. */
function oneWay(name: string, loose: Config, tight: Config, expected: string[]) {
  test(name, () => {
    assert.equal(changes(tight, loose), expected);
    assert.equal(changes(loose, tight), []);
    assert.equal(changes(tight, tight), []);
  });
}

oneWay('a lower level', { rules: { r: 'warn' } }, { rules: { r: 'block' } }, ['level']);
oneWay('a lower level at one point', { rules: { r: { hook: 'off', ci: 'block' } } }, { rules: { r: 'block' } }, [
  'level',
]);
oneWay('a rule that is not named any more', {}, { rules: { r: 'warn' } }, ['level']);
oneWay('a lower phase', { rules: { r: { level: 'warn', phase: 2 } } }, { rules: { r: { level: 'warn', phase: 3 } } }, [
  'phase',
]);
oneWay(
  'a step that is gone or comes later',
  { rules: { r: { level: 'warn', steps: [{ on: '2027-03-01', level: 'block' }] } } },
  { rules: { r: { level: 'warn', steps: [{ on: '2027-02-01', level: 'block' }] } } },
  ['step'],
);
test('a step that has become the level is no loss', () => {
  assert.equal(
    changes(
      { rules: { r: { level: 'warn', steps: [{ on: '2027-02-01', level: 'block' }] } } },
      { rules: { r: 'block' } },
    ),
    [],
  );
});

const m = (files: string[], level: 'warn' | 'block'): Config => ({
  rules: { r: 'warn' },
  modules: [{ name: 'm', files, owner: '@m', rules: { r: level } }],
});
oneWay('a lower level in a module', m(['a/**'], 'warn'), m(['a/**'], 'block'), ['level']);
oneWay('fewer files under a stricter module', m(['a/**'], 'block'), m(['a/**', 'b/**'], 'block'), ['changedModule']);
oneWay(
  'more files under a looser module',
  { ...m(['a/**', 'b/**'], 'warn'), rules: { r: 'block' } },
  { ...m(['a/**'], 'warn'), rules: { r: 'block' } },
  ['changedModule'],
);
test('a module that is gone is told, whatever it said', () => {
  assert.equal(changes(m(['a/**'], 'block'), { rules: { r: 'warn' } }), ['removedModule']);
});
test('a new module is told only where it is looser', () => {
  assert.equal(changes({ rules: { r: 'warn' } }, m(['a/**'], 'block')), []);
  assert.equal(changes({ rules: { r: 'block' } }, { ...m(['a/**'], 'warn'), rules: { r: 'block' } }), ['addedModule']);
});
test('modules in another order are told', () => {
  const [a, b] = ['a', 'b'].map((name) => ({ name, files: ['**'], rules: {} }));
  assert.equal(changes({ modules: [a!, b!] }, { modules: [b!, a!] }), ['movedModule']);
});

const floor = { rule: 'r', files: ['a/**'], level: 'block' } as const;
oneWay('a floor that is gone', {}, { floors: [floor] }, ['floor']);
oneWay('a floor that is lower', { floors: [{ ...floor, level: 'warn' }] }, { floors: [floor] }, ['floor']);
oneWay('a floor over fewer files', { floors: [floor] }, { floors: [{ ...floor, files: ['a/**', 'b/**'] }] }, ['floor']);
oneWay('a floor that lets waivers in', { floors: [floor] }, { floors: [{ ...floor, waivable: false }] }, ['floor']);
oneWay('a floor that lets comments in', { floors: [floor] }, { floors: [{ ...floor, inlineWaivers: false }] }, [
  'floor',
]);
oneWay(
  'a floor that lets waivers reach further',
  { floors: [{ ...floor, maxDays: 90 }] },
  { floors: [{ ...floor, maxDays: 30 }] },
  ['floor'],
);

oneWay('more that is ignored', { ignore: ['vendor/**', 'src/**'] }, { ignore: ['vendor/**'] }, ['ignore']);

const waiver = { id: 'W', rule: 'r', files: ['a'], reason: 'r', owner: '@o', until: '2027-01-31' };
oneWay('a new waiver', { waivers: [waiver] }, {}, ['waiver']);
oneWay('a waiver that reaches further', { waivers: [{ ...waiver, until: '2027-02-28' }] }, { waivers: [waiver] }, [
  'waiver',
]);
test('a waiver with another target is told both ways', () => {
  assert.equal(changes({ waivers: [waiver] }, { waivers: [{ ...waiver, files: ['b'] }] }), ['waiver']);
});
test('an option with another value is told both ways, since which is looser only the rule knows', () => {
  const n = (value: number): Config => ({ rules: { r: { level: 'warn', n: value } } });
  assert.equal([changes(n(2), n(3)), changes(n(3), n(2))], [['option'], ['option']]);
});

test('a lowering by name is told with all it says', () => {
  const lowered = { level: 'warn', reason: 'migration', owner: '@o', ticket: 'OPS-7', until: '2027-01-31' } as const;
  const [found] = policyChanges(
    policy({ rules: { r: 'block' } }),
    policy({ rules: { r: { level: 'block', lowered } } }),
  );
  assert.equal(
    [found?.messageId, found?.data],
    [
      'lowered',
      {
        rule: 'r',
        scope: 'every file',
        to: 'warn',
        until: '2027-01-31',
        owner: '@o',
        ticket: 'OPS-7',
        reason: 'migration',
      },
    ],
  );
});

const pay = { name: 'pay', files: ['services/pay/**'], rules: { r: 'block' } } as const;
const next = (name: string, files: string[], rules: Config['rules'] = {}): Config => ({
  rules: { r: 'warn' },
  modules: [pay, { name, files, rules }],
});
const only: Config = { rules: { r: 'warn' }, modules: [pay] };

test('a new module that takes files out of a stricter one is told, also where it says nothing', () => {
  assert.equal(changes(only, next('new', ['services/pay/old/**'])), ['addedModule']);
  assert.equal(changes(only, next('new', ['**/*.md'], { r: 'warn' })), ['addedModule']);
  assert.equal(changes(only, next('new', ['services/pay/old/**'], { r: 'block' })), []);
  assert.equal(changes(only, next('new', ['services/payments/**'])), []);
  assert.equal(changes(only, next('new', ['docs/**'])), []);
});
test('more files under a module, taken out of a stricter one', () => {
  assert.equal(changes(next('m', ['docs/**']), next('m', ['docs/**', 'services/**'])), ['changedModule']);
  assert.equal(changes(next('m', ['docs/**']), next('m', ['docs/**', 'web/**'])), []);
});
test('fewer files under a module, which fall to a looser one', () => {
  const loose = { name: 'loose', files: ['a/**'], rules: { r: 'off' } } as const;
  const config = (files: string[]): Config => ({
    rules: { r: 'warn' },
    modules: [loose, { name: 'm', files, rules: { r: 'warn' } }],
  });
  assert.equal(changes(config(['a/b/**', 'c/**']), config(['c/**'])), ['changedModule']);
  assert.equal(changes(config(['a/b/**', 'c/**']), config(['a/b/**'])), []);
});
test('a new module that is lowered, has other options or no steps is told', () => {
  const config = (setting: NonNullable<Config['rules']>[string], steps = false): Config => ({
    rules: { r: { level: 'warn', ...(steps ? { steps: [{ on: '2027-02-01', level: 'block' }] } : {}) } },
    modules: setting === 'warn' && !steps ? [] : [{ name: 'm', files: ['a/**'], rules: { r: setting } }],
  });
  const lowered = { level: 'off', reason: 'r', owner: 'o', ticket: 't', until: '2099-01-01' } as const;
  assert.equal(changes({ rules: { r: 'warn' } }, config({ level: 'warn', lowered })), ['lowered']);
  assert.equal(changes({ rules: { r: 'warn' } }, config({ n: 9 })), ['option']);
  const before: Config = { rules: config('warn', true).rules! };
  assert.equal(changes(before, config('warn', true)), ['step']);
  assert.equal(changes(before, config({ n: 1 }, true)), ['option']);
});
test('a module that gets a level of its own loses the steps of the default', () => {
  const steps = [{ on: '2027-02-01', level: 'block' }] as const;
  const config = (rules: Config['rules']): Config => ({
    rules: { r: { level: 'off', steps } },
    modules: [{ name: 'm', files: ['a/**'], ...(rules ? { rules } : {}) }],
  });
  assert.equal(changes(config(undefined), config({ r: 'warn' })), ['step']);
  assert.equal(changes(config(undefined), config({ r: { level: 'warn', steps } })), []);
  assert.equal(changes(config(undefined), config({ r: 'block' })), []);
});
test('a phase that falls back to that of the default', () => {
  const config = (phase: number | undefined, own: Config['rules']): Config => ({
    rules: { r: { level: 'warn', ...(phase === undefined ? {} : { phase }) } },
    modules: [{ name: 'm', files: ['a/**'], ...(own ? { rules: own } : {}) }],
  });
  assert.equal(changes(config(5, { r: { phase: 3 } }), config(5, undefined)), []);
  assert.equal(changes(config(5, undefined), config(5, { r: { phase: 3 } })), ['phase']);
});
test('a floor that takes files out', () => {
  const cut = { ...floor, files: ['a/**', '!a/b/**'] };
  assert.equal(changes({ floors: [floor] }, { floors: [cut] }), ['floor']);
  assert.equal(changes({ floors: [cut] }, { floors: [floor] }), []);
});

test.run();
