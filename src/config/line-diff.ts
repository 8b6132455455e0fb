import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';

const CONTEXT_LINES = 3;

/**
 * What changes between two texts of a file, as a unified diff, for people; empty when nothing does. Byte order mark and carriage
 * returns are left out. It holds lines of the file as they are: make each `inert` before it goes to a terminal.
 */
export function lineDiff(before: string, after: string, file: string): string {
  const [from, to] = [shown(before), shown(after)];
  if (from === to) return '';
  const patch = structuredPatch(file, file, from, to, undefined, undefined, { context: CONTEXT_LINES });
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

function shown(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}
