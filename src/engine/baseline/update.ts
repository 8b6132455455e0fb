import type { Finding } from '../result.js';
import { type Accepted, add, type Baseline, kindOf } from './baseline.js';
import { type Look, matchBaseline } from './match.js';
import { formerly, type Rename } from './rename.js';

export interface Update extends Look {
  /** `shrink` takes out what was not found again; `accept` also takes in what was found. */
  readonly mode: 'accept' | 'shrink';
  /** Entries of other rules stay as they are. */
  readonly rules: ReadonlySet<string>;
}

/**
 * The baseline after a run. What was renamed goes by its new name, in either mode. A run that was not complete takes nothing out.
 * Waived findings are not accepted: when the waiver ends, they count again.
 */
export function updateBaseline(old: Baseline, findings: readonly Finding[], update: Update): Baseline {
  const { mode, rules } = update;
  const { stale, carried } = matchBaseline(findings, old, update);
  const next = new Map(old);
  for (const entry of stale.filter(({ ruleId }) => rules.has(ruleId))) add(next, entry, -entry.count);
  for (const { from, to } of carried.filter(({ to: { ruleId } }) => rules.has(ruleId))) {
    add(next, from, -from.count);
    add(next, to, to.count);
  }
  if (mode === 'accept') {
    for (const found of countByKind(findings.filter(({ ruleId, state }) => rules.has(ruleId) && state !== 'waived'))) {
      add(next, found, Math.max(0, found.count - (next.get(found.kind)?.count ?? 0)));
    }
  }
  return next;
}

function countByKind(findings: readonly Finding[]): Accepted[] {
  const counted = new Map<string, Accepted>();
  for (const finding of findings) {
    const { ruleId, messageId, path } = finding;
    add(counted, { ruleId, messageId, path, kind: kindOf(finding), count: 1 }, 1);
  }
  return [...counted.values()];
}

/** What one baseline accepts beyond another, with how many more; what only goes by a new name is not more. */
export function growth(before: Baseline, after: Baseline, renames: readonly Rename[] = []): Accepted[] {
  const former = formerly(before, renames);
  return [...after.values()]
    .map((entry) => ({ ...entry, count: entry.count - allowed(entry) }))
    .filter(({ count }) => count > 0);

  function allowed(entry: Accepted): number {
    const own = before.get(entry.kind);
    if (own) return own.count;
    const source = former(entry);
    return source ? Math.max(0, source.count - (after.get(source.kind)?.count ?? 0)) : 0;
  }
}
