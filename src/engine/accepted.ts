import type { Baseline } from './baseline/baseline.js';
import type { Match } from './baseline/match.js';
import type { Rename } from './baseline/rename.js';
import type { Finding } from './result.js';

/** The baseline of a repository, as it stands in what is looked at. */
export interface AcceptedFindings {
  readonly baseline: Baseline;
  /** What files of these former names are called now. Asked for only when a finding seems to have moved. */
  renames(from: readonly string[]): readonly Rename[];
}

export interface Judged {
  /** Every file was looked at. */
  readonly complete: boolean;
  readonly rulesRun: ReadonlySet<string>;
  isPassedOver(ruleId: string, path: string): boolean;
}

const NONE: Omit<Match, 'findings'> = { stale: [], carried: [] };

/** Marks what the baseline accepts. Its code is loaded only where there is one. */
export async function applyBaseline(
  findings: readonly Finding[],
  accepted: AcceptedFindings | undefined,
  judged: Judged,
): Promise<Match> {
  if (accepted === undefined || accepted.baseline.size === 0) return { findings, ...NONE };
  const { matchBaseline } = await import('./baseline/match.js');
  const look = { ...judged, isPassedOver: (ruleId: string, path: string) => judged.isPassedOver(ruleId, path) };
  const first = matchBaseline(findings, accepted.baseline, look);
  const from = await formerPaths(first.findings, accepted.baseline);
  return from.length === 0
    ? first
    : matchBaseline(findings, accepted.baseline, { ...look, renames: accepted.renames(from) });
}

/** Paths under which the same is accepted as what counts now elsewhere, and under which nothing is found any more. */
async function formerPaths(findings: readonly Finding[], baseline: Baseline): Promise<string[]> {
  const counting = findings.filter(({ state, fresh }) => state === 'new' && !fresh);
  if (counting.length === 0) return [];
  const { kindOf, whatOf } = await import('./baseline/baseline.js');
  const wanted = new Set(counting.map((finding) => whatOf(kindOf(finding))));
  const there = new Set(findings.map(({ path }) => path));
  const former = [...baseline.values()].filter(({ kind, path }) => wanted.has(whatOf(kind)) && !there.has(path));
  return [...new Set(former.map(({ path }) => path))];
}
