import { createScanner, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

type Steps = readonly (string | number)[];

interface Comment {
  readonly offset: number;
  readonly end: number;
  readonly text: string;
}

const END_OF_TEXT = 17; // SyntaxKind.EOF, which is no value at run time

export function nodeAt(text: string, path: Steps): Node {
  // a byte order mark is white space of one character, so that offsets hold
  return findNodeAtLocation(parseTree(text.replace('\uFEFF', ' '), [], { allowTrailingComma: true })!, [...path])!;
}

export function commentsIn(text: string): Comment[] {
  const scanner = createScanner(text.replace('\uFEFF', ' '), false);
  const found: Comment[] = [];
  while (scanner.scan() !== END_OF_TEXT) {
    const offset = scanner.getTokenOffset();
    const token = text.slice(offset, offset + scanner.getTokenLength());
    if (token.startsWith('/')) found.push({ offset, end: offset + token.length, text: token });
  }
  return found;
}
export const wordsOf = (comments: readonly Comment[]) => comments.map(({ text }) => text);

/** How long two texts are the same, from the front and from the back. */
function common(a: string, b: string) {
  let front = 0;
  while (front < Math.min(a.length, b.length) && a[front] === b[front]) front += 1;
  let back = 0;
  while (back < Math.min(a.length, b.length) && a.at(-1 - back) === b.at(-1 - back)) back += 1;
  return { front, back };
}

/** Whether one text is the other with one piece put in, and before it at most one comma. */
export function isWithInsert(before: string, after: string): boolean {
  const { front, back } = common(before, after);
  if (front + back >= before.length) return true;
  const withoutComma = after.slice(0, front) + after.slice(front + 1);
  const rest = common(before, withoutComma);
  return after[front] === ',' && rest.front + rest.back >= before.length;
}

export function isOneLine(text: string, node: Node): boolean {
  return !/[\r\n]/.test(text.slice(node.offset, node.offset + node.length));
}

export function endsWithComma(text: string, list: Node): boolean {
  const last = list.children!.at(-1)!;
  const gap = text.slice(last.offset + last.length, list.offset + list.length - 1);
  return gap.replace(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g, '').includes(',');
}

/** An entry, the end of the one before it and the start of the one behind it, or the brackets. */
export function around(text: string, path: Steps) {
  const node = nodeAt(text, path);
  const entry = node.parent!.type === 'property' ? node.parent! : node;
  const list = entry.parent!;
  const place = list.children!.indexOf(entry);
  const previous = list.children![place - 1];
  return {
    entry,
    from: previous ? previous.offset + previous.length : list.offset + 1,
    to: list.children![place + 1]?.offset ?? list.offset + list.length - 1,
  };
}

export function commaBehind(text: string, from: number, to: number): number {
  const blanked = text
    .slice(from, to)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g, (comment) => ' '.repeat(comment.length));
  return blanked.includes(',') ? from + blanked.indexOf(',') + 1 : -1;
}

/** Whether there is nothing but white space between the brackets of a list, on one line. */
export function isBare(text: string, list: Steps): boolean {
  const { offset, length } = nodeAt(text, list);
  return /^[[{][ \t]*[\]}]$/.test(text.slice(offset, offset + length));
}
