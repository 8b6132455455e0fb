import type { ChalkInstance } from 'chalk';
import type { Finding } from '../engine/result.js';
import { cells, shorten, shortenStart, wrap } from './cells.js';
import { inert } from './escape.js';
import type { Surface } from './format.js';

const MARGIN = ' '.repeat(9);
/** Cells kept of what leads up to a long find, to know the line by. */
const LEAST_BEFORE = 8;

/** One finding for people. What to do is said once where the next finding of the file asks for the same. */
export function findingText(
  finding: Finding,
  next: Finding | undefined,
  surface: Surface,
  paint: ChalkInstance,
): string {
  const repeated = next !== undefined && next.help === finding.help && next.fix === finding.fix;
  return `${head(finding, surface, paint)}${frame(finding, surface, paint)}${repeated ? '' : advice(finding, surface, paint)}`;
}

/** `  block  3:14    GitHub token: ghp_********  secrets, module payments`, broken below the message. */
function head({ line, column, level, message, ruleId, module }: Finding, { width }: Surface, paint: ChalkInstance) {
  const word = level === 'block' ? paint.red('block') : paint.yellow('warn ');
  const at = (line === null ? '' : `${line}:${column ?? 1}`).padEnd(7);
  const hang = MARGIN.length + at.length + 1;
  const room = Math.max(width - hang, 20);
  const lines = wrap(inert(message), room);
  const marks = wrap(inert(module === null ? ruleId : `${ruleId}, module ${module}`), room);
  const fits = marks.length === 1 && cells(lines.at(-1)!) + 2 + cells(marks[0]!) <= room;
  const last = fits
    ? `  ${paint.dim(marks[0])}`
    : marks.map((mark) => `\n${' '.repeat(hang)}${paint.dim(mark)}`).join('');
  return `  ${word}  ${at} ${lines.join(`\n${' '.repeat(hang)}`)}${last}\n`;
}

/** The line of the finding, cut to the width, with a mark under it. */
function frame({ excerpt, line }: Finding, { width }: Surface, paint: ChalkInstance): string {
  if (excerpt === null || line === null) return '';
  const { text, start, length } = excerpt;
  const gutter = `    ${String(line).padStart(5)} | `;
  const room = Math.max(width - gutter.length, 20);
  const before = inert(text.slice(0, start));
  const after = inert(text.slice(start + length));
  const least = Math.min(cells(before), LEAST_BEFORE) + Math.min(cells(after), 1);
  const marked = shorten(inert(text.slice(start, start + length)), room - least);
  const lead = shortenStart(before, room - Math.max(cells(marked), 1) - Math.min(cells(after), 1));
  const shown = shorten(`${lead}${marked}${after}`, room);
  const under = `${' '.repeat(gutter.length - 2)}| ${' '.repeat(cells(lead))}`;
  return `${paint.dim(gutter)}${shown}\n${paint.dim(under)}${paint.red('^'.repeat(Math.max(cells(marked), 1)))}\n`;
}

function advice({ fix, help }: Finding, { width }: Surface, paint: ChalkInstance): string {
  const room = Math.max(width - MARGIN.length - 5, 20);
  const lines = fix === null ? [] : wrap(inert(fix), room);
  const text = lines.map((line, at) => `${MARGIN}${at === 0 ? 'fix: ' : '     '}${line}\n`).join('');
  return `${text}${MARGIN}${paint.dim(`docs: ${inert(help)}`)}\n`;
}
