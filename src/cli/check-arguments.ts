import { POINTS, type Point } from '../config/policy.js';
import type { Question } from '../host/snapshots.js';
import { FORMATS } from '../report/index.js';
import { allowsJs, dayOf, inCi, oneOf, POLICY_OPTIONS, parseOptions, wholeNumber } from './options.js';
import { unknownName, usage } from './usage.js';

const OPTIONS = {
  ...POLICY_OPTIONS,
  staged: { type: 'boolean' },
  range: { type: 'string' },
  base: { type: 'string' },
  all: { type: 'boolean' },
  rule: { type: 'string', multiple: true },
  module: { type: 'string' },
  point: { type: 'string' },
  format: { type: 'string', multiple: true },
  'max-warnings': { type: 'string' },
  'time-limit': { type: 'string' },
  quiet: { type: 'boolean' },
  timings: { type: 'boolean' },
} as const;

export const CHECK_HELP = `nonstop-policy check [PATH...]   run the policy

What is looked at (the default is every tracked file as it stands in the working tree):
  --staged             what is staged, read from git's index
  --range A..B         what B brings since it left A
  --base REF           what HEAD brings since it left REF
  --all                every file: of HEAD's tree, or with --staged, --range or --base of that side
  PATH                 only these files and folders

  --rule ID            only this rule (repeatable)
  --module NAME        only files of this module
  --point hook|ci      which levels hold; default: ci when CI is set, else hook with --staged, else ci
  --format NAME[=FILE] ${Object.keys(FORMATS).join(', ')} (repeatable; default pretty)
  --as-of YYYY-MM-DD   the day of the check, in UTC; default: today
  --max-warnings N     block when there are more warnings
  --quiet              print only what blocks
  --config FILE        this config instead of the one found
  --allow-js-config    run a config written in JavaScript or TypeScript
  --time-limit SECONDS how long one rule may take (120)
  --timings            say how long each phase took

Exit codes: 0 nothing blocks, 1 blocked, 2 could not decide or wrong use, 130 interrupted.
`;

/** A call of `check`, read and checked. */
export interface CheckArguments {
  readonly question: Question;
  readonly paths: readonly string[];
  readonly rules: readonly string[];
  readonly module: string | undefined;
  readonly point: Point;
  readonly formats: readonly { readonly name: string; readonly file: string | null }[];
  readonly asOf: string | undefined;
  readonly maxWarnings: number | undefined;
  readonly timeLimitMs: number | undefined;
  readonly quiet: boolean;
  readonly config: string | undefined;
  readonly timings: boolean;
  readonly allowJsConfig: boolean;
  readonly help: boolean;
}

export function parseCheckArguments(args: readonly string[], env: NodeJS.ProcessEnv): CheckArguments {
  const { values, positionals } = parseOptions('check', args, OPTIONS);
  return {
    question: questionOf(values),
    paths: positionals,
    rules: values.rule ?? [],
    module: values.module,
    point: pointOf(values.point, values.staged === true, env),
    formats: formatsOf(values.format ?? ['pretty']),
    asOf: values['as-of'] === undefined ? undefined : dayOf('--as-of', values['as-of']),
    maxWarnings:
      values['max-warnings'] === undefined ? undefined : wholeNumber('--max-warnings', values['max-warnings']),
    timeLimitMs: seconds(values['time-limit']),
    quiet: values.quiet === true,
    config: values.config,
    timings: values.timings === true,
    allowJsConfig: allowsJs(values['allow-js-config'], env),
    help: values.help === true,
  };
}

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

function questionOf({ staged, range, base, all = false }: Values): Question {
  const chosen = [staged && '--staged', range !== undefined && '--range', base !== undefined && '--base'].filter(
    Boolean,
  );
  if (chosen.length > 1) {
    throw usage(
      'Two sources are named',
      `nonstop-policy check ${chosen.join(' ')}`,
      'each of them says what is looked at',
      `Keep one of ${chosen.join(', ')}`,
    );
  }
  if (staged) return { kind: 'index', all };
  if (base !== undefined) return { kind: 'range', from: base, to: 'HEAD', all };
  if (range !== undefined) return { kind: 'range', ...endsOf(range), all };
  return { kind: all ? 'tree' : 'worktree' };
}

function endsOf(range: string): { from: string; to: string } {
  const [, from = '', to = ''] = /^(.+?)\.{2,3}(.*)$/.exec(range) ?? [];
  if (from === '') {
    throw usage(
      'The range has no two ends',
      `nonstop-policy check --range ${range}`,
      `"${range}" is not of the form A..B`,
      'Write for instance --range origin/main..HEAD',
    );
  }
  return { from, to: to === '' ? 'HEAD' : to };
}

function pointOf(given: string | undefined, staged: boolean, env: NodeJS.ProcessEnv): Point {
  if (given !== undefined) return oneOf('point', given, POINTS);
  return staged && !inCi(env) ? 'hook' : 'ci';
}

function formatsOf(given: readonly string[]) {
  const formats = given.map((text) => {
    const [, name = '', file = null] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? [];
    if (!Object.hasOwn(FORMATS, name)) throw unknownName('format', name, Object.keys(FORMATS));
    return { name, file };
  });
  const owners = formats.filter(({ name, file }) => file === null && FORMATS[name]?.machine).map(({ name }) => name);
  if (owners.length > 1) {
    throw usage(
      'Two formats want the standard output',
      `--format ${owners.join(' --format ')}`,
      'a machine format must stand there alone',
      `Write all but one to files: --format ${owners[1]}=report.txt`,
    );
  }
  return formats;
}

function seconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && value <= 86_400))
    throw usage(
      'A time is not understood',
      `nonstop-policy check --time-limit ${text}`,
      `"${text}" is not a number of seconds above 0, up to a day`,
      'Write for instance --time-limit 120',
    );
  return value * 1000;
}
