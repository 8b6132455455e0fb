import { parseArgs } from 'node:util';
import { RULES } from '../../rules/index.js';
import { configJsonSchema } from '../config/json-schema.js';
import { openRepository } from '../host/repository.js';
import { openSnapshot } from '../host/snapshots.js';
import { findPolicy } from './find-policy.js';
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
    terminal.out(`${JSON.stringify(configJsonSchema(RULES), null, 2)}\n`);
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
    const found = await findPolicy({ top: repository.top, cwd, snapshot, rules: RULES, given: values.config, allowJs });
    if (found.note !== null) err(`note: ${found.note}\n`);
    const defaults = (id: string) =>
      Object.fromEntries(
        Object.entries(found.rules.find(({ meta }) => meta.id === id)?.meta.options ?? {}).map(([name, spec]) => [
          name,
          (spec as { default: unknown }).default,
        ]),
      );
    const rules = Object.fromEntries(
      found.rules.map(({ meta: { id } }) => {
        const { level = { hook: 'off', ci: 'off' }, options = {} } = found.policy.rules[id] ?? {};
        return [id, { level, ...defaults(id), ...options }];
      }),
    );
    out(
      `${JSON.stringify({ file: found.file, rules, modules: found.policy.modules, ignore: found.policy.ignore }, null, 2)}\n`,
    );
    return 0;
  } finally {
    snapshot.close();
  }
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
