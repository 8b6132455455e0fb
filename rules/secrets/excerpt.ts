import { type Excerpt, MASK } from '../../src/rule/index.js';
import type { Span } from './detectors/detector.js';

/** Characters kept before and after a finding; a minified line has hundreds of thousands. */
const BEFORE = 40;
const AFTER = 24;
/** A secret this long is a key or a blob, and what follows it on its line may be more of it. */
const LONG_SECRET = 60;

interface Place {
  /** The line that the finding starts on. */
  readonly line: Span;
  readonly span: Span;
  readonly masked: string;
  /** Every stretch of the text that must not be shown, sorted and apart. */
  readonly hidden: readonly Span[];
}

/** The part of a line around a finding, with every secret in it masked. */
export function excerptOf(text: string, { line, span, masked, hidden }: Place): Excerpt {
  const from = outsidePair(text, Math.max(line.start, span.start - BEFORE));
  const before = `${from > line.start ? '…' : ''}${show(text, { start: from, end: span.start }, hidden)}`.trimStart();
  if (span.end > line.end || span.end - span.start > LONG_SECRET) {
    return { text: `${before}${masked}`, start: before.length, length: masked.length };
  }
  const to = outsidePair(text, Math.min(line.end, span.end + AFTER));
  const after = `${show(text, { start: span.end, end: to }, hidden)}${to < line.end ? '…' : ''}`;
  return { text: `${before}${masked}${after}`, start: before.length, length: masked.length };
}

/** A part of the text, with the hidden stretches in it masked. */
function show(text: string, part: Span, hidden: readonly Span[]): string {
  let at = part.start;
  let shown = '';
  for (let next = firstEndingAfter(hidden, part.start); next < hidden.length; next++) {
    const { start, end } = hidden[next]!;
    if (start >= part.end) break;
    shown += text.slice(at, Math.max(start, at)) + MASK;
    at = Math.min(end, part.end);
  }
  return shown + text.slice(at, part.end);
}

function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** An offset that does not part the two halves of a character outside the basic plane. */
function outsidePair(text: string, offset: number): number {
  const isSecondHalf = (text.charCodeAt(offset) & 0xfc00) === 0xdc00;
  return isSecondHalf && (text.charCodeAt(offset - 1) & 0xfc00) === 0xd800 ? offset + 1 : offset;
}
