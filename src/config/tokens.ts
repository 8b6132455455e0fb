import type { Node } from 'jsonc-parser';

/** What stands between two entries of an object or array: nothing else is legal there. */
export interface Token {
  readonly kind: 'space' | 'break' | 'comma' | 'line comment' | 'block comment';
  readonly start: number;
  readonly end: number;
}

/** One change of a text: what stands from `start` to `end` gives way to `text`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const TOKEN = /[ \t]+|\r\n?|\n|,|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;
const KINDS = { ' ': 'space', '\t': 'space', '\r': 'break', '\n': 'break', ',': 'comma' } as const;

/** The tokens of a gap between entries or brackets, in a text that parses. */
export function tokensBetween(text: string, from: number, to: number): Token[] {
  return [...text.slice(from, to).matchAll(TOKEN)].map(({ 0: found, index }) => ({
    kind: KINDS[found[0] as keyof typeof KINDS] ?? (found[1] === '/' ? 'line comment' : 'block comment'),
    start: from + index,
    end: from + index + found.length,
  }));
}

export const isBreak = ({ kind }: Token) => kind === 'break';
export const isComma = ({ kind }: Token) => kind === 'comma';
export const isComment = ({ kind }: Token) => kind === 'line comment' || kind === 'block comment';

export const endOf = ({ offset, length }: Node) => offset + length;
export const isList = ({ type }: Node) => type === 'object' || type === 'array';
/** Properties of an object, items of an array. */
export const entriesOf = ({ children = [] }: Node): readonly Node[] => children;
export const valueNode = (entry: Node): Node => (entry.type === 'property' ? entry.children![1]! : entry);
/** The object or array that a value stands in. */
export const listAround = ({ parent }: Node): Node | undefined =>
  parent?.type === 'property' ? parent.parent : parent;
export const spansLines = (text: string, node: Node) => /[\r\n]/.test(text.slice(node.offset, endOf(node)));

/** The gap before an entry, back to the entry before it or to the bracket; with no such entry, that before the closing bracket. */
export function gapBefore(text: string, list: Node, index: number): Token[] {
  const entries = entriesOf(list);
  const from = index === 0 ? list.offset + 1 : endOf(entries[index - 1]!);
  return tokensBetween(text, from, entries[index]?.offset ?? endOf(list) - 1);
}

/** The line up to an offset. */
export function lineBefore(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
}

export function spaceAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(offset))![0];
}

/** The white space that the line of an offset begins with. */
export function lineIndent(text: string, offset: number): string {
  return spaceAt(lineBefore(text, offset), 0);
}

export function applySplices(text: string, splices: readonly Splice[]): string {
  return splices.reduceRight(
    (after, { start, end, text: put }) => after.slice(0, start) + put + after.slice(end),
    text,
  );
}
