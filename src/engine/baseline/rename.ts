import { type Accepted, type Baseline, whatOf, whereOf } from './baseline.js';

/** A file that git calls renamed (`R` of `git diff -M`), never a copy: what a copy was made of is still there. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/**
 * Finds what was accepted of a file under its former name, for a kind of finding it has now. One to one: a path that the renames name
 * twice donates nothing, nor does one that `isThere` still. Nothing is added to what the new name has entries of.
 */
export function formerly(
  baseline: Baseline,
  renames: readonly Rename[],
  isThere: (path: string) => boolean = () => false,
): (now: { readonly path: string; readonly kind: string }) => Accepted | undefined {
  if (renames.length === 0) return () => undefined;
  const named = new Map<string, number>();
  for (const path of renames.flatMap(({ from, to }) => [from, to])) named.set(path, (named.get(path) ?? 0) + 1);
  const isClear = ({ from, to }: Rename) => named.get(from) === 1 && named.get(to) === 1 && !isThere(from);
  const sources = new Map(renames.filter(isClear).map(({ from, to }) => [to, from]));
  const places = new Map([...baseline.values()].map(({ path, kind }) => [path, whereOf(kind)]));
  return ({ path, kind }) => {
    const place = places.get(sources.get(path) ?? '');
    return place === undefined || baseline.has(kind) ? undefined : baseline.get(place + whatOf(kind));
  };
}
