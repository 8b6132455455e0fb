import type { Floor } from '../config/policy.js';
import type { AnyRule } from '../rule/index.js';
import type { Finding } from './result.js';

/** A comment that lets one finding through. */
interface Marker {
  /** As it stands in the file. */
  readonly text: string;
  readonly rules: readonly string[];
  /** The line it speaks of, from 1. */
  readonly line: number;
  /** Column of the marker in that line, from 1; 0 for one in the line before. */
  readonly column: number;
}

const OWN = /nonstop-waive(?<next>-next-line)?[ \t]+(?<rules>[a-z][a-z0-9-]*(?:,[ \t]*[a-z][a-z0-9-]*)*)/g;

/**
 * Marks the findings of one file that a comment lets through. A marker lets through one finding of its rule: the nearest before it
 * in its line, else the first after it; a second secret in the same minified line still counts.
 */
export function applyInlineWaivers(
  findings: readonly Finding[],
  text: string,
  { rules, floors }: { rules: readonly AnyRule[]; floors: readonly Floor[] },
): Finding[] {
  const waived = new Map<Finding, string>();
  for (const marker of markersIn(text, rules)) {
    for (const ruleId of marker.rules.filter((id) => isAllowed(id, floors))) {
      const spoken = findings.filter(
        (finding) => finding.ruleId === ruleId && touches(finding, marker.line) && !waived.has(finding),
      );
      const chosen = nearest(spoken, marker);
      if (chosen) waived.set(chosen, marker.text);
    }
  }
  return findings.map((finding) => {
    const by = waived.get(finding);
    return by === undefined || finding.state !== 'new' ? finding : { ...finding, state: 'waived', waiver: by };
  });
}

function isAllowed(ruleId: string, floors: readonly Floor[]): boolean {
  return floors.every(({ rule, waivable, inlineWaivers }) => rule !== ruleId || (waivable && inlineWaivers));
}

function touches({ line, endLine }: Finding, at: number): boolean {
  return line === at || endLine === at;
}

function nearest(findings: readonly Finding[], { line, column }: Marker): Finding | undefined {
  const before = findings.filter(({ endLine, endColumn }) => endLine === line && (endColumn ?? 0) <= column);
  return (
    before.at(-1) ?? findings.find((finding) => finding.line === line && (finding.column ?? 0) > column) ?? findings[0]
  );
}

function* markersIn(text: string, rules: readonly AnyRule[]): Iterable<Marker> {
  const dialects = rules.flatMap(({ meta }) =>
    (meta.waiverComments ?? []).map((dialect) => ({ ...dialect, rule: meta.id })),
  );
  for (const [at, line] of text.split('\n').entries()) {
    for (const match of line.matchAll(OWN)) {
      const named = (match.groups?.rules ?? '').split(/,[ \t]*/);
      yield marker(match[0], named, at, match.index, match.groups?.next !== undefined);
    }
    for (const { comment, nextLine, rule } of dialects) {
      const index = line.indexOf(comment);
      if (index !== -1) yield marker(comment, [rule], at, index, nextLine);
    }
  }
}

function marker(text: string, rules: readonly string[], at: number, index: number, nextLine: boolean): Marker {
  return { text, rules, line: at + (nextLine ? 2 : 1), column: nextLine ? 0 : index + 1 };
}
