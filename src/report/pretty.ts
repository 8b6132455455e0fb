import { Chalk, type ChalkInstance } from 'chalk';
import type { CheckResult, Finding } from '../engine/result.js';
import { inert } from './escape.js';
import type { Render, Report, Surface } from './format.js';
import { scanned, subject, tally, undecidedText } from './words.js';

/** For people: findings by file with their line, what was not evaluated, and a summary that says what was scanned. */
export const pretty: Render = (report, surface) => {
  const paint = new Chalk({ level: surface.colour ? 1 : 0 });
  const { result } = report;
  const shown = result.findings.filter(({ level }) => !surface.quiet || level === 'block');
  const blocks = [...groupByFile(shown)].map(([path, findings]) => fileBlock(path, findings, surface, paint));
  const undecided = undecidedBlock(result, surface, paint);
  if (undecided !== '') blocks.push(undecided);
  blocks.push(summary(report, paint));
  return blocks.join('\n');
};

function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.path, [...(groups.get(finding.path) ?? []), finding]);
  return groups;
}

function fileBlock(path: string, findings: readonly Finding[], surface: Surface, paint: ChalkInstance): string {
  return `${paint.underline(inert(path))}\n${findings.map((finding) => findingText(finding, surface, paint)).join('')}`;
}

function findingText(finding: Finding, surface: Surface, paint: ChalkInstance): string {
  const { line, column, level, state, message, ruleId, module } = finding;
  const at = line === null ? '' : `${line}:${column ?? 1}`;
  const word = level === 'block' ? paint.red('block') : paint.yellow('warn ');
  const marks = [ruleId, module === null ? '' : `module ${module}`, state === 'new' ? '' : state].filter(
    (mark) => mark !== '',
  );
  const head = `  ${word}  ${at.padEnd(7)} ${inert(message)}  ${paint.dim(inert(marks.join(', ')))}\n`;
  const fix = finding.fix === null ? '' : wrapped('fix: ', finding.fix, surface.width);
  const docs = `         ${paint.dim(`docs: ${finding.help}`)}\n`;
  return `${head}${frame(finding, surface, paint)}${fix}${docs}`;
}

/** The line of the finding, cut to the terminal, with a mark under it. */
function frame({ excerpt, line }: Finding, { width }: Surface, paint: ChalkInstance): string {
  if (excerpt === null || line === null) return '';
  const lead = inert(excerpt.text.slice(0, excerpt.start));
  const marked = inert(excerpt.text.slice(excerpt.start, excerpt.start + excerpt.length));
  const rest = inert(excerpt.text.slice(excerpt.start + excerpt.length));
  const gutter = `    ${String(line).padStart(5)} | `;
  const room = Math.max(width - gutter.length, 20);
  const kept = lead.length + marked.length > room ? `…${lead.slice(lead.length + marked.length + 1 - room)}` : lead;
  const text = `${kept}${marked}${rest}`.slice(0, room);
  const under = `${' '.repeat(gutter.length - 2)}| ${' '.repeat(kept.length)}`;
  return `${paint.dim(gutter)}${text}\n${paint.dim(under)}${paint.red('^'.repeat(Math.min(marked.length, room)))}\n`;
}

function undecidedBlock({ notEvaluated }: CheckResult, { quiet, width }: Surface, paint: ChalkInstance): string {
  const shown = notEvaluated.filter(({ level }) => !quiet || level === 'block');
  if (shown.length === 0) return '';
  const lines = shown.map((entry) => {
    const word = entry.level === 'block' ? paint.red(entry.level) : paint.yellow('warn ');
    return `  ${word}  ${entry.ruleId}\n${wrapped('', inert(undecidedText(entry)), width)}`;
  });
  return `${paint.underline('Not evaluated: this is not a pass')}\n${lines.join('')}`;
}

function summary({ result, timings }: Report, paint: ChalkInstance): string {
  const verdict = { pass: paint.green, warn: paint.yellow, block: paint.red, error: paint.red }[result.verdict](
    result.verdict,
  );
  const lines = [`${verdict}: ${tally(result)} in ${subject(result)}`];
  for (const rule of scanned(result)) lines.push(`scanned by ${rule}`);
  if (scanned(result).length === 0) lines.push('scanned nothing: every rule is off');
  for (const [phase, ms] of Object.entries(timings ?? {})) lines.push(`${phase}: ${ms} ms`);
  return lines.map((line) => `${line}\n`).join('');
}

/** Text broken at spaces to the width, below the findings' words. */
function wrapped(label: string, text: string, width: number): string {
  const room = Math.max(width - 9, 30);
  const lines: string[] = [];
  let line = label;
  for (const word of text.split(' ')) {
    if (line.length + word.length > room && line.trim() !== '' && line !== label) {
      lines.push(line.trimEnd());
      line = ' '.repeat(label.length);
    }
    line += `${word} `;
  }
  lines.push(line.trimEnd());
  return lines.map((each) => `         ${each}\n`).join('');
}
