import { configJsonSchema } from '../config/json-schema.js';
import { OFF } from '../engine/level.js';
import type { FoundPolicy } from './find-policy.js';
import { KNOWN_RULES } from './known-rules.js';
import { POLICY_OPTIONS, parseOptions } from './options.js';
import { withSession, workTree } from './session.js';
import type { Terminal } from './terminal.js';
import { unknownName } from './usage.js';

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

async function print(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseOptions('config print', argv, POLICY_OPTIONS);
  return withSession(workTree(values, terminal), terminal, async ({ found }) => {
    terminal.out(`${JSON.stringify(resolvedPolicy(found), null, 2)}\n`);
    return 0;
  });
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
