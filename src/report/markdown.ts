import type { CheckResult, Finding, NotEvaluated, RuleReport } from '../engine/result.js';
import type { Render } from './format.js';
import { cellCode, cellText, row } from './markdown-text.js';
import { blocksFirst, findingsOf, undecidedOf } from './select.js';
import { announced, count, place, size, subject, tally } from './words.js';

/** A summary on GitHub may have a MiB less one byte, and is dropped whole above; comments there and on GitLab have less room. */
export const MOST_BYTES = 1024 * 1024 - 1;
/** What was not evaluated must not take the room of what was found. */
const MOST_UNDECIDED = 100;
/** Room for the line that says what was left out. */
const LAST_LINE_BYTES = 100;

/** Verdict, what was scanned, what was not evaluated, findings: for a job summary or a comment. Cut at a row to `maxBytes`. */
export const markdown: Render = ({ tool, result }, { quiet, maxBytes = MOST_BYTES }) => {
  const soon = result.announcements.map((step) => `- ${cellText(announced(step))}\n`).join('');
  const head = `## ${tool.name}: ${result.verdict}\n\n${sentence(result)}\n\n${scannedTable(result.rules)}${soon && `\n${soon}`}`;
  const undecided = undecidedTable(blocksFirst(undecidedOf(result, quiet)), maxBytes - bytesOf(head));
  const room = maxBytes - bytesOf(head) - bytesOf(undecided);
  return `${head}${undecided}${findingsTable(blocksFirst(findingsOf(result, quiet)), room)}`;
};

function sentence(result: CheckResult): string {
  return `**${tally(result)}** in ${subject(result)}; the levels are those of ${result.point} on ${result.asOf}.`;
}

function scannedTable(rules: readonly RuleReport[]): string {
  const shown = rules.filter(({ state, reason }) => state !== 'skipped' || reason !== 'off');
  if (shown.length === 0) return 'Nothing was scanned: every rule is off.\n';
  const rows = shown.map(({ id, state, reason, files, bytes }) =>
    row([cellCode(id), cellText(reason === null ? state : `${state}: ${reason}`), `${files}`, size(bytes)]),
  );
  return `${row(['Rule', 'State', 'Files', 'Read'])}| --- | --- | ---: | ---: |\n${rows.join('')}`;
}

function undecidedTable(entries: readonly NotEvaluated[], room: number): string {
  const rows = entries.map(({ level, ruleId, path, reason }) =>
    row([level, cellCode(ruleId), path === null ? 'all of it' : cellCode(path), cellText(reason)]),
  );
  const head = `\n### Not evaluated: this is not a pass\n\n${row(['Level', 'Rule', 'Where', 'Why'])}| --- | --- | --- | --- |\n`;
  return cutTable(head, rows, Math.floor(room / 2), MOST_UNDECIDED);
}

function findingsTable(findings: readonly Finding[], room: number): string {
  const rows = findings.map((finding) =>
    row([
      finding.level,
      cellCode(finding.ruleId),
      cellCode(place(finding)),
      cellText(finding.message),
      cellText(finding.module ?? ''),
    ]),
  );
  const head = `\n### Findings\n\n${row(['Level', 'Rule', 'Where', 'What', 'Module'])}| --- | --- | --- | --- | --- |\n`;
  return cutTable(head, rows, room, rows.length);
}

/** As many rows as fit, and below them how many were left out; nothing where there are none. */
function cutTable(head: string, rows: readonly string[], maxBytes: number, maxRows: number): string {
  if (rows.length === 0) return '';
  let room = maxBytes - bytesOf(head) - LAST_LINE_BYTES;
  let shown = 0;
  while (shown < Math.min(rows.length, maxRows) && bytesOf(rows[shown]!) <= room) room -= bytesOf(rows[shown++]!);
  const left = rows.length - shown;
  const last = left === 0 ? '' : `\n${count(left, 'row')} left out; \`--format json\` has all.\n`;
  return shown === 0 ? last : `${head}${rows.slice(0, shown).join('')}${last}`;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
