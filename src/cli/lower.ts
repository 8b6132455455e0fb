import { LEVELS, type LevelByPoint, POINTS } from '../config/policy.js';
import { isLower } from '../engine/level.js';
import { resolver } from '../engine/resolve.js';
import {
  atPoint,
  type Draft,
  draftOf,
  finish,
  isBare,
  type Scope,
  type Standing,
  scopeOf,
  shortest,
  standing,
  withOwnLevel,
  withValue,
  written,
} from './edit-config.js';
import { asOfDay, dayOf, oneOf, POLICY_OPTIONS, parseOptions } from './options.js';
import { moduleAndRule, refuseUnknownRule } from './raise.js';
import { type Session, withSession, workTree } from './session.js';
import type { Terminal } from './terminal.js';
import { usage } from './usage.js';

export const LOWER_HELP = `nonstop-policy lower MODULE RULE   make a rule count less in a module ("default": in every file), for a time

It writes an entry that says why and who, is seen by the rule policy-change, and ends by itself. A floor is not gone below.

  --to LEVEL           off or warn
  --at hook|ci         only at this point
  --reason TEXT  --owner NAME  --ticket ID  --until YYYY-MM-DD    all four are mandatory
  --dry-run            show the change, write nothing
`;

const OPTIONS = {
  ...POLICY_OPTIONS,
  to: { type: 'string' },
  at: { type: 'string' },
  reason: { type: 'string' },
  owner: { type: 'string' },
  ticket: { type: 'string' },
  until: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

/** `nonstop-policy lower MODULE RULE`. */
export async function lower(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions('lower', argv, OPTIONS);
  if (values.help) {
    terminal.out(LOWER_HELP);
    return 0;
  }
  const { module, rule } = moduleAndRule('lower', positionals);
  const { reason, owner, ticket } = mandatory(values, ['to', 'reason', 'owner', 'ticket', 'until']);
  const to = oneOf('level', values.to ?? '', LEVELS);
  const at = values.at === undefined ? undefined : oneOf('point', values.at, POINTS);
  const until = dayOf('--until', values.until ?? '');
  const asOf = asOfDay(values);
  if (until < asOf)
    throw usage('The last day is over', `--until ${until}`, `today is ${asOf}`, 'Name a day that is ahead');
  return withSession(workTree(values, terminal), terminal, async (session) => {
    refuseUnknownRule(rule, session);
    const draft = draftOf(session);
    const scope = scopeOf(written(draft), module, rule);
    const so = { policy: session.found.policy, asOf };
    const now = standing(so, module, rule).level;
    const level = atPoint(now, at, to);
    if (!isLower(level, now)) {
      throw usage(
        'This would not lower it',
        `${module}, --to ${to}`,
        `it is at ${JSON.stringify(shortest(now))} now`,
        'Name a lower level, or use nonstop-policy raise',
      );
    }
    refuseBelowFloor(session, { module, rule, level, asOf });
    const entry = { level: shortest(level), reason, owner, ticket, until };
    await finish(withLowered(draft, scope, { now, so }, entry), values['dry-run'] === true, terminal);
    return 0;
  });
}

/** Options that must be there and say something. */
export function mandatory<K extends string>(
  values: Readonly<Partial<Record<K, unknown>>>,
  names: readonly K[],
): Record<K, string> {
  const lacking = names.filter((name) => typeof values[name] !== 'string' || (values[name] as string).trim() === '');
  if (lacking.length === 0) return values as Record<K, string>;
  const list = lacking.map((name) => `--${name}`).join(', ');
  throw usage(
    'Mandatory options are missing',
    list,
    `each of ${names.map((name) => `--${name}`).join(', ')} is needed`,
    `Add ${list}`,
  );
}

/** A floor over any file of the module stands in the way: it would hold anyway, and the entry would pretend otherwise. */
function refuseBelowFloor(
  { found, snapshot }: Session,
  lowering: { module: string; rule: string; level: LevelByPoint; asOf: string },
): void {
  const { moduleOf, floorsOf } = resolver(found.policy, { point: 'ci', asOf: lowering.asOf });
  for (const { path } of snapshot.entries) {
    const module = moduleOf(path);
    const takes = module?.rules[lowering.rule]?.level === undefined; // its level from the default
    if (lowering.module === 'default' ? !takes : module?.name !== lowering.module) continue;
    const floor = floorsOf(path).find(
      ({ rule, level }) => rule === lowering.rule && level !== undefined && isLower(lowering.level, level),
    );
    if (floor === undefined) continue;
    const { file, line, at } = floor.origin;
    const least = JSON.stringify(shortest(floor.level ?? { hook: 'off', ci: 'off' }));
    throw usage(
      'A floor does not allow this',
      `${file}${line === null ? '' : `:${line}`}, ${at}`,
      `it keeps ${lowering.rule} at ${least} in ${path}`,
      'Have the floor changed by those who own it',
    );
  }
}

function withLowered(
  draft: Draft,
  scope: Scope,
  { now, so }: { now: LevelByPoint; so: Standing },
  lowered: object,
): Draft {
  const { path, entry } = scope;
  if (isBare(entry)) return withValue(draft, path, { level: entry, lowered });
  if (entry !== undefined) return withValue(draft, [...path, 'lowered'], lowered);
  if (path[0] !== 'rules') return withValue(draft, path, { lowered });
  const leveled = withOwnLevel(draft, scope, now, so);
  return withLowered(leveled, scopeOf(written(leveled), scope.name, scope.rule), { now, so }, lowered);
}
