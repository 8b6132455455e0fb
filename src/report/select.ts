import type { ActiveLevel, CheckResult, Finding, NotEvaluated } from '../engine/result.js';

interface Levelled {
  readonly level: ActiveLevel;
}

/** The findings that count: those in the baseline or waived do not. With `--quiet` only those that block. */
export function findingsOf({ findings, verdict, counts }: CheckResult, quiet: boolean): Finding[] {
  const counting = findings.filter(({ state }) => state === 'new');
  const warningsBlock = verdict === 'block' && counts.block === 0; // by --max-warnings
  return quiet && !warningsBlock ? counting.filter(blocks) : counting;
}

/** What was not evaluated; with `--quiet` only where that ends the run with exit 2. */
export function undecidedOf({ notEvaluated }: CheckResult, quiet: boolean): NotEvaluated[] {
  return notEvaluated.filter((entry) => !quiet || blocks(entry));
}

/** Entries that count more come first; in each level they keep their order. */
export function blocksFirst<T extends Levelled>(entries: readonly T[]): T[] {
  return [...entries.filter(blocks), ...entries.filter((entry) => !blocks(entry))];
}

/** At most `most` entries of each rule, of which those that warn go first; and how many that leaves out, by rule. */
export function firstOfEachRule<T extends Levelled & { readonly ruleId: string }>(entries: readonly T[], most: number) {
  const counts = new Map<string, number>();
  const shown = new Set<T>();
  for (const entry of blocksFirst(entries)) {
    const nth = (counts.get(entry.ruleId) ?? 0) + 1;
    counts.set(entry.ruleId, nth);
    if (nth <= most) shown.add(entry);
  }
  return {
    shown: entries.filter((entry) => shown.has(entry)),
    left: [...counts].filter(([, n]) => n > most).map(([ruleId, n]) => ({ ruleId, count: n - most })),
  };
}

function blocks({ level }: Levelled): boolean {
  return level === 'block';
}
