import type { Span } from './detectors/detector.js';

/** The stretches that any of the spans cover, in order and apart from each other. The spans are sorted by their start. */
export function union(spans: readonly Span[]): Span[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of spans) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Every place where one of the texts stands, sorted. */
export function occurrences(text: string, wanted: Iterable<string>): Span[] {
  const found: Span[] = [];
  for (const each of wanted) {
    if (each === '') continue;
    for (let at = text.indexOf(each); at !== -1; at = text.indexOf(each, at + each.length)) {
      found.push({ start: at, end: at + each.length });
    }
  }
  return found.sort(byStart);
}

export function byStart(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}
