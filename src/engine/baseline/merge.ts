import type { Result } from '../../errors.js';
import { type Accepted, type Baseline, EMPTY } from './baseline.js';
import { parseBaseline } from './parse.js';
import { renderBaseline } from './render.js';

/**
 * Joins two branches. Of each kind: where a side accepts fewer than the base, the lower count; else the higher. So what one side has
 * mended is never brought back, not even by the other side accepting more of it; and what a side has accepted on purpose, which the
 * other could not know, is kept once, however many branches bring it. Order of the sides and of several merges on one base does not
 * matter, and a side equal to the base changes nothing.
 */
export function mergeBaselines(base: Baseline, ours: Baseline, theirs: Baseline): Baseline {
  const merged = new Map<string, Accepted>();
  for (const [kind, accepted] of [...ours, ...theirs]) {
    const [before, one, two] = [base, ours, theirs].map((side) => side.get(kind)?.count ?? 0) as [
      number,
      number,
      number,
    ];
    const count = Math.min(one, two) < before ? Math.min(one, two) : Math.max(one, two);
    if (count > 0) merged.set(kind, { ...accepted, count });
  }
  return merged;
}

/**
 * The same for texts, as a merge driver of git has them.
 * @param texts an empty base: the branches have none in common
 */
export function mergeTexts(texts: {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}): Result<string> {
  const base =
    texts.base === '' ? ({ ok: true, value: EMPTY } as const) : parseBaseline(texts.base, 'the base of the merge');
  const ours = parseBaseline(texts.ours, 'our side of the merge');
  const theirs = parseBaseline(texts.theirs, 'their side of the merge');
  if (!base.ok) return base;
  if (!ours.ok) return ours;
  if (!theirs.ok) return theirs;
  return { ok: true, value: renderBaseline(mergeBaselines(base.value, ours.value, theirs.value)) };
}
