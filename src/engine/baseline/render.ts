import type { Baseline } from './baseline.js';
import { renderField } from './field.js';

/** The version is raised when the lines change their meaning; what follows it is for people. */
export const HEADER = '# nonstop-policy baseline 1';
const ADVICE =
  'accepted findings, which may only shrink; nonstop-policy writes it, and lines like "# 40" keep merges apart';

/**
 * Lines that stand still, `# 00` to `# fc`, before the entries whose fingerprint begins so. Git cannot merge the removal of two lines
 * that touch; with a line between them that stays, it can. bench/baseline-merge.mjs measures how often.
 */
const MARKS = Array.from({ length: 64 }, (_, at) => (at * 4).toString(16).padStart(2, '0'));

/** The one text of a baseline; UTF-8, every line ended by LF. */
export function renderBaseline(baseline: Baseline): string {
  return `${[`${HEADER}: ${ADVICE}`, ...bodyLines(baseline)].join('\n')}\n`;
}

/** All lines but the first, sorted as text (a mark by what it marks). */
export function bodyLines(baseline: Baseline): string[] {
  const entries = [...baseline.values()].flatMap(({ ruleId, messageId, path, kind, count }) => {
    const fields = [ruleId, messageId, path].map(renderField).join(' ');
    return Array.from({ length: count }, (_, at) => `${at === 0 ? kind : `${kind}-${at + 1}`} ${fields}`);
  });
  return [...MARKS, ...entries].sort().map((line) => (line.length === 2 ? `# ${line}` : line));
}
