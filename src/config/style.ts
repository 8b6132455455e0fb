import type { Node } from 'jsonc-parser';
import {
  endOf,
  entriesOf,
  gapBefore,
  isBreak,
  isComma,
  isList,
  lineBefore,
  lineIndent,
  spaceAt,
  spansLines,
} from './tokens.js';

/** How a text is written, as far as new values have to follow it. */
export interface Style {
  /** One level of indentation. */
  readonly unit: string;
  readonly colon: string;
  /** Between entries on one line. */
  readonly comma: string;
  /** Inside the braces and brackets of one line. */
  readonly pad: { readonly object: string; readonly array: string };
  /** Whether lists across lines end with a comma. */
  readonly trailingComma: boolean;
}

/** The style around a node: what its own list does, or else the lists around it, or else any list of the text. */
export function styleAt(text: string, node: Node): Style {
  const lists = listsNear(node).filter((list) => entriesOf(list).length > 0);
  const first = <T>(find: (list: Node) => T | undefined): T | undefined => {
    for (const list of lists) {
      const found = find(list);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const colon = first((list) => colonOf(text, list)) ?? ': ';
  const spaced = colon.endsWith(' ');
  return {
    unit: first((list) => unitOf(text, list)) ?? (/^\t/m.test(text) ? '\t' : '  '),
    colon,
    comma: first((list) => commaOf(text, list)) ?? (spaced ? ', ' : ','),
    pad: {
      object: first((list) => padOf(text, list, 'object')) ?? (spaced ? ' ' : ''),
      array: first((list) => padOf(text, list, 'array')) ?? '',
    },
    trailingComma: first((list) => trailingCommaOf(text, list)) ?? false,
  };
}

/** The indentation of the last entry that begins a line. */
export function entryIndent(text: string, list: Node): string | undefined {
  for (let index = entriesOf(list).length - 1; index >= 0; index -= 1) {
    const lineBreak = gapBefore(text, list, index).findLast(isBreak);
    if (lineBreak) return spaceAt(text, lineBreak.end);
  }
  return undefined;
}

/** The indentation that a list across lines ends with. */
export function closingIndent(text: string, list: Node): string {
  const before = lineBefore(text, endOf(list) - 1);
  return /^[ \t]*$/.test(before) ? before : lineIndent(text, list.offset);
}

/** The nearest line break before an offset, or the first after it; `\n` in a text of one line. */
export function lineBreakAt(text: string, offset: number): string {
  return (
    /\r\n?$|\n$/.exec(text.slice(0, offset - lineBefore(text, offset).length))?.[0] ??
    /\r\n?|\n/.exec(text)?.[0] ??
    '\n'
  );
}

function listsNear(node: Node): Node[] {
  const around: Node[] = [];
  let root = node;
  for (let at: Node | undefined = node; at; at = at.parent) {
    if (isList(at)) around.push(at);
    root = at;
  }
  return [...around, ...listsIn(root)];
}

function listsIn(node: Node): Node[] {
  const inside = (node.children ?? []).flatMap(listsIn);
  return isList(node) ? [node, ...inside] : inside;
}

function unitOf(text: string, list: Node): string | undefined {
  const outer = closingIndent(text, list);
  const inner = entryIndent(text, list);
  return inner?.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : undefined;
}

/** Aligned columns are not copied: any white space counts as one space. */
function colonOf(text: string, list: Node): string | undefined {
  const [key, value] = (list.type === 'object' && entriesOf(list).at(-1)?.children) || [];
  const between = key && value ? text.slice(endOf(key), value.offset) : '';
  return /^[ \t]*:[ \t]*$/.test(between) ? between.replace(/[ \t]+/g, ' ') : undefined;
}

function commaOf(text: string, list: Node): string | undefined {
  const index = entriesOf(list).length - 1;
  if (index === 0) return undefined;
  const gap = text.slice(endOf(entriesOf(list)[index - 1]!), entriesOf(list)[index]!.offset);
  return /^[ \t]*,[ \t]*$/.test(gap) ? gap.trimStart().replace(/[ \t]+/g, ' ') : undefined;
}

function padOf(text: string, list: Node, type: 'object' | 'array'): string | undefined {
  if (list.type !== type || spansLines(text, list)) return undefined;
  return /[ \t]/.test(text[list.offset + 1]!) ? ' ' : '';
}

function trailingCommaOf(text: string, list: Node): boolean | undefined {
  const count = entriesOf(list).length;
  const onOwnLine = gapBefore(text, list, count - 1).some(isBreak);
  return onOwnLine ? gapBefore(text, list, count).some(isComma) : undefined;
}
