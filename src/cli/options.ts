import { type ParseArgsConfig, parseArgs } from 'node:util';
import { isDay, nearest } from '../config/validate.js';
import { today } from '../host/clock.js';
import { unknownName, usage } from './usage.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options that every command which reads the policy takes. */
export const POLICY_OPTIONS = {
  config: { type: 'string' },
  'allow-js-config': { type: 'boolean' },
  'as-of': { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies Options;

/** Reads the words of a command; an option it does not know is a wrong call, with the nearest name. */
export function parseOptions<const O extends Options>(command: string, args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const got = /'(--?[^' =]+)/.exec((error as Error).message)?.[1] ?? args.join(' ');
    const known = Object.keys(options).map((name) => `--${name}`);
    const near = known.includes(got) ? undefined : nearest(got, known);
    throw usage(
      'An option is not understood',
      `nonstop-policy ${command} ${got}`,
      (error as Error).message.split('\n')[0] ?? '',
      near === undefined ? `nonstop-policy ${command} --help lists the options` : `Did you mean "${near}"?`,
    );
  }
}

/** One of a closed set. */
export function oneOf<T extends string>(kind: string, got: string, known: readonly T[]): T {
  const found = known.find((name) => name === got);
  if (found === undefined) throw unknownName(kind, got, known);
  return found;
}

/** A day of the calendar. */
export function dayOf(option: string, text: string): string {
  if (isDay(text)) return text;
  throw usage(
    'The day is not understood',
    `${option} ${text}`,
    `"${text}" is not a day of the calendar in the form YYYY-MM-DD`,
    `Write for instance ${option} 2026-11-22`,
  );
}

/** The day that a command works as of: the given one, or today. */
export function asOfDay(values: { readonly 'as-of'?: string | undefined }): string {
  return values['as-of'] === undefined ? today() : dayOf('--as-of', values['as-of']);
}

export function wholeNumber(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usage(
    'A number is not understood',
    `${option} ${text}`,
    `"${text}" is not a whole number of 0 or more`,
    `Write for instance ${option} 0`,
  );
}

/** Whether a config may be run: by the option, or by the user's own environment. */
export function allowsJs(given: boolean | undefined, env: NodeJS.ProcessEnv): boolean {
  return given === true || /^(1|true|yes)$/i.test(env.NONSTOP_ALLOW_JS_CONFIG ?? '');
}

/** Whether we run in CI, as CI systems say. */
export function inCi(env: NodeJS.ProcessEnv): boolean {
  return !['', '0', 'false'].includes((env.CI ?? '').toLowerCase());
}
