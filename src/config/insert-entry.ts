import type { Node } from 'jsonc-parser';
import { type Form, fits, formOf, growsByLines, renderEntry } from './render-value.js';
import { closingIndent, entryIndent, lineBreakAt, type Style, styleAt } from './style.js';
import {
  endOf,
  entriesOf,
  gapBefore,
  isBreak,
  isComma,
  isComment,
  lineBefore,
  lineIndent,
  listAround,
  type Splice,
  spaceAt,
  type Token,
} from './tokens.js';

/** A property (`key`) or an item to go to the end of a list. */
export interface Entry {
  readonly key: string | undefined;
  readonly value: unknown;
}

interface Place {
  readonly text: string;
  readonly list: Node;
  readonly style: Style;
  /** Between the last entry, or the opening bracket, and the closing bracket. */
  readonly gap: readonly Token[];
}

/**
 * The splices that put an entry behind the last one. A comment on the line of the last entry stays with that entry, and comments below
 * stay below; in a list that holds nothing but comments they stay above.
 */
export function insertEntry(text: string, list: Node, entry: Entry): Splice[] {
  const count = entriesOf(list).length;
  const place = { text, list, style: styleAt(text, list), gap: gapBefore(text, list, count) };
  return count > 0 ? behindLast(place, entry) : intoEmpty(place, entry);
}

function behindLast(place: Place, entry: Entry): Splice[] {
  const { text, list, style, gap } = place;
  const count = entriesOf(list).length;
  const end = endOf(entriesOf(list)[count - 1]!);
  const comma = gap.find(isComma);
  const { comments, lineBreak } = sameLine(comma ? gap.slice(gap.indexOf(comma) + 1) : gap);
  const behind = comments.at(-1)?.end ?? comma?.end ?? end;
  const before = gapBefore(text, list, count - 1).findLast(isBreak);
  if (before || (comments.length > 0 && lineBreak)) {
    const at = lineBreak?.start ?? behind;
    const indent = entryIndent(text, list) ?? closingIndent(text, list) + style.unit;
    const line = renderLine(place, entry, textOf(text, lineBreak ?? before!), indent);
    const own = comma ? [] : [{ start: end, end, text: ',' }];
    return [...own, { start: at, end: at, text: line + (comma ? ',' : '') }];
  }
  // on one line a comment behind the last entry is before the comma, so that it is not taken for the new entry's
  const at = comma?.end ?? behind;
  const put = `${style.comma}${render(place, entry, at)}`;
  return [{ start: at, end: at, text: comma ? `${put.slice(1)},` : put }];
}

function intoEmpty(place: Place, entry: Entry): Splice[] {
  const { text, list, style, gap } = place;
  const last = gap.findLast(isComment);
  const { lineBreak } = sameLine(last ? gap.slice(gap.indexOf(last) + 1) : gap);
  const anyBreak = lineBreak ?? gap.find(isBreak);
  if (anyBreak) {
    const at = lineBreak?.start ?? last!.end;
    const indent = commentIndent(text, gap) ?? closingIndent(text, list) + style.unit;
    const line = renderLine(place, entry, textOf(text, anyBreak), indent);
    return [{ start: at, end: at, text: line + (style.trailingComma ? ',' : '') }];
  }
  if (last) return [{ start: last.end, end: last.end, text: style.comma.slice(1) + render(place, entry, last.end) }];
  return [{ start: list.offset + 1, end: endOf(list) - 1, text: intoBrackets(place, entry) }];
}

/** Between brackets with at most white space in between: one line if there is room. */
function intoBrackets(place: Place, entry: Entry): string {
  const { text, list, style } = place;
  const pad = text.slice(list.offset + 1, endOf(list) - 1) || style.pad[list.type as 'object' | 'array'];
  const line = `${pad}${render(place, entry, list.offset + 1, 'one line')}${pad}`;
  const around = listAround(list);
  const staysOneLine = around !== undefined && formOf(text, around) === 'one line';
  const grows = list.type === 'array' && growsByLines([entry.value]);
  if (staysOneLine || (!grows && fits(lineBefore(text, list.offset + 1) + line))) return line;
  const indent = lineIndent(text, list.offset);
  const lineBreak = lineBreakAt(text, list.offset);
  const put = renderLine(place, entry, lineBreak, indent + style.unit);
  return put + (style.trailingComma ? ',' : '') + lineBreak + indent;
}

/** The comments up to the end of the line, and that end; `undefined` where the closing bracket comes first. */
function sameLine(gap: readonly Token[]): { comments: readonly Token[]; lineBreak: Token | undefined } {
  const lineBreak = gap.find(isBreak);
  const line = lineBreak ? gap.slice(0, gap.indexOf(lineBreak)) : gap;
  return { comments: line.filter(isComment), lineBreak };
}

/** The indentation of the last comment that begins a line. */
function commentIndent(text: string, gap: readonly Token[]): string | undefined {
  for (let at = gap.findLastIndex(isComment); at > 0; at -= 1) {
    if (isBreak(gap[at]!)) return spaceAt(text, gap[at]!.end);
  }
  return undefined;
}

function renderLine({ text, list, style }: Place, { key, value }: Entry, lineBreak: string, indent: string): string {
  const spot = { indent, before: indent, lineBreak, form: formOf(text, list) };
  return lineBreak + indent + renderEntry(key, value, style, spot);
}

function render(
  { text, list, style }: Place,
  { key, value }: Entry,
  at: number,
  form: Form = formOf(text, list),
): string {
  const spot = { indent: lineIndent(text, at), before: lineBefore(text, at), lineBreak: lineBreakAt(text, at), form };
  return renderEntry(key, value, style, spot);
}

function textOf(text: string, { start, end }: Token): string {
  return text.slice(start, end);
}
