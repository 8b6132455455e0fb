import { MASK } from '../../src/rule/index.js';
import type { Span } from './detectors/detector.js';

/** Characters kept before and after a finding; a minified line has hundreds of thousands. */
const BEFORE = 40;
const AFTER = 24;
/** With more secrets than this in a file, its lines are secrets for the most part, and looking for each in each line is slow. */
const MOST_SECRETS = 100;

interface Place {
  /** The line that the finding starts on. */
  readonly line: Span;
  readonly span: Span;
  /** Every finding of the file. */
  readonly found: readonly Span[];
  /** The text of every finding, which may stand in the line once more where no detector sees it. */
  readonly secrets: ReadonlySet<string>;
  readonly masked: string;
}

/** The part of a line around a finding, with every secret in it masked. */
export function excerptOf(text: string, { line, span, found, secrets, masked }: Place) {
  if (found.length > MOST_SECRETS) return { text: masked, start: 0, length: masked.length };
  const before = maskAll(text, { start: Math.max(line.start, span.start - BEFORE), end: span.start }, found, secrets);
  const rest = { start: Math.min(span.end, line.end), end: Math.min(line.end, span.end + AFTER) };
  const after = span.end > line.end ? '' : maskAll(text, rest, found, secrets);
  const cutBefore = span.start - BEFORE > line.start ? '…' : '';
  const cutAfter = span.end + AFTER < line.end ? '…' : '';
  const lead = `${cutBefore}${before}`.trimStart();
  return { text: `${lead}${masked}${after}${cutAfter}`, start: lead.length, length: masked.length };
}

function maskAll(text: string, part: Span, found: readonly Span[], secrets: ReadonlySet<string>): string {
  let at = part.start;
  let masked = '';
  for (const { start, end } of found) {
    if (end <= at || start >= part.end) continue;
    masked += text.slice(at, Math.max(start, at)) + MASK;
    at = Math.min(end, part.end);
  }
  masked += text.slice(at, part.end);
  for (const secret of secrets) masked = secret === '' ? masked : masked.replaceAll(secret, MASK);
  return masked;
}
