import type { Baseline } from './baseline/baseline.js';
import type { Match } from './baseline/match.js';
import type { Rename } from './baseline/rename.js';
import type { Finding } from './result.js';

/** The baseline of a repository, as it stands in what is looked at. */
export interface AcceptedFindings {
  readonly baseline: Baseline;
  /** Files renamed since the baseline was written. Asked for only when a finding seems to have moved. */
  renames(): readonly Rename[];
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
  if (!(await seemsMoved(first.findings, accepted.baseline))) return first;
  return matchBaseline(findings, accepted.baseline, { ...look, renames: accepted.renames() });
}

/** Whether something that counts is accepted under another path. */
async function seemsMoved(findings: readonly Finding[], baseline: Baseline): Promise<boolean> {
  const counting = findings.filter(({ state, fresh }) => state === 'new' && !fresh);
  if (counting.length === 0) return false;
  const { kindOf, whatOf } = await import('./baseline/baseline.js');
  const known = new Set([...baseline.values()].map(({ kind }) => whatOf(kind)));
  return counting.some((finding) => known.has(whatOf(kindOf(finding))));
}
