import { isDeepStrictEqual } from 'node:util';
import type { Node } from 'jsonc-parser';
import type { Result } from '../errors.js';
import { insertEntry } from './insert-entry.js';
import { parseJsonc } from './jsonc.js';
import { invalid } from './load.js';
import { removeEntry } from './remove-entry.js';
import { formOf, renderValue } from './render-value.js';
import { lineBreakAt, styleAt } from './style.js';
import {
  applySplices,
  endOf,
  entriesOf,
  isList,
  lineBefore,
  lineIndent,
  listAround,
  type Splice,
  valueNode,
} from './tokens.js';
import { type Path, type Problem, wrongType } from './validate.js';

/*
 * Edits of a config in JSON with comments. Nothing but the value in question changes, byte for byte: not the comments, the order, the
 * indentation, the line ends, the byte order mark nor the trailing commas. Each edit is parsed again and compared with what was
 * intended. A text that does not parse, or has a key twice, is not touched.
 */

/**
 * Puts a value in place of the one at a path, or adds the property, with the objects on the way to it. A comment inside a replaced
 * object or list goes with it: to keep those, name the inner values. The value that is there already changes nothing.
 * @param file for the error, which is always a CONFIG_INVALID
 */
export function setValue(text: string, path: Path, value: unknown, file: string): Result<string> {
  const put = asJson(value);
  return edit(text, file, (config) => {
    const found = resolve(config, path);
    if ('what' in found) return found;
    const { node, missing } = found;
    const intended = changed(config.value, path, () => put);
    if (missing.length > 0) return { splices: insertAt(config, node, missing, put), intended };
    const same = isDeepStrictEqual(intended, config.value);
    return { splices: same ? [] : [replacement(config.text, node, put)], intended };
  });
}

/** Puts an item at the end of the list at a path, which is created where it is absent. */
export function appendItem(text: string, path: Path, value: unknown, file: string): Result<string> {
  const item = asJson(value);
  return edit(text, file, (config) => {
    const found = resolve(config, path);
    if ('what' in found) return found;
    const { node, missing } = found;
    if (missing.length === 0 && node.type !== 'array') return wrongType(valueAt(config.value, path), 'a list', path);
    const intended = changed(config.value, path, (list) => [...((list as unknown[] | undefined) ?? []), item]);
    if (missing.length > 0) return { splices: insertAt(config, node, missing, [item]), intended };
    return { splices: insertEntry(config.text, node, { key: undefined, value: item }), intended };
  });
}

/**
 * Takes out a property or an item, with one comma. Its own comments go with it: those in front of it on its line, those up to its comma,
 * and those behind it on a line that it has for itself. All others stay, also those on lines of their own directly above it: they
 * may speak of its neighbours too.
 */
export function removeValue(text: string, path: Path, file: string): Result<string> {
  return edit(text, file, (config) => {
    const found = resolve(config, path);
    if ('what' in found) return found;
    const last = path.at(-1);
    const { parent } = found.node;
    if (found.missing.length > 0) return absent(path, `"${last}" is not there to be removed`);
    if (last === undefined || parent === undefined) return absent(path, 'it is the whole config');
    const entry = parent.type === 'property' ? parent : found.node;
    const list = entry.parent!;
    const intended = changed(config.value, path.slice(0, -1), (outer) => without(outer, last));
    return { splices: removeEntry(config.text, list, entriesOf(list).indexOf(entry)), intended };
  });
}

interface Config {
  /** Without the byte order mark, as the offsets of the nodes are. */
  readonly text: string;
  readonly root: Node;
  readonly value: unknown;
}

interface Plan {
  readonly splices: readonly Splice[];
  /** What the text is to hold then. */
  readonly intended: unknown;
}

function edit(source: string, file: string, plan: (config: Config) => Plan | Problem): Result<string> {
  const parsed = parseJsonc(source);
  const refuse = (...problems: Problem[]): Result<string> => ({ ok: false, error: invalid(problems, file, parsed) });
  const { root, value } = parsed;
  if (root === undefined || parsed.problems.length > 0) return refuse(...parsed.problems);
  const text = source.replace(/^\uFEFF/, '');
  const planned = plan({ text, root, value });
  if ('what' in planned) return refuse(planned);
  const after = source.slice(0, source.length - text.length) + applySplices(text, planned.splices);
  const again = parseJsonc(after);
  const isRight = again.problems.length === 0 && isDeepStrictEqual(again.value, planned.intended);
  return isRight ? { ok: true, value: after } : refuse(UNSAFE);
}

const UNSAFE: Problem = {
  path: [],
  what: 'The config could not be edited safely',
  why: 'the edited text does not hold what was intended, so nothing is changed',
  fix: 'Make the change by hand, and please report this',
};

/** The node at a path, or the deepest object on the way to it with the keys that it lacks. */
function resolve({ root, value }: Config, path: Path): { node: Node; missing: readonly string[] } | Problem {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const next = childOf(node, step);
    if (next === undefined) {
      const missing = path.slice(depth);
      const here = path.slice(0, depth);
      if (typeof step === 'string' && node.type !== 'object') return wrongType(valueAt(value, here), 'an object', here);
      if (typeof step === 'number' && node.type !== 'array') return wrongType(valueAt(value, here), 'a list', here);
      if (!missing.every((key) => typeof key === 'string'))
        return absent(here, `there is no item ${missing.find(Number.isInteger)}`);
      return { node, missing };
    }
    node = next;
  }
  return { node, missing: [] };
}

function childOf(node: Node, step: string | number): Node | undefined {
  if (typeof step === 'number') return node.type === 'array' ? entriesOf(node)[step] : undefined;
  const property = node.type === 'object' && entriesOf(node).find(({ children }) => children?.[0]?.value === step);
  return property ? valueNode(property) : undefined;
}

function absent(path: Path, why: string): Problem {
  return { path, what: 'The config cannot be edited there', why, fix: 'Name a place that is in the config' };
}

function insertAt({ text }: Config, node: Node, [key, ...inner]: readonly string[], value: unknown): Splice[] {
  // computed keys, so that `__proto__` is a key too
  const wrapped = inner.reduceRight<unknown>((within, name) => ({ [name]: within }), value);
  return insertEntry(text, node, { key, value: wrapped });
}

function replacement(text: string, node: Node, value: unknown): Splice {
  const spot = {
    indent: lineIndent(text, node.offset),
    before: lineBefore(text, node.offset),
    lineBreak: lineBreakAt(text, node.offset),
    form: formOf(text, listAround(node), isList(node) ? node : undefined),
  };
  return { start: node.offset, end: endOf(node), text: renderValue(value, styleAt(text, node), spot) };
}

/** The value with a change at a path that leads through objects, present or to be created, and items that are there. */
function changed(value: unknown, [step, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? changed(item, rest, change) : item));
  const object = (value ?? {}) as Record<string, unknown>;
  return { ...object, [step]: changed(valueAt(object, [step]), rest, change) };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      at !== null && Object.hasOwn(at as object, step) ? (at as Record<string, unknown>)[step] : undefined,
    value,
  );
}

function without(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value.filter((_, at) => at !== step);
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => key !== step));
}

/** As JSON holds it: a property that is `undefined` is not there. What JSON cannot hold is a fault of the caller. */
function asJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_, item) => {
    if (typeof item === 'number' && !Number.isFinite(item)) throw new TypeError(`${item} cannot be written in JSON`);
    return item;
  });
  return JSON.parse(text);
}
