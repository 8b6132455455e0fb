import { Chalk, type ChalkInstance } from 'chalk';
import type { Finding, NotEvaluated } from '../engine/result.js';
import { wrap } from './cells.js';
import { inert, withoutCommands } from './escape.js';
import { findingText } from './finding-text.js';
import type { Render, Report, Surface } from './format.js';
import { findingsOf, firstOfEachRule, undecidedOf } from './select.js';
import { conclusion, waivedText } from './words.js';

/** More of one rule than this is no longer read, and pushes what matters off the screen. */
const MOST_OF_A_RULE = 50;
/** Below this, lines are broken so often that they are easier to read where they run over. */
const NARROWEST = 40;

/** For people: findings by file with their line, what was not evaluated, and a summary that says what was scanned. */
export const pretty: Render = (report, { width, ...rest }) => {
  const paint = new Chalk({ level: rest.colour ? 1 : 0 });
  const surface = { ...rest, width: Math.max(width, NARROWEST) };
  const findings = firstOfEachRule(findingsOf(report.result, surface.quiet), MOST_OF_A_RULE);
  const undecided = firstOfEachRule(undecidedOf(report.result, surface.quiet), MOST_OF_A_RULE);
  const blocks = [
    ...[...byFile(findings.shown)].map(([path, found]) => fileBlock(path, found, surface, paint)),
    more(findings.left, 'found by'),
    undecidedBlock(undecided.shown, surface, paint),
    more(undecided.left, 'not evaluated by'),
    waivedBlock(report.result.findings, surface, paint),
    summary(report, surface, paint),
  ].filter((block) => block !== '');
  return withoutCommands(blocks.join('\n')); // two parts may be harmless, and side by side a command
};

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.path);
    if (group === undefined) groups.set(finding.path, [finding]);
    else group.push(finding);
  }
  return groups;
}

function fileBlock(path: string, findings: readonly Finding[], surface: Surface, paint: ChalkInstance): string {
  const texts = findings.map((finding, at) => findingText(finding, findings[at + 1], surface, paint));
  return `${paint.underline(inert(path))}\n${texts.join('')}`;
}

function more(left: readonly { readonly ruleId: string; readonly count: number }[], what: string): string {
  return left.map(({ ruleId, count }) => `and ${count} more ${what} ${ruleId}; --format json has all\n`).join('');
}

function undecidedBlock(entries: readonly NotEvaluated[], { width }: Surface, paint: ChalkInstance): string {
  if (entries.length === 0) return '';
  const texts = entries.map(({ level, ruleId, path, reason }) => {
    const word = level === 'block' ? paint.red(level) : paint.yellow('warn ');
    const where = path === null ? '' : `  ${inert(path)}`;
    const why = wrap(inert(reason), width - 9).map((line) => `         ${line}\n`);
    return `  ${word}  ${ruleId}${where}\n${why.join('')}`;
  });
  return `${paint.underline('Not evaluated: this is not a pass')}\n${texts.join('')}`;
}

/** What a waiver lets through stays in sight, a line each. */
function waivedBlock(findings: readonly Finding[], { quiet, width }: Surface, paint: ChalkInstance): string {
  const { shown, left } = firstOfEachRule(
    quiet ? [] : findings.filter(({ state }) => state === 'waived'),
    MOST_OF_A_RULE,
  );
  const lines = shown.flatMap((finding) => `${wrap(inert(waivedText(finding)), width - 2).join('\n  ')}\n`);
  return `${lines.map((line) => paint.dim(line)).join('')}${more(left, 'waived of')}`;
}

function summary({ result, timings }: Report, { width }: Surface, paint: ChalkInstance): string {
  const { verdict } = result;
  const colour = { pass: paint.green, warn: paint.yellow, block: paint.red, error: paint.red }[verdict];
  const spent = Object.entries(timings ?? {}).map(([phase, ms]) => `${phase}: ${ms} ms`);
  const lines = [...conclusion(result), ...spent].map((line) => `${wrap(inert(line), width - 2).join('\n  ')}\n`);
  return `${colour(verdict)}${lines.join('').slice(verdict.length)}`;
}
