import { PolicyError, type Result } from '../../errors.js';
import { type Accepted, BASELINE_FILE, type Baseline, whereOf } from './baseline.js';
import { parseField } from './field.js';
import { bodyLines, HEADER } from './render.js';

const FIELD = '("(?:[^"\\\\]|\\\\.)*"|[^\\s"]\\S*)';
const ENTRY = new RegExp(`^([0-9a-f]{32})(?:-([2-9]|[1-9]\\d+))? ${FIELD} ${FIELD} ${FIELD}$`);
const CONFLICT = /^(<{7}|\|{7}|={7}|>{7})( |$)/;
const RESTORE = 'Take the file of the last good commit, then run: nonstop-policy baseline prune';
const MERGE = 'Run: nonstop-policy baseline merge';

/**
 * Reads a baseline. CRLF is taken for LF, as git may write it on Windows; anything else that `renderBaseline` would not write is an
 * error that names the line: which findings are accepted is never a guess.
 * @param file what an error calls the text
 */
export function parseBaseline(text: string, file: string = BASELINE_FILE): Result<Baseline> {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const conflict = lines.findIndex((line) => CONFLICT.test(line));
  if (conflict >= 0) return failure(file, conflict, `"${lines[conflict]}" is a mark of an unresolved merge`, MERGE);
  if (!(lines[0] === HEADER || lines[0]?.startsWith(`${HEADER}:`)))
    return failure(file, 0, headerFault(lines[0] ?? ''));
  if (lines.pop() !== '') return failure(file, lines.length, 'the last line has no end: the file may be cut off');
  const baseline = new Map<string, Accepted>();
  const seen = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (line.startsWith('#')) continue; // marks are compared below
    if (seen.has(line)) return failure(file, at, `"${line}" is there twice`, MERGE);
    seen.add(line);
    const fault = take(line, baseline);
    if (fault !== null) return failure(file, at, fault);
  }
  return differing(lines, baseline, file) ?? { ok: true, value: baseline };
}

function headerFault(line: string): string {
  if (line.startsWith('\ufeff')) return 'it begins with a byte order mark: an editor has written it';
  return `it is "${line}", and not "${HEADER}": another file, or one of a newer version`;
}

/** Counts an entry. Returns what is wrong with it. */
function take(line: string, baseline: Map<string, Accepted>): string | null {
  const [, kind = '', , ...fields] = ENTRY.exec(line) ?? [];
  const [ruleId, messageId, path] = fields.map(parseField);
  if (ruleId === undefined || messageId === undefined || path === undefined) {
    return `"${line}" is not a fingerprint, a rule, a message and a path`;
  }
  const before = baseline.get(kind);
  if (before && !(before.ruleId === ruleId && before.messageId === messageId && before.path === path)) {
    return `"${line}" has the fingerprint of a finding of ${before.ruleId} in ${before.path}`;
  }
  baseline.set(kind, { ruleId, messageId, path, kind, count: (before?.count ?? 0) + 1 });
  return null;
}

/** A file has one spelling. So this finds lines out of order, lost marks, gaps between `-2` and `-4`, and needless escapes. */
function differing(lines: readonly string[], baseline: Baseline, file: string): Result<Baseline> | null {
  const expected = bodyLines(baseline);
  const length = Math.max(lines.length - 1, expected.length);
  for (let at = 0; at < length; at++) {
    const [got, wanted] = [lines[at + 1], expected[at]];
    if (got !== wanted) return failure(file, at + 1, `${quoted(got)} is in the place of ${quoted(wanted)}`);
  }
  return twoPlaces(baseline, lines, file);
}

/** A path has one fingerprint of its own; with two of them it was changed by hand. */
function twoPlaces(baseline: Baseline, lines: readonly string[], file: string): Result<Baseline> | null {
  const places = new Map<string, string>();
  for (const { path, kind } of baseline.values()) {
    const known = places.get(path) ?? whereOf(kind);
    places.set(path, known);
    if (known === whereOf(kind)) continue;
    const at = lines.findIndex((line) => line.startsWith(kind));
    return failure(file, at, `"${lines[at]}" does not begin with ${known}, as the other lines of ${path} do`);
  }
  return null;
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'the end of the file' : `"${line}"`;
}

/** @param at from 0 */
function failure(file: string, at: number, why: string, fix = RESTORE): { ok: false; error: PolicyError } {
  const what = 'The baseline cannot be used as it is';
  return {
    ok: false,
    error: new PolicyError('BASELINE_INVALID', { what, where: `${file}, line ${at + 1}`, why, fix }),
  };
}
