import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { matchBaseline } from '../../src/engine/baseline/match.js';
import type { Rename } from '../../src/engine/baseline/rename.js';
import type { Finding } from '../../src/engine/result.js';
import { accepting, counts, type Found, findingsOf, wholeRun } from '../helpers/findings.js';

const some = (count: number, found: Found): Found[] => Array.from({ length: count }, () => found);

/** Accepts `before`, then looks at `after`: the state of each finding, and what is stale or carried. */
function match(
  before: readonly Found[],
  after: readonly Found[],
  look: Partial<Parameters<typeof matchBaseline>[2]> = {},
) {
  const { findings, stale, carried } = matchBaseline(findingsOf(after), accepting(findingsOf(before)), {
    ...wholeRun(),
    ...look,
  });
  return {
    states: findings.map(({ state }) => state),
    stale: counts(stale),
    carried: carried.map(({ from, to }) => `${from.path} to ${to.path} x${to.count}`),
  };
}

test('what was accepted stays accepted when lines move', () => {
  const moved = match([{ path: 'a', line: 3 }], [{ path: 'a', line: 40 }]);
  assert.equal(moved, { states: ['baselined'], stale: [], carried: [] });
});

test('of three equal findings one is mended: the two that are left match two entries, whichever it was', () => {
  for (const lines of [
    [1, 2],
    [1, 3],
    [2, 3],
  ]) {
    const left = match(
      some(3, { path: 'a' }),
      lines.map((line) => ({ path: 'a', line })),
    );
    assert.equal(left, { states: ['baselined', 'baselined'], stale: ['a x1'], carried: [] });
  }
});

test('one more of the same kind is new, and only one is', () => {
  assert.equal(match(some(2, { path: 'a' }), some(3, { path: 'a' })).states, ['baselined', 'baselined', 'new']);
});

test('a finding put in the place of another of the same rule is seen, though the count is the same', () => {
  const before = [
    { path: 'a', key: 'eval' },
    { path: 'a', key: 'with' },
  ];
  const after = [
    { path: 'a', key: 'eval' },
    { path: 'a', key: 'goto' },
  ];
  assert.equal(match(before, after), { states: ['baselined', 'new'], stale: ['a x1'], carried: [] });
});

test('another rule or another message is another finding', () => {
  const look = wholeRun('todo', 'other');
  assert.equal(match([{ path: 'a' }], [{ path: 'a', rule: 'other' }], look).states, ['new']);
  assert.equal(match([{ path: 'a' }], [{ path: 'a', messageId: 'unknown' }], look).states, ['new']);
});

test('a fresh finding is new, though its kind is accepted: another secret in the place of an old one', () => {
  const swapped = match([{ path: 'a', key: 'github-token' }], [{ path: 'a', key: 'github-token', fresh: true }]);
  assert.equal(swapped, { states: ['new'], stale: ['a x1'], carried: [] });
});

test('a fresh finding above an old one does not take its entry', () => {
  const look = { complete: false };
  assert.equal(match([{ path: 'a' }], [{ path: 'a', fresh: true }, { path: 'a' }], look).states, ['new', 'baselined']);
});

test('a waived finding stays waived and needs no entry', () => {
  const waived = match(some(2, { path: 'a' }), [{ path: 'a', state: 'waived' }, { path: 'a' }]);
  assert.equal(waived, { states: ['waived', 'baselined'], stale: ['a x1'], carried: [] });
});

test('a run over part of the files calls nothing stale', () => {
  assert.equal(match([{ path: 'a' }, { path: 'b' }], [{ path: 'a' }], { complete: false }).stale, []);
});

test('entries of a rule that did not run, or was off or undecided at a path, are not stale', () => {
  const before = [{ path: 'a' }, { path: 'b' }, { path: 'a', rule: 'other' }];
  assert.equal(match(before, []).stale, ['a x1', 'b x1']);
  assert.equal(match(before, [], { rulesRun: new Set() }).stale, []);
  assert.equal(match(before, [], { isPassedOver: (rule, path) => `${rule} ${path}` === 'todo a' }).stale, ['b x1']);
});

test('entries of a deleted file go to no other file', () => {
  const deleted = match(some(2, { path: 'gone' }), [{ path: 'new' }]);
  assert.equal(deleted, { states: ['new'], stale: ['gone x2'], carried: [] });
});

const renames: Rename[] = [{ from: 'old', to: 'new' }];

test('a rename is carried', () => {
  const renamed = match(some(2, { path: 'old' }), some(2, { path: 'new' }), { renames });
  assert.equal(renamed, { states: ['baselined', 'baselined'], stale: [], carried: ['old to new x2'] });
});

test('a rename that also mends passes, and what it mended is stale', () => {
  const renamed = match(some(3, { path: 'old' }), [{ path: 'new' }], { renames });
  assert.equal(renamed, { states: ['baselined'], stale: ['old x2'], carried: ['old to new x1'] });
});

test('a rename carries no more than the old name had, and no other kind', () => {
  const after = [...some(2, { path: 'new' }), { path: 'new', key: 'other' }];
  const renamed = match([{ path: 'old' }], after, { renames });
  assert.equal(renamed, { states: ['baselined', 'new', 'new'], stale: [], carried: ['old to new x1'] });
});

test('a rename adds nothing where the new name has entries: the file says already that it was renamed', () => {
  const both = match([...some(2, { path: 'old' }), { path: 'new' }], some(3, { path: 'new' }), { renames });
  assert.equal(both, { states: ['baselined', 'new', 'new'], stale: ['old x2'], carried: [] });
});

test('a copy donates nothing: what it was made of keeps its entries', () => {
  const copied = match([{ path: 'old' }], [{ path: 'old' }, { path: 'new' }], { renames });
  assert.equal(copied, { states: ['baselined', 'new'], stale: [], carried: [] });
});

test('a path that is still there donates nothing, though its own findings are mended', () => {
  const after = [{ path: 'old', key: 'other' }, { path: 'new' }];
  assert.equal(match([{ path: 'old' }], after, { renames }).states, ['new', 'new']);
});

test('renames that are not one to one are not carried', () => {
  const twice: Rename[] = [...renames, { from: 'old', to: 'newer' }];
  assert.equal(match([{ path: 'old' }], [{ path: 'new' }, { path: 'newer' }], { renames: twice }).states, [
    'new',
    'new',
  ]);
  const joined: Rename[] = [...renames, { from: 'older', to: 'new' }];
  const before = [{ path: 'old' }, { path: 'older' }];
  assert.equal(match(before, some(2, { path: 'new' }), { renames: joined }).states, ['new', 'new']);
});

// A small world, so that equal findings are common.
const found = fc.record({
  path: fc.constantFrom('a', 'b', 'c'),
  key: fc.constantFrom('x', 'y'),
  rule: fc.constantFrom('todo', 'other'),
});
const world = fc.array(found, { maxLength: 20 });
const look = wholeRun('todo', 'other');
const baselined = (findings: readonly Finding[]) => findings.filter(({ state }) => state === 'baselined').length;
const fresh = (findings: readonly Finding[]) => findings.filter(({ state }) => state === 'new').length;
const total = (entries: Iterable<{ count: number }>) => [...entries].reduce((sum, { count }) => sum + count, 0);

test('property: what is accepted and what is found add up', () => {
  fc.assert(
    fc.property(world, world, (before, after) => {
      const baseline = accepting(findingsOf(before));
      const { findings, stale } = matchBaseline(findingsOf(after), baseline, look);
      assert.is(baselined(findings) + total(stale), before.length);
      assert.is(baselined(findings) + fresh(findings), after.length);
    }),
  );
});

test('property: to mend findings makes none of the others new', () => {
  fc.assert(
    fc.property(world, world, fc.infiniteStream(fc.boolean()), (before, after, keeps) => {
      const baseline = accepting(findingsOf(before));
      const placed = after.map((each, at) => ({ ...each, line: at }));
      const left = placed.filter(() => keeps.next().value);
      const newLines = (of: readonly Found[]) =>
        matchBaseline(findingsOf(of), baseline, look)
          .findings.filter(({ state }) => state === 'new')
          .map(({ line }) => line);
      const newBefore = new Set(newLines(placed));
      assert.equal(
        newLines(left).filter((line) => !newBefore.has(line)),
        [],
      );
    }),
  );
});

test('property: the order of the findings does not matter', () => {
  const shuffled = world.chain((after) =>
    fc.tuple(fc.constant(after), fc.shuffledSubarray([...after.keys()], { minLength: after.length })),
  );
  fc.assert(
    fc.property(world, shuffled, (before, [after, order]) => {
      const baseline = accepting(findingsOf(before));
      const findings = findingsOf(after);
      const one = matchBaseline(findings, baseline, look);
      const two = matchBaseline(
        order.map((at) => findings[at]!),
        baseline,
        look,
      );
      assert.equal(
        two.findings,
        order.map((at) => one.findings[at]),
      );
      assert.equal([two.stale, two.carried], [one.stale, one.carried]);
    }),
  );
});

test('property: renames never make more accepted than there are entries, nor of a kind than its new or its old name had', () => {
  const path = fc.constantFrom('a', 'b', 'c', 'd');
  const key = fc.constantFrom('x', 'y');
  const wider = fc.array(fc.record({ path, key }), { maxLength: 20 });
  const moves = fc.array(fc.record({ from: path, to: path }), { maxLength: 3 });
  fc.assert(
    fc.property(wider, wider, moves, path, key, (before, after, renames, to, of) => {
      const baseline = accepting(findingsOf(before));
      const { findings, stale } = matchBaseline(findingsOf(after), baseline, { ...look, renames });
      assert.is(baselined(findings) + total(stale), before.length);
      const had = (name: string) => before.filter((each) => each.path === name && each.key === of).length;
      const most = Math.max(had(to), ...renames.filter((rename) => rename.to === to).map(({ from }) => had(from)));
      const isAsked = (_: Finding, at: number) => after[at]?.path === to && after[at]?.key === of;
      assert.ok(baselined(findings.filter(isAsked)) <= most);
    }),
  );
});

test.run();
