import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Baseline } from '../../src/engine/baseline/baseline.js';
import { mergeBaselines, mergeTexts } from '../../src/engine/baseline/merge.js';
import { renderBaseline } from '../../src/engine/baseline/render.js';
import { accepting, counts, findingsOf } from '../helpers/findings.js';

/** A baseline of so many equal findings in each file. */
const of = (files: Readonly<Record<string, number>>): Baseline =>
  accepting(
    findingsOf(Object.entries(files).flatMap(([path, count]) => Array.from({ length: count }, () => ({ path })))),
  );
const merged = (base: Record<string, number>, ours: Record<string, number>, theirs: Record<string, number>) =>
  counts(mergeBaselines(of(base), of(ours), of(theirs)).values());

test('what either side has mended is gone', () => {
  assert.equal(merged({ a: 1, b: 1, c: 1 }, { b: 1, c: 1 }, { a: 1, c: 1 }), ['c x1']);
});

test('of a kind that both have mended the lower count is left', () => {
  assert.equal(merged({ a: 3 }, { a: 2 }, { a: 1 }), ['a x1']);
});

test('what one side has accepted is kept', () => {
  assert.equal(merged({ a: 1 }, { a: 1, b: 2 }, { a: 1 }), ['a x1', 'b x2']);
});

test('what both sides have accepted is kept once', () => {
  assert.equal(merged({}, { a: 1 }, { a: 1 }), ['a x1']);
  assert.equal(merged({ a: 1 }, { a: 3 }, { a: 2 }), ['a x3']);
});

test('where one side has mended and the other accepted more of a kind, what was mended is not brought back', () => {
  assert.equal(merged({ a: 2 }, { a: 3 }, { a: 1 }), ['a x1']);
  assert.equal(merged({ a: 2 }, { a: 3 }, {}), []);
});

test('texts merge as baselines do, also without a common base', () => {
  const one = renderBaseline(of({ a: 1, b: 1 }));
  const two = renderBaseline(of({ a: 1 }));
  assert.equal(mergeTexts({ base: one, ours: two, theirs: one }), { ok: true, value: two });
  assert.equal(mergeTexts({ base: '', ours: two, theirs: one }), { ok: true, value: one });
});

test('a side that cannot be read is an error that names it', () => {
  const good = renderBaseline(of({ a: 1 }));
  for (const [name, texts] of [
    ['the base of the merge, line 1', { base: 'x\n', ours: good, theirs: good }],
    ['our side of the merge, line 1', { base: good, ours: '', theirs: good }],
    ['their side of the merge, line 1', { base: good, ours: good, theirs: `<<<<<<< ours\n${good}` }],
  ] as const) {
    const result = mergeTexts(texts);
    assert.is(result.ok ? '' : result.error.help.where, name);
  }
});

const world = fc.record({ a: fc.nat(4), b: fc.nat(4), c: fc.nat(4) }).map(of);

test('property: order of the sides and of merges on one base does not matter, nor how often a side comes', () => {
  fc.assert(
    fc.property(world, world, world, world, (base, one, two, three) => {
      const join = (ours: Baseline, theirs: Baseline) => mergeBaselines(base, ours, theirs);
      assert.equal(join(one, two), join(two, one));
      assert.equal(join(one, join(two, three)), join(join(one, two), three));
      assert.equal(join(one, one), one);
      assert.equal(join(one, base), one);
    }),
  );
});

test('property: a merge accepts no more than a side does, and no more than the lower where one has mended', () => {
  fc.assert(
    fc.property(world, world, world, (base, ours, theirs) => {
      for (const [kind, { count }] of mergeBaselines(base, ours, theirs)) {
        const [before, one, two] = [base, ours, theirs].map((side) => side.get(kind)?.count ?? 0) as [
          number,
          number,
          number,
        ];
        assert.ok(count <= Math.max(one, two));
        if (one < before || two < before) assert.is(count, Math.min(one, two));
      }
    }),
  );
});

test.run();
