import type { LineRange } from '../rule/index.js';

/** The ranges of lines of `after` that are not in `before`, by the shortest edit; CRLF and LF count as one line end. */
export async function addedLines(before: string, after: string): Promise<LineRange[]> {
  const { diffArrays } = await import('diff'); // loaded by the few rules that ask
  const ranges: LineRange[] = [];
  let line = 1;
  for (const { added, removed, count } of diffArrays(linesOf(before), linesOf(after))) {
    if (removed) continue;
    if (added) ranges.push({ start: line, end: line + count - 1 });
    line += count;
  }
  return ranges;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
