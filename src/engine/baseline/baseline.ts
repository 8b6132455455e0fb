/**
 * The baseline: findings accepted on one day, which may only shrink. A multiset: of each kind of finding (its path, and its rule,
 * message and key) it holds how many were accepted. It is no list of places, so lines may move; and no count by rule, so that one
 * finding put in the place of another is seen.
 *
 * The file holds no numbers but the fingerprint's own: three equal findings of a file are three lines, `F`, `F-2` and `F-3`, and one
 * of them mended takes the last line away. docs/architecture.md tells why the lines stand in this order.
 *
 * Nothing here loads node:crypto, which a run without findings does without: kinds are compared by the digits in the file.
 */
export const BASELINE_FILE = 'nonstop-baseline.txt';

/** How many findings of one kind are accepted. */
export interface Accepted {
  readonly ruleId: string;
  readonly messageId: string;
  /** As reports show it, a secret in it masked. */
  readonly path: string;
  /** The fingerprint of the first of them: 16 digits that say where, 16 that say what. */
  readonly kind: string;
  /** From 1. */
  readonly count: number;
}

/** By kind. */
export type Baseline = ReadonlyMap<string, Accepted>;

export const EMPTY: Baseline = new Map();

/** The same for all equal findings of a file. */
export function kindOf({ fingerprint }: { readonly fingerprint: string }): string {
  return fingerprint.slice(0, 32);
}

/** The half of a kind or fingerprint that says in which path. */
export function whereOf(kind: string): string {
  return kind.slice(0, 16);
}

/** The half that stays when the path changes. */
export function whatOf(kind: string): string {
  return kind.slice(16, 32);
}

/** Changes how many of a kind a baseline in the making holds; with none left the kind is gone. */
export function add(baseline: Map<string, Accepted>, accepted: Accepted, more: number): void {
  const count = (baseline.get(accepted.kind)?.count ?? 0) + more;
  if (count > 0) baseline.set(accepted.kind, { ...accepted, count });
  else baseline.delete(accepted.kind);
}
