import { parseArgs } from 'node:util';
import { configJsonSchema } from '../config/json-schema.js';
import { OFF } from '../engine/level.js';
import { openRepository } from '../host/repository.js';
import { openSnapshot } from '../host/snapshots.js';
import { type FoundPolicy, findPolicy } from './find-policy.js';
import { KNOWN_RULES } from './known-rules.js';
import type { Terminal } from './terminal.js';
import { unknownName, usage } from './usage.js';

export const CONFIG_HELP = `nonstop-policy config print    the policy in force, with every default filled in, as JSON
nonstop-policy config schema   the JSON Schema of nonstop.config.json

  --config FILE        this config instead of the one found
  --allow-js-config    run a config written in JavaScript or TypeScript
`;

/** `nonstop-policy config print|schema`. */
export async function config(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [verb = '', ...rest] = argv;
  if (verb === 'schema' && rest.length === 0) {
    terminal.out(`${JSON.stringify(configJsonSchema(KNOWN_RULES), null, 2)}\n`);
    return 0;
  }
  if (verb === 'print') return print(rest, terminal);
  if (['--help', '-h', 'help'].includes(verb)) {
    terminal.out(CONFIG_HELP);
    return 0;
  }
  throw unknownName('config command', argv.join(' '), ['print', 'schema']);
}

async function print(argv: readonly string[], { cwd, env, out, err }: Terminal): Promise<number> {
  const options = { config: { type: 'string' }, 'allow-js-config': { type: 'boolean' } } as const;
  const { values } = orUsage(() => parseArgs({ args: [...argv], options }));
  const repository = openRepository(cwd, env);
  const snapshot = openSnapshot(repository, { kind: 'worktree' });
  try {
    const allowJs = values['allow-js-config'] === true || /^(1|true|yes)$/i.test(env.NONSTOP_ALLOW_JS_CONFIG ?? '');
    const found = await findPolicy({
      top: repository.top,
      cwd,
      snapshot,
      rules: KNOWN_RULES,
      given: values.config,
      allowJs,
    });
    if (found.note !== null) err(`note: ${found.note}\n`);
    out(`${JSON.stringify(resolvedPolicy(found), null, 2)}\n`);
    return 0;
  } finally {
    snapshot.close();
  }
}

/** Every rule with its level and all its options, and the rest as it holds; places are left out. */
function resolvedPolicy({ policy, rules, file }: FoundPolicy): object {
  const filledIn = rules.map(({ meta }) => {
    const { level = OFF, phase, steps = [], lowered, options = {} } = policy.rules[meta.id] ?? {};
    const defaults = Object.entries(meta.options).map(([name, spec]) => [name, (spec as { default: unknown }).default]);
    return [meta.id, { level, phase, steps, lowered, ...Object.fromEntries(defaults), ...options }];
  });
  const { presets, modules, floors, waivers, ignore } = policy;
  const whole = { file, presets, rules: Object.fromEntries(filledIn), modules, floors, waivers, ignore };
  return JSON.parse(JSON.stringify(whole, (key, value) => (key === 'origin' ? undefined : value)));
}

function orUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw usage(
      'An option is not understood',
      'nonstop-policy config print',
      (error as Error).message.split('\n')[0]!,
      'nonstop-policy config --help lists the options',
    );
  }
}
