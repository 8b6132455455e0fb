import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { policyFromValue } from '../../src/config/load.js';
import { type Config, LEVELS, type Level } from '../../src/config/policy.js';
import { GlobIndex } from '../../src/engine/glob-index.js';
import { matcher } from '../../src/engine/globs.js';
import { resolver } from '../../src/engine/resolve.js';
import { defineRule } from '../../src/rule/index.js';

const rule = defineRule({ meta: { id: 'r', summary: 's', options: {}, messages: { m: '' } }, check: () => [] });
const ladder = defineRule({
  meta: {
    id: 'l',
    summary: 's',
    phases: 8,
    options: { phase: { type: 'integer', default: 0, summary: 's' } },
    messages: { m: '' },
  },
  check: () => [],
});
const RULES = [rule, ladder];

function resolve(config: Config, path: string, asOf = '2026-11-22', point: 'hook' | 'ci' = 'ci', of = rule) {
  return resolver(policyFromValue(config, 'c', RULES), { point, asOf }).resolve(of, path);
}
const level = (...args: Parameters<typeof resolve>) => resolve(...args).level;

test('a step holds from its day on, that day included', () => {
  const config: Config = { rules: { r: { level: 'warn', steps: [{ on: '2027-02-01', level: 'block' }] } } };
  assert.equal(
    ['2027-01-31', '2027-02-01', '2027-02-02'].map((day) => level(config, 'a', day)),
    ['warn', 'block', 'block'],
  );
});

test('a step only tighten: one that would lower does nothing', () => {
  const config: Config = { rules: { r: { level: 'block', steps: [{ on: '2026-01-01', level: 'warn' }] } } };
  assert.is(level(config, 'a'), 'block');
});

test('a step may differ by point', () => {
  const config: Config = {
    rules: { r: { level: 'warn', steps: [{ on: '2026-01-01', level: { hook: 'warn', ci: 'block' } }] } },
  };
  assert.equal([level(config, 'a', '2026-11-22', 'hook'), level(config, 'a')], ['warn', 'block']);
});

test('a module with a level of its own leaves the steps of the default behind', () => {
  const config: Config = {
    rules: { r: { level: 'warn', steps: [{ on: '2026-01-01', level: 'block' }] } },
    modules: [
      { name: 'own', files: ['own/**'], rules: { r: 'warn' } },
      { name: 'same', files: ['same/**'], rules: { r: { steps: [{ on: '2026-01-01', level: 'block' }] } } },
    ],
  };
  assert.equal([level(config, 'own/a'), level(config, 'same/a'), level(config, 'a')], ['warn', 'block', 'block']);
});

test('a floor holds against a module, off and a lowering', () => {
  const lowered = { level: 'off', reason: 'r', owner: '@o', ticket: 'T-1', until: '2027-01-01' } as const;
  const config: Config = {
    rules: { r: 'off' },
    modules: [{ name: 'm', files: ['a/m/**'], rules: { r: { level: 'block', lowered } } }],
    floors: [{ rule: 'r', files: ['a/**'], level: 'warn' }],
  };
  assert.equal([level(config, 'a/x'), level(config, 'a/m/x'), level(config, 'x')], ['warn', 'warn', 'off']);
});

test('a lowering ends by itself after its last day', () => {
  const lowered = { level: 'warn', reason: 'r', owner: '@o', ticket: 'T-1', until: '2027-01-31' } as const;
  const config: Config = { rules: { r: { level: 'block', lowered } } };
  assert.equal(
    ['2027-01-31', '2027-02-01'].map((day) => level(config, 'a', day)),
    ['warn', 'block'],
  );
});

test('phases rise by steps and floors, and the rule gets the one in force', () => {
  const config: Config = {
    rules: { l: { level: 'warn', phase: 1 } },
    modules: [{ name: 'm', files: ['m/**'], rules: { l: { phase: 3, steps: [{ on: '2026-11-22', phase: 4 }] } } }],
    floors: [{ rule: 'l', files: ['m/core/**'], phase: 6 }],
  };
  assert.equal(
    ['a', 'm/a', 'm/core/a'].map((path) => resolve(config, path, '2026-11-22', 'ci', ladder as never).options.phase),
    [1, 4, 6],
  );
});

test('what explain gets is what decides, with the place of each', () => {
  const config: Config = {
    rules: { r: 'warn' },
    modules: [
      { name: 'm', files: ['m/**'], rules: { r: { level: 'off', steps: [{ on: '2030-01-01', level: 'block' }] } } },
    ],
    floors: [{ rule: 'r', files: ['m/**'], level: 'warn' }],
  };
  const found = resolver(policyFromValue(config, 'c', RULES), { point: 'ci', asOf: '2026-11-22' }).explain('r', 'm/a');
  assert.equal(
    found.map(({ kind, inForce, origin }) => [kind, inForce, origin.at]),
    [
      ['default', true, 'rules.r'],
      ['module', true, 'modules[0].rules.r'],
      ['step', false, 'modules[0].rules.r.steps[0]'],
      ['floor', true, 'floors[0]'],
    ],
  );
});

const segment = fc.constantFrom('a', 'b', 'src', '.x', 'a.ts', '[b]');
const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
const globPart = fc.oneof(segment, fc.constantFrom('**', '*', '*.ts', '*ts', '{a,b}', '[ab]', '?', '+(a|b)'));
const glob = fc
  .tuple(fc.boolean(), fc.array(globPart, { minLength: 1, maxLength: 4 }))
  .map(([negated, parts]) => `${negated ? '!' : ''}${parts.join('/')}`);
const globs = fc.array(glob, { minLength: 1, maxLength: 3 });

test('the index answers as a search through all lists would', () => {
  fc.assert(
    fc.property(fc.array(globs, { maxLength: 8 }), fc.array(path, { minLength: 1, maxLength: 8 }), (lists, paths) => {
      const index = new GlobIndex(lists);
      const naive = lists.map(matcher);
      for (const each of paths) {
        const expected = naive.flatMap((matches, at) => (matches(each) ? [at] : []));
        assert.equal([...index.matching(each)], expected);
        assert.is(index.last(each), expected.at(-1) ?? -1);
      }
    }),
    { numRuns: 2000 },
  );
});

const anyLevel = fc.constantFrom(...LEVELS);
const day = fc.constantFrom('2026-01-01', '2026-06-01', '2026-11-22', '2027-01-01');
const setting = fc.record({
  level: anyLevel,
  steps: fc.array(fc.record({ on: day, level: anyLevel }), { maxLength: 3 }),
});
const anyConfig: fc.Arbitrary<Config> = fc.record({
  rules: fc.record({ r: setting }),
  modules: fc
    .array(fc.record({ files: globs, rules: fc.record({ r: setting }) }), { maxLength: 4 })
    .map((list) => list.map((module, at) => ({ ...module, name: `m${at}` }))),
  floors: fc.array(fc.record({ rule: fc.constant('r'), files: globs, level: anyLevel }), { maxLength: 3 }),
});
const atLeast = (a: Level, b: Level) => LEVELS.indexOf(a) >= LEVELS.indexOf(b);

test('no level is ever below a floor that covers the file', () => {
  fc.assert(
    fc.property(anyConfig, path, day, (config, each, asOf) => {
      const covering = (config.floors ?? []).filter(({ files }) => matcher(files)(each));
      const found = level(config, each, asOf);
      for (const floor of covering) assert.ok(atLeast(found, floor.level as Level));
    }),
    { numRuns: 1000 },
  );
});

test('as days pass, no level ever falls', () => {
  fc.assert(
    fc.property(anyConfig, path, (config, each) => {
      const levels = ['2025-12-31', '2026-01-01', '2026-06-01', '2026-11-22', '2027-01-01', '2030-01-01'].map((asOf) =>
        level(config, each, asOf),
      );
      for (const [at, found] of levels.entries()) assert.ok(at === 0 || atLeast(found, levels[at - 1] as Level));
    }),
    { numRuns: 1000 },
  );
});

test('with everything else the same, one more floor never lowers a level', () => {
  fc.assert(
    fc.property(anyConfig, globs, anyLevel, path, (config, files, least, each) => {
      const more = { ...config, floors: [...(config.floors ?? []), { rule: 'r', files, level: least }] };
      assert.ok(atLeast(level(more, each), level(config, each)));
    }),
    { numRuns: 1000 },
  );
});

test.run();
