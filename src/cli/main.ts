import { PolicyError } from '../errors.js';
import { check } from './check.js';
import { crashText, errorText } from './output.js';
import type { Terminal } from './terminal.js';
import { tool } from './tool.js';
import { unknownName } from './usage.js';

type Command = (argv: readonly string[], terminal: Terminal) => Promise<number>;

/** `check` is what hooks call and is here already; the others are loaded when they are asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => check,
  config: async () => (await import('./config.js')).config,
  explain: async () => (await import('./explain.js')).explain,
  raise: async () => (await import('./raise.js')).raise,
  lower: async () => (await import('./lower.js')).lower,
  promote: async () => (await import('./promote.js')).promote,
  waive: async () => (await import('./waive.js')).waive,
  baseline: async () => (await import('./baseline.js')).baseline,
};

const HELP = `nonstop-policy COMMAND

  check [PATH...]        run the policy
  config print|schema    the policy in force; its JSON Schema
  explain PATH           why a file, or a finding by its fingerprint, is judged as it is
  raise MODULE RULE      make a rule count more in a module
  lower MODULE RULE      make it count less, for a time and with a reason
  promote                list what could be raised; --apply raises it, --due writes due steps
  waive FINGERPRINT      let one finding through for a time
  baseline update        accept what stands today; prune, merge

  --version              name and version
  --help                 this text; COMMAND --help says more

Exit codes: 0 nothing blocks, 1 blocked, 2 could not decide or wrong use, 130 interrupted.
`;

/** Runs a command line. Every failure ends here: one clear error, and exit code 2. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    return failed(error, terminal);
  }
}

/** Prints a failure, whatever it is, and gives the exit code for it. */
export async function failed(error: unknown, { err }: Pick<Terminal, 'err'>): Promise<2> {
  const { censor } = await import('../../rules/secrets/censor.js');
  err(error instanceof PolicyError ? errorText(error, censor) : crashText(error, censor));
  return 2;
}

async function dispatch([name = '--help', ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (['--help', '-h', 'help'].includes(name)) {
    terminal.out(HELP);
    return 0;
  }
  if (['--version', '-v'].includes(name)) {
    terminal.out(`${tool().name} ${tool().version}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) throw unknownName('command', name, Object.keys(COMMANDS));
  return (await load())(rest, terminal);
}

// for bin.ts, which is a bundle of its own: an error made there would be of another class
export { unwritable } from './output.js';
