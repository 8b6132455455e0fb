import type { ActiveLevel, CheckResult } from '../engine/result.js';
import { jsonText, printable } from './escape.js';
import type { Render } from './format.js';
import { findingsOf, undecidedOf } from './select.js';

const SEVERITY = { block: 'blocker', warn: 'minor' } as const satisfies Record<ActiveLevel, string>;
/** GitLab takes no entry without a file; a rule that failed as a whole is said of the file that asks for it. */
const WHOLE_RULE = 'nonstop.config.json';

interface Entry {
  readonly ruleId: string;
  readonly level: ActiveLevel;
  readonly description: string;
  readonly path: string;
  readonly line: number | null;
  readonly fingerprint: string;
}

/** GitLab's Code Quality report: one JSON array, with no byte order mark, which GitLab cannot read. */
export const gitlab: Render = ({ result }) => {
  const seen = new Map<string, number>();
  const entries = entriesOf(result).map(({ ruleId, level, description, path, line, fingerprint }) => ({
    description: printable(description),
    check_name: ruleId,
    fingerprint: unique(fingerprint, seen),
    severity: SEVERITY[level],
    location: { path, lines: { begin: line ?? 1 } },
  }));
  return jsonText(entries);
};

function entriesOf(result: CheckResult): Entry[] {
  const findings = findingsOf(result, false).map((finding) => ({ ...finding, description: finding.message }));
  const undecided = undecidedOf(result, false).map(({ ruleId, level, path, reason }) => ({
    ruleId,
    level,
    description: `Not evaluated: ${reason}`,
    path: path ?? WHOLE_RULE,
    line: null,
    fingerprint: `not-evaluated:${ruleId}:${path ?? ''}`,
  }));
  return [...findings, ...undecided];
}

/** GitLab drops every later entry of the same fingerprint without a word. */
function unique(fingerprint: string, seen: Map<string, number>): string {
  const nth = (seen.get(fingerprint) ?? 0) + 1;
  seen.set(fingerprint, nth);
  return nth === 1 ? fingerprint : `${fingerprint}-${nth}`;
}
