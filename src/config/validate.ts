import leven from 'leven';
import type { Spec } from '../rule/index.js';
import type { IntegerSpec, StringSpec } from '../rule/spec.js';

export type Path = readonly (string | number)[];

/** One fault of a config: its place, the got beside the expected, and the step that mends it. */
export interface Problem {
  readonly path: Path;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** Every fault of a value against its description, in the order of the description. */
export function validate(spec: Spec, value: unknown, path: Path = []): Problem[] {
  switch (spec.type) {
    case 'either':
      return validate(spec.forms.find(({ when }) => when(value))?.spec ?? spec.forms[0]!.spec, value, path);
    case 'string':
      return checkString(spec, value, path);
    case 'integer':
      return checkInteger(spec, value, path);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType(value, 'true or false', path)];
    case 'array':
      if (!Array.isArray(value)) return [wrongType(value, 'a list', path)];
      if (value.length < (spec.minItems ?? 0)) return [tooShort(path)];
      return value.flatMap((item, at) => validate(spec.items, item, [...path, at]));
    case 'object':
      return checkKeys({ known: spec.properties, keyName: 'key', required: spec.required ?? [] }, value, path);
    case 'map':
      return checkKeys({ known: spec.values, keyName: spec.keyName, required: [] }, value, path);
  }
}

interface Keys {
  readonly known: Readonly<Record<string, Spec>>;
  readonly keyName: string;
  readonly required: readonly string[];
}

function checkKeys({ known, keyName, required }: Keys, value: unknown, path: Path): Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [wrongType(value, 'an object', path)];
  const lacking = required.filter((name) => !Object.hasOwn(value, name)).map((name) => missingKey(name, path));
  const faults = Object.entries(value).flatMap(([name, item]) =>
    Object.hasOwn(known, name)
      ? validate(known[name]!, item, [...path, name])
      : [unknown(name, Object.keys(known), keyName, [...path, name])],
  );
  return [...lacking, ...faults];
}

function checkString(spec: StringSpec, value: unknown, path: Path): Problem[] {
  if (spec.values) {
    return spec.values.includes(value as string) ? [] : [unknown(value, spec.values, valueName(path), path)];
  }
  if (typeof value !== 'string') return [wrongType(value, 'a text', path)];
  if (spec.format === 'day') return isDay(value) ? [] : [wrongType(value, 'a day of the form YYYY-MM-DD', path)];
  return value === '' ? [wrongType(value, 'a text that is not empty', path)] : [];
}

function checkInteger({ minimum, maximum }: IntegerSpec, value: unknown, path: Path): Problem[] {
  if (!Number.isSafeInteger(value)) return [wrongType(value, 'a whole number', path)];
  if (minimum !== undefined && (value as number) < minimum) return [wrongType(value, `${minimum} or more`, path)];
  if (maximum !== undefined && (value as number) > maximum) return [wrongType(value, `${maximum} or less`, path)];
  return [];
}

/** `2027-02-30` is none. */
export function isDay(text: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** `level` for `rules.secrets`, whose value is a level, and for a key of that name. */
function valueName(path: Path): string {
  const last = path.at(-1);
  return ['hook', 'ci', 'level'].includes(String(last)) || path.at(-2) === 'rules' ? 'level' : 'value';
}

function unknown(got: unknown, known: readonly string[], keyName: string, path: Path): Problem {
  const near = typeof got === 'string' ? nearest(got, known) : undefined;
  const list = known.map((name) => `"${name}"`).join(', ');
  return {
    path,
    what: `The config has an unknown ${keyName}`,
    why: `${show(got)} is none of ${list || 'the names known here (there are none)'}`,
    fix: near === undefined ? `Use one of these, or remove it` : `Did you mean "${near}"?`,
  };
}

export function wrongType(got: unknown, expected: string, path: Path): Problem {
  return {
    path,
    what: 'The config has a value of the wrong kind',
    why: `${show(got)} stands where ${expected} is expected`,
    fix: `Write ${expected} there`,
  };
}

function missingKey(name: string, path: Path): Problem {
  return { path, what: 'The config lacks a key', why: `"${name}" is required here`, fix: `Add "${name}"` };
}

function tooShort(path: Path): Problem {
  return {
    path,
    what: 'The config has an empty list',
    why: 'at least one item is expected',
    fix: 'Add one, or remove the entry',
  };
}

/** The known name that is closest, if it is close enough to be a misspelling. */
export function nearest(got: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, away: leven(got.toLowerCase(), name.toLowerCase()) }));
  const best = ranked.sort((a, b) => a.away - b.away)[0];
  return best && best.away <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
