import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EMPTY } from '../../src/engine/baseline/baseline.js';
import { matchBaseline } from '../../src/engine/baseline/match.js';
import { renderBaseline } from '../../src/engine/baseline/render.js';
import { growth, type Update, updateBaseline } from '../../src/engine/baseline/update.js';
import { accepting, counts, type Found, findingsOf, wholeRun } from '../helpers/findings.js';

const todo = new Set(['todo']);
const whole = { ...wholeRun('todo', 'other'), rules: todo };

/** Accepts `before`, updates by a run that finds `after`. */
function update(
  before: readonly Found[],
  after: readonly Found[],
  how: Partial<Update> & Pick<Update, 'mode'>,
): string[] {
  return counts(updateBaseline(accepting(findingsOf(before)), findingsOf(after), { ...whole, ...how }).values());
}

const two = [{ path: 'a' }, { path: 'a' }];

test('to accept is to hold exactly what stands today', () => {
  assert.equal(update([...two, { path: 'b' }], [{ path: 'a' }, { path: 'c' }], { mode: 'accept' }), ['a x1', 'c x1']);
});

test('only the rules that are named change', () => {
  const before = [{ path: 'a' }, { path: 'a', rule: 'other' }];
  const after = [{ path: 'b' }, { path: 'b', rule: 'other' }];
  assert.equal(update(before, after, { mode: 'accept' }), ['a x1', 'b x1']);
  assert.equal(update(before, after, { mode: 'shrink' }), ['a x1']);
});

test('to shrink takes out what is gone and takes nothing in', () => {
  assert.equal(update([...two, { path: 'b' }], [{ path: 'a' }, { path: 'c' }], { mode: 'shrink' }), ['a x1']);
});

test('a run over part of the files prunes nothing, in either mode', () => {
  const partial = { complete: false };
  assert.equal(update([...two, { path: 'b' }], [{ path: 'a' }], { mode: 'shrink', ...partial }), ['a x2', 'b x1']);
  assert.equal(update([...two, { path: 'b' }], [{ path: 'c' }], { mode: 'accept', ...partial }), [
    'a x2',
    'b x1',
    'c x1',
  ]);
});

test('a rule that gave no answer prunes nothing', () => {
  assert.equal(update(two, [], { mode: 'shrink', rulesRun: new Set() }), ['a x2']);
  assert.equal(update(two, [], { mode: 'accept', rulesRun: new Set() }), ['a x2']);
});

test('what was renamed goes by its new name, even after a partial run', () => {
  const renames = [{ from: 'a', to: 'b' }];
  const after = [{ path: 'b' }];
  assert.equal(update(two, after, { mode: 'shrink', renames }), ['b x1']);
  assert.equal(update(two, after, { mode: 'shrink', renames, complete: false }), ['a x1', 'b x1']);
  const written = updateBaseline(accepting(findingsOf(two)), findingsOf(after), { ...whole, mode: 'shrink', renames });
  assert.is(renderBaseline(written), renderBaseline(accepting(findingsOf(after))));
});

test('a waived finding is not accepted, and a fresh one is: by name, and on purpose', () => {
  const after: Found[] = [
    { path: 'a', state: 'waived' },
    { path: 'b', fresh: true },
  ];
  assert.equal(update([], after, { mode: 'accept' }), ['b x1']);
});

test('growth is what is accepted beyond before, by kind: a swap is growth', () => {
  const before = accepting(findingsOf([{ path: 'a', key: 'x' }, ...two]));
  const after = accepting(findingsOf([{ path: 'a', key: 'y' }, ...two, { path: 'a' }]));
  assert.equal(
    growth(before, after).map(({ count }) => count),
    [1, 1],
  );
  assert.equal(growth(before, before), []);
  assert.equal(counts(growth(EMPTY, before)), ['a x1', 'a x2']);
});

test('a rename is no growth, unless the old name keeps its entries or the new one has more', () => {
  const renames = [{ from: 'a', to: 'b' }];
  const before = accepting(findingsOf(two));
  const after = (...found: Found[]) => accepting(findingsOf(found));
  assert.equal(growth(before, after({ path: 'b' }, { path: 'b' }), renames), []);
  assert.equal(counts(growth(before, after({ path: 'b' }, { path: 'b' }))), ['b x2']);
  assert.equal(counts(growth(before, after({ path: 'b' }, { path: 'b' }, { path: 'b' }), renames)), ['b x1']);
  assert.equal(counts(growth(before, after(...two, { path: 'b' }), renames)), ['b x1']);
  assert.equal(counts(growth(before, after({ path: 'b', key: 'other' }), renames)), ['b x1']);
});

const found = fc.record({
  path: fc.constantFrom('a', 'b', 'c'),
  key: fc.constantFrom('x', 'y'),
  rule: fc.constantFrom('todo', 'other'),
});
const world = fc.array(found, { maxLength: 20 });
const renamed = fc.array(fc.record({ from: fc.constantFrom('a', 'b'), to: fc.constantFrom('b', 'c') }), {
  maxLength: 2,
});

test('property: to shrink never grows, accepts no less, and a second time changes nothing', () => {
  fc.assert(
    fc.property(world, world, renamed, fc.boolean(), (before, after, renames, complete) => {
      const baseline = accepting(findingsOf(before));
      const findings = findingsOf(after);
      const run = { ...whole, renames, complete, rules: new Set(['todo', 'other']) };
      const next = updateBaseline(baseline, findings, { ...run, mode: 'shrink' });
      assert.equal(growth(baseline, next, renames), []);
      assert.equal(matchBaseline(findings, next, run).findings, matchBaseline(findings, baseline, run).findings);
      assert.equal(updateBaseline(next, findings, { ...run, mode: 'shrink' }), next);
    }),
  );
});

test('property: after a whole run is accepted nothing is new and nothing stale, whatever was accepted before', () => {
  fc.assert(
    fc.property(world, world, (before, after) => {
      const findings = findingsOf(after);
      const rules = new Set(['todo', 'other']);
      const next = updateBaseline(accepting(findingsOf(before)), findings, { ...whole, rules, mode: 'accept' });
      assert.is(renderBaseline(next), renderBaseline(accepting(findings)));
      const { findings: matched, stale } = matchBaseline(findings, next, whole);
      assert.ok(matched.every(({ state }) => state === 'baselined'));
      assert.equal(stale, []);
    }),
  );
});

test.run();
