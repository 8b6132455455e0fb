import type { Finding } from '../result.js';
import { type Accepted, type Baseline, kindOf } from './baseline.js';
import { formerly, type Rename } from './rename.js';

/** What a run has looked at. */
export interface Look {
  /** Every file of the repository, none left out by a change, a path or a module: only then can an entry be stale. */
  readonly complete: boolean;
  /** Rules that came to an answer; no entry of another is stale. */
  readonly rulesRun: ReadonlySet<string>;
  /** Where a rule was off, or could not judge a file: entries there are not stale. */
  readonly isPassedOver?: (ruleId: string, path: string) => boolean;
  /** What became of files since the baseline was written. */
  readonly renames?: readonly Rename[];
}

export interface Match {
  /** In the order given. What was `new` and is accepted is now `baselined`; nothing else is changed. */
  readonly findings: readonly Finding[];
  /** What is accepted and was not found again, with how many too many; none of a run that was not complete. */
  readonly stale: readonly Accepted[];
  /** What was found again under a new name. Until the file says so, it is accepted only where the rename is known. */
  readonly carried: readonly Carried[];
}

export interface Carried {
  readonly from: Accepted;
  readonly to: Accepted;
}

/**
 * Tells accepted findings from new ones. Of equal findings in a file as many are accepted as there are entries, the first ones; one
 * that the rule knows to be fresh never is, and one that is waived needs no entry.
 */
export function matchBaseline(findings: readonly Finding[], baseline: Baseline, look: Look): Match {
  const there = new Set(findings.map(({ path }) => path));
  const former = formerly(baseline, look.renames ?? [], (path) => there.has(path));
  const accepted = new Set<Finding>();
  const used = new Map<string, number>();
  const carried: Carried[] = [];
  for (const [kind, group] of byKind(findings)) {
    const { path } = group[0]!;
    const entry = baseline.get(kind) ?? former({ path, kind });
    if (entry === undefined) continue;
    const count = Math.min(entry.count, group.length);
    for (const finding of group.slice(0, count)) accepted.add(finding);
    used.set(entry.kind, count);
    if (entry.kind !== kind) carried.push({ from: { ...entry, count }, to: { ...entry, count, path, kind } });
  }
  const stale = [...baseline.values()]
    .map((entry) => ({ ...entry, count: entry.count - (used.get(entry.kind) ?? 0) }))
    .filter((entry) => entry.count > 0 && isJudged(entry, look));
  return {
    findings: findings.map((finding) => (accepted.has(finding) ? { ...finding, state: 'baselined' } : finding)),
    stale: stale.sort(byText),
    carried: carried.sort((a, b) => byText(a.to, b.to)),
  };
}

/** Those that an entry can match, the first in the file first: the order of a run changes nothing. */
function byKind(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings.filter(({ state, fresh }) => state === 'new' && !fresh)) {
    const group = groups.get(kindOf(finding));
    if (group) group.push(finding);
    else groups.set(kindOf(finding), [finding]);
  }
  for (const group of groups.values()) group.sort(byPlaceInFile);
  return groups;
}

function isJudged({ ruleId, path }: Accepted, { complete, rulesRun, isPassedOver }: Look): boolean {
  return complete && rulesRun.has(ruleId) && !isPassedOver?.(ruleId, path);
}

function byPlaceInFile(a: Finding, b: Finding): number {
  const inFile = (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
  return inFile || (a.fingerprint < b.fingerprint ? -1 : 1);
}

/** By path for people, then by kind; by UTF-16 units, never by locale. */
function byText(a: Accepted, b: Accepted): number {
  const [one, two] = [a, b].map(({ path, kind }) => `${path}\0${kind}`) as [string, string];
  return one < two ? -1 : one > two ? 1 : 0;
}
