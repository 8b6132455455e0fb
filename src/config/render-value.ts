import type { Node } from 'jsonc-parser';
import type { Style } from './style.js';
import { entriesOf, isList, spansLines, valueNode } from './tokens.js';

/** In columns; a list that fits is written on one line where its siblings are. */
const MAX_WIDTH = 100;
const TAB_WIDTH = 4;

/** `fit` is one line if there is room, else lines. */
export type Form = 'one line' | 'lines' | 'fit';

/** Where a value is to stand. */
export interface Spot {
  /** Of the line that the value begins on. */
  readonly indent: string;
  /** What stands before the value on its line. */
  readonly before: string;
  readonly lineBreak: string;
  readonly form: Form;
}

/** The text of one entry: `"key": value`, or an item's value alone. */
export function renderEntry(key: string | undefined, value: unknown, style: Style, spot: Spot): string {
  const head = headOf(key, style);
  return head + renderValue(value, style, { ...spot, before: spot.before + head });
}

/** The text of a value. Scalars and empty lists are always one line. */
export function renderValue(value: unknown, style: Style, spot: Spot): string {
  const line = oneLine(value, style);
  const entries = entriesIn(value);
  const isShort = spot.form === 'fit' && !growsByLines(value) && fits(spot.before + line);
  if (entries.length === 0 || spot.form === 'one line' || isShort) return line;
  const indent = spot.indent + style.unit;
  const lines = entries.map(
    ([key, item]) => indent + renderEntry(key, item, style, { ...spot, indent, before: indent, form: 'fit' }),
  );
  const { lineBreak } = spot;
  const inner = lines.join(`,${lineBreak}`) + (style.trailingComma ? ',' : '');
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}${lineBreak}${inner}${lineBreak}${spot.indent}${close}`;
}

/** A list of objects, such as waivers: an item a line, so that each addition is a line of a diff. */
export function growsByLines(value: unknown): boolean {
  return Array.isArray(value) && value.some((item) => !Array.isArray(item) && entriesIn(item).length > 0);
}

export function fits(line: string): boolean {
  return line.replaceAll('\t', ' '.repeat(TAB_WIDTH)).length <= MAX_WIDTH;
}

/** As the list that stands there now, or else as its nearest sibling; a list of one line stays one. */
export function formOf(text: string, list: Node | undefined, now?: Node): Form {
  if (list && entriesOf(list).length > 0 && !spansLines(text, list)) return 'one line';
  const siblings = list ? entriesOf(list).map(valueNode) : [];
  const models = (now ? [...siblings, now] : siblings).filter((node) => isList(node) && entriesOf(node).length > 0);
  const model = models.at(-1);
  return model && spansLines(text, model) ? 'lines' : 'fit';
}

function oneLine(value: unknown, style: Style): string {
  const entries = entriesIn(value);
  if (entries.length === 0) return JSON.stringify(value);
  const inner = entries.map(([key, item]) => headOf(key, style) + oneLine(item, style)).join(style.comma);
  return Array.isArray(value)
    ? `[${style.pad.array}${inner}${style.pad.array}]`
    : `{${style.pad.object}${inner}${style.pad.object}}`;
}

function headOf(key: string | undefined, { colon }: Style): string {
  return key === undefined ? '' : JSON.stringify(key) + colon;
}

function entriesIn(value: unknown): [key: string | undefined, item: unknown][] {
  if (Array.isArray(value)) return value.map((item) => [undefined, item]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
