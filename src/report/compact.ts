import { inert } from './escape.js';
import type { Render } from './format.js';
import { findingsOf, undecidedOf } from './select.js';
import { announced, place, tally, undecidedText } from './words.js';

/** A line a finding, for editors and `grep`; the tally last. */
export const compact: Render = ({ result }, { quiet }) => {
  const findings = quiet ? findingsOf(result, quiet) : result.findings;
  const undecided = undecidedOf(result, quiet);
  const lines = [
    ...findings.map(
      (finding) => `${place(finding)}: ${finding.level}${state(finding.state)} ${finding.message} [${finding.ruleId}]`,
    ),
    ...undecided.map((entry) => `${undecidedText(entry)} (not evaluated, ${entry.level}) [${entry.ruleId}]`),
    ...result.announcements.map(announced),
    `${result.verdict}: ${tally(result)}`,
  ];
  return lines.map((line) => `${inert(line)}\n`).join('');
};

const state = (name: string) => (name === 'new' ? '' : ` (${name})`);
