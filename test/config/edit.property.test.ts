import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { appendItem, removeValue, setValue } from '../../src/config/edit.js';
import { parseJsonc } from '../../src/config/jsonc.js';
import { edited, FILE } from '../helpers/edit-table.js';
import {
  around,
  commaBehind,
  commentsIn,
  endsWithComma,
  isBare,
  isOneLine,
  isWithInsert,
  nodeAt,
  wordsOf,
} from '../helpers/jsonc-look.js';
import { config, type Hand, hand, key, scalar, value, write } from '../helpers/jsonc-text.js';

type Steps = (string | number)[];

/** For a long run by hand: EDIT_RUNS=50000 node --import tsx test/config/edit.property.test.ts */
const RUNS = Number(process.env.EDIT_RUNS ?? 800);
const options = { numRuns: RUNS, includeErrorInReport: true };
const at = fc.nat();

/** Every path of a value, the whole first. */
function pathsOf(part: unknown, here: Steps = []): Steps[] {
  if (typeof part !== 'object' || part === null) return [here];
  const inside = Object.entries(part).flatMap(([name, item]) =>
    pathsOf(item, [...here, Array.isArray(part) ? Number(name) : name]),
  );
  return [here, ...inside];
}

const valueAt = (whole: unknown, path: Steps) =>
  path.reduce<unknown>((part, step) => Object.getOwnPropertyDescriptor(part, step)?.value, whole);

const isObject = (part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part);

/** A copy with one value in place, or taken out. */
function changed(whole: unknown, path: Steps, change: { put: unknown } | 'out'): unknown {
  const last = path.at(-1);
  if (last === undefined) return (change as { put: unknown }).put;
  const copy = structuredClone(whole);
  const list = valueAt(copy, path.slice(0, -1)) as object;
  if (change !== 'out') {
    Object.defineProperty(list, last, { value: change.put, enumerable: true, configurable: true, writable: true });
  } else if (Array.isArray(list)) list.splice(last as number, 1);
  else Reflect.deleteProperty(list, last);
  return copy;
}

function checkValue(after: string, intended: unknown) {
  const { value: is, problems } = parseJsonc(after);
  assert.equal(problems, []);
  assert.ok(isDeepStrictEqual(is, intended), 'the value is the one intended');
}

/** What holds for each new entry, whatever the way it came in. */
function checkInsert(before: string, after: string, list: Steps, entry: string | number, style: Hand) {
  assert.ok(isWithInsert(before, after) || isBare(before, list), 'nothing but the entry and a comma is new');
  assert.equal(wordsOf(commentsIn(after)), wordsOf(commentsIn(before)));
  const [was, is] = [nodeAt(before, list), nodeAt(after, list)];
  if (style.lineBreak !== 'mixed' && /[\r\n]/.test(before)) {
    const others = after.replaceAll(style.lineBreak, '');
    assert.not.match(others, /[\r\n]/);
  }
  if (was.children!.length > 0) {
    if (isOneLine(before, was)) assert.ok(isOneLine(after, is), 'one line stays one line');
    assert.is(endsWithComma(after, is), endsWithComma(before, was));
  }
  if (!isBare(before, list))
    assert.is(edited(removeValue(after, [...list, entry], FILE)), before, 'it can be taken out');
}

test('a value in place of another changes only its span, and the old one brings the old bytes back', () => {
  const property = fc.property(config, hand, at, fc.oneof(scalar, value), (whole, style, index, put) => {
    const before = write(whole, style);
    const paths = pathsOf(whole);
    const path = paths[index % paths.length]!;
    const old = valueAt(whole, path);
    assert.is(edited(setValue(before, path, old, FILE)), before);
    const after = edited(setValue(before, path, put, FILE));
    checkValue(after, changed(whole, path, { put }));
    if (isDeepStrictEqual(old, put)) return assert.is(after, before);
    const { offset, length } = nodeAt(before, path);
    assert.ok(after.startsWith(before.slice(0, offset)));
    assert.ok(after.endsWith(before.slice(offset + length)));
    const outside = commentsIn(before).filter(({ end, offset: start }) => end <= offset || start >= offset + length);
    assert.equal(wordsOf(commentsIn(after)), wordsOf(outside));
    if (typeof old !== 'object' || old === null) assert.is(edited(setValue(after, path, old, FILE)), before);
  });
  fc.assert(property, options);
});

test('a new property only adds to the text, in the style of the text', () => {
  const names = fc.array(key, { minLength: 1, maxLength: 3 });
  const property = fc.property(config, hand, at, names, value, (whole, style, index, [name, ...inner], put) => {
    const objects = pathsOf(whole).filter((path) => isObject(valueAt(whole, path)));
    const list = objects[index % objects.length]!;
    fc.pre(!Object.hasOwn(valueAt(whole, list) as object, name!));
    const before = write(whole, style);
    const after = edited(setValue(before, [...list, name!, ...inner], put, FILE));
    const wrapped = inner.reduceRight<unknown>((within, step) => ({ [step]: within }), put);
    checkValue(after, changed(whole, [...list, name!], { put: wrapped }));
    checkInsert(before, after, list, name!, style);
  });
  fc.assert(property, options);
});

test('a new item only adds to the text, in the style of the text', () => {
  const property = fc.property(config, hand, at, value, (whole, style, index, put) => {
    const lists = pathsOf(whole).filter((path) => Array.isArray(valueAt(whole, path)));
    fc.pre(lists.length > 0);
    const list = lists[index % lists.length]!;
    const before = write(whole, style);
    const after = edited(appendItem(before, list, put, FILE));
    const items = valueAt(whole, list) as unknown[];
    checkValue(after, changed(whole, list, { put: [...items, put] }));
    checkInsert(before, after, list, items.length, style);
  });
  fc.assert(property, options);
});

test('what is taken out takes one comma and no comment of a neighbour', () => {
  const property = fc.property(config, hand, at, (whole, style, index) => {
    const paths = pathsOf(whole).slice(1);
    fc.pre(paths.length > 0);
    const path = paths[index % paths.length]!;
    const before = write(whole, style);
    const after = edited(removeValue(before, path, FILE));
    checkValue(after, changed(whole, path, 'out'));
    const { entry, from, to } = around(before, path);
    assert.ok(after.startsWith(before.slice(0, from)));
    assert.ok(after.endsWith(before.slice(to)));
    const kept = wordsOf(commentsIn(after));
    const gone = commentsIn(before).filter(({ text }) => !kept.includes(text));
    assert.is(gone.length + kept.length, commentsIn(before).length);
    const first = entry.offset - /(?:[ \t]|\/\*[\s\S]*?\*\/)*$/.exec(before.slice(from, entry.offset))![0].length;
    const end = Math.max(entry.offset + entry.length, commaBehind(before, entry.offset + entry.length, to));
    const last = end + /^(?:[ \t]|\/\*[\s\S]*?\*\/)*(?:\/\/[^\r\n]*)?/.exec(before.slice(end))![0].length;
    for (const { offset, end: to } of gone) assert.ok(offset >= first && to <= last, 'no comment of a neighbour goes');
  });
  fc.assert(property, options);
});

test.run();
