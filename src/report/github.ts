import type { ActiveLevel, Finding, NotEvaluated } from '../engine/result.js';
import { inert, printable, withoutCommands } from './escape.js';
import type { Render } from './format.js';
import { findingsOf, undecidedOf } from './select.js';
import { conclusion, count } from './words.js';

/** GitHub takes 10 errors and 10 warnings from a step, and drops the rest without a word. */
const MOST_OF_A_LEVEL = 10;

interface Annotation {
  readonly level: ActiveLevel;
  readonly title: string;
  readonly text: string;
  readonly at: Partial<Pick<Finding, 'path' | 'line' | 'column' | 'endLine' | 'endColumn'>>;
}

/** Workflow commands, which GitHub shows as annotations on the changed lines; then what was scanned, for the log. */
export const github: Render = ({ result }, { quiet }) => {
  const all = [...findingsOf(result, quiet).map(ofFinding), ...undecidedOf(result, quiet).map(ofUndecided)];
  const errors = all.filter(({ level }) => level === 'block');
  const warnings = all.filter(({ level }) => level === 'warn');
  const lines = [
    ...[errors, warnings].flatMap((kind) => kind.slice(0, MOST_OF_A_LEVEL)).map(command),
    ...leftOut(errors.length - MOST_OF_A_LEVEL, warnings.length - MOST_OF_A_LEVEL),
    ...conclusion(result).map(inert),
  ];
  return lines.map((line) => `${line}\n`).join('');
};

function ofFinding({ level, ruleId, message, fix, ...at }: Finding): Annotation {
  return { level, title: ruleId, text: fix === null ? message : `${message}\nfix: ${fix}`, at };
}

function ofUndecided({ level, ruleId, path, reason }: NotEvaluated): Annotation {
  return { level, title: `${ruleId}, not evaluated`, text: reason, at: path === null ? {} : { path } };
}

/** `::error file=src/a.ts,line=3,…::GitHub token: …` */
function command({ level, title, text, at }: Annotation): string {
  const { path, line, column, endLine, endColumn } = at;
  const inOneLine = endLine === null || endLine === line; // otherwise GitHub takes no columns
  const properties = Object.entries({
    file: path,
    line,
    endLine,
    col: inOneLine ? column : null,
    endColumn: inOneLine ? endColumn : null,
    title,
  })
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  // as a command GitHub reads no further commands in it; elsewhere it is a line of a log like any other
  const message = withoutCommands(text);
  return printable(`::${level === 'block' ? 'error' : 'warning'} ${properties.join(',')}::${escapeData(message)}`);
}

function leftOut(errors: number, warnings: number): string[] {
  const kinds = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(Boolean);
  if (kinds.length === 0) return [];
  const rest = `${kinds.join(' and ')} more, since GitHub shows 10 of each; the job summary and --format json have all`;
  return [`::notice title=nonstop-policy::${rest}`];
}

/** As in actions/toolkit, packages/core/src/command.ts. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
