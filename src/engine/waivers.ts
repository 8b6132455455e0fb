import type { Floor, Policy, Waiver } from '../config/policy.js';
import { addDays } from './days.js';
import { matcher } from './globs.js';
import type { Finding } from './result.js';

/** Why a waiver does not let a finding through that it names. */
export type Refusal = 'expired' | 'forbidden' | 'tooLong';

/** What became of one waiver in a run. */
export interface WaiverUse {
  readonly waiver: Waiver;
  /** How many findings it let through. */
  used: number;
  /** How many it named but could not let through, by the reason. */
  readonly refused: Record<Refusal, number>;
}

/**
 * Whether a waiver holds on a day for a file under these floors: the one place that decides it, for the hook, CI and every report.
 * Its last day is included.
 */
export function refusalOf(waiver: Waiver, asOf: string, floors: readonly Floor[]): Refusal | null {
  if (waiver.until < asOf) return 'expired';
  const covering = floors.filter(({ rule }) => rule === waiver.rule);
  if (covering.some(({ waivable }) => !waivable)) return 'forbidden';
  const tooLong = covering.some(({ maxDays }) => maxDays !== undefined && waiver.until > addDays(asOf, maxDays));
  return tooLong ? 'tooLong' : null;
}

/** Marks what the config's waivers let through; a finding that counts no more stays in the result. */
export function applyWaivers(
  findings: readonly Finding[],
  policy: Policy,
  { asOf, floorsOf }: { asOf: string; floorsOf(path: string): readonly Floor[] },
): { findings: Finding[]; uses: WaiverUse[] } {
  const uses = policy.waivers.map((waiver): WaiverUse & { matches: (finding: Finding) => boolean } => ({
    waiver,
    used: 0,
    refused: { expired: 0, forbidden: 0, tooLong: 0 },
    matches: matches(waiver),
  }));
  const marked = findings.map((finding) => {
    if (finding.state !== 'new') return finding;
    let by: Waiver | undefined;
    for (const use of uses.filter((each) => each.matches(finding))) {
      const refusal = refusalOf(use.waiver, asOf, floorsOf(finding.path));
      if (refusal === null) {
        use.used++;
        by ??= use.waiver;
      } else use.refused[refusal]++;
    }
    return by === undefined ? finding : { ...finding, state: 'waived' as const, waiver: by.id };
  });
  return { findings: marked, uses };
}

function matches({ rule, files, fingerprint }: Waiver): (finding: Finding) => boolean {
  const inFiles = files === undefined ? () => true : matcher(files);
  return (finding) =>
    finding.ruleId === rule &&
    (fingerprint === undefined || finding.fingerprint === fingerprint) &&
    inFiles(finding.path);
}
