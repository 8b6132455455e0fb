import { removeValue } from '../config/edit.js';
import { LEVELS, type Level, type LevelByPoint, POINTS, type Point, type Policy } from '../config/policy.js';
import { runCheck } from '../engine/check.js';
import { isLower, OFF } from '../engine/level.js';
import type { CheckResult, Finding } from '../engine/result.js';
import { systemClock, today } from '../host/clock.js';
import { compact } from '../report/compact.js';
import { writeBaseline } from './accept.js';
import {
  atPoint,
  type Draft,
  draftOf,
  edited,
  finish,
  isBare,
  policyOf,
  type Scope,
  scopeOf,
  shortest,
  withLevel,
  withValue,
  written,
} from './edit-config.js';
import { allowsJs, dayOf, oneOf, POLICY_OPTIONS, parseOptions } from './options.js';
import { fileRules, type Session, withSession } from './session.js';
import type { Terminal } from './terminal.js';
import { tool } from './tool.js';
import { unknownName, usage } from './usage.js';

export const RAISE_HELP = `nonstop-policy raise MODULE RULE   make a rule count more in a module ("default": in every file)

The rule is run on the module first. While it finds something, it is not raised to block, and what it found is listed.

  --to LEVEL           warn or block; the next higher by default
  --at hook|ci         only at this point
  --on YYYY-MM-DD      from that day on: writes a step, for which nothing needs to be mended yet
  --with-baseline      accept what is found today into the baseline, and raise
  --dry-run            show the change, write nothing
`;

const OPTIONS = {
  ...POLICY_OPTIONS,
  to: { type: 'string' },
  at: { type: 'string' },
  on: { type: 'string' },
  'with-baseline': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const;

/** `nonstop-policy raise MODULE RULE`. */
export async function raise(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions('raise', argv, OPTIONS);
  if (values.help) {
    terminal.out(RAISE_HELP);
    return 0;
  }
  const { module, rule } = moduleAndRule('raise', positionals);
  const at = values.at === undefined ? undefined : oneOf('point', values.at, POINTS);
  const to = values.to === undefined ? undefined : oneOf('level', values.to, LEVELS);
  const on = values.on === undefined ? undefined : dayOf('--on', values.on);
  const asOf = values['as-of'] === undefined ? today() : dayOf('--as-of', values['as-of']);
  const wanted = {
    question: { kind: 'worktree' } as const,
    config: values.config,
    allowJs: allowsJs(values['allow-js-config'], terminal.env),
  };
  return withSession(wanted, terminal, async (session) => {
    refuseUnknownRule(rule, session);
    const draft = draftOf(session);
    const scope = scopeOf(written(draft), module, rule);
    const now = declared(session.found.policy, module, rule);
    const level = target(now, { to, at, scope });
    if (on !== undefined) {
      if (on <= asOf)
        throw usage('The day is not ahead', `--on ${on}`, `today is ${asOf}`, 'Leave --on out to raise it now');
      await finish(withStep(draft, scope, now, { on, level: shortest(level) }), values['dry-run'] === true, terminal);
      return 0;
    }
    const raised = raisedNow(draft, scope, level);
    const code = await tryOut(
      raised,
      session,
      {
        module,
        rule,
        asOf,
        point: at ?? 'ci',
        level,
        withBaseline: values['with-baseline'] === true,
        dryRun: values['dry-run'] === true,
      },
      terminal,
    );
    if (code === 0) await finish(raised, values['dry-run'] === true, terminal);
    return code;
  });
}

export function moduleAndRule(command: string, positionals: readonly string[]): { module: string; rule: string } {
  const [module, rule, ...rest] = positionals;
  if (module !== undefined && rule !== undefined && rest.length === 0) return { module, rule };
  throw usage(
    'A module and a rule are expected',
    `nonstop-policy ${command}`,
    `${positionals.length} words are given`,
    `Write nonstop-policy ${command} MODULE RULE`,
  );
}

export function refuseUnknownRule(rule: string, { found }: Session): void {
  const ids = found.rules.map(({ meta }) => meta.id);
  if (!ids.includes(rule)) throw unknownName('rule', rule, ids);
}

/** The level that is written for a module, or that it takes from the default; without steps, lowerings and floors. */
export function declared({ rules, modules }: Policy, module: string, rule: string): LevelByPoint {
  const own = modules.find(({ name }) => name === module)?.rules[rule];
  return own?.level ?? rules[rule]?.level ?? OFF;
}

function target(
  now: LevelByPoint,
  { to, at, scope }: { to: Level | undefined; at: Point | undefined; scope: Scope },
): LevelByPoint {
  const lowest = at === undefined ? (isLower(now, { hook: now.ci, ci: now.ci }) ? now.hook : now.ci) : now[at];
  const level = to ?? LEVELS[LEVELS.indexOf(lowest) + 1] ?? 'block';
  const next = atPoint(now, at, level);
  if (isLower(next, now)) {
    throw usage(
      'This would lower it',
      `${scope.name}, --to ${level}`,
      `it is at ${JSON.stringify(shortest(now))} now`,
      'Use nonstop-policy lower, which asks for a reason and a last day',
    );
  }
  const lowered = typeof scope.entry === 'object' && 'lowered' in scope.entry;
  if (JSON.stringify(next) === JSON.stringify(now) && !lowered) {
    throw usage(
      'There is nothing to raise',
      scope.name,
      `it is at ${JSON.stringify(shortest(now))} already`,
      'nonstop-policy promote lists what can be raised',
    );
  }
  return next;
}

/** The level; and what was lowered for a time is not any more. */
function raisedNow(draft: Draft, scope: Scope, level: LevelByPoint): Draft {
  const raised = withLevel(draft, scope, level);
  const { entry } = scope;
  if (typeof entry !== 'object' || !('lowered' in entry)) return raised;
  return edited(raised, removeValue, [...scope.path, 'lowered']);
}

function withStep(
  draft: Draft,
  { path, entry }: Scope,
  now: LevelByPoint,
  step: { on: string; level: unknown },
): Draft {
  if (isBare(entry)) return withValue(draft, path, { level: entry, steps: [step] });
  if (entry === undefined)
    return withValue(draft, path, path[0] === 'rules' ? { level: shortest(now), steps: [step] } : { steps: [step] });
  return withValue(draft, [...path, 'steps'], [...(entry.steps ?? []), step]);
}

interface Trial {
  readonly module: string;
  readonly rule: string;
  readonly asOf: string;
  readonly point: Point;
  readonly level: LevelByPoint;
  readonly withBaseline: boolean;
  readonly dryRun: boolean;
}

/** Runs the rule as if it were raised. 0: it may be. */
async function tryOut(raised: Draft, session: Session, trial: Trial, terminal: Terminal): Promise<number> {
  const result = await runRaised(policyOf(raised, session.found), session, trial);
  const counting = result.findings.filter((finding) => isInScope(finding, trial, session.found.policy));
  const blocks = POINTS.some((point) => trial.level[point] === 'block');
  if (result.notEvaluated.length === 0 && (counting.length === 0 || !blocks)) return 0;
  if (result.notEvaluated.length === 0 && trial.withBaseline) {
    const rules = new Set([trial.rule]);
    const update = { mode: 'accept', rules, rulesRun: rules, complete: false } as const;
    await writeBaseline(session, counting, { update, dryRun: trial.dryRun }, terminal);
    return 0;
  }
  const shown = { ...result, findings: counting };
  terminal.err(compact({ tool: tool(), result: shown, timings: null }, { colour: false, width: 80, quiet: false }));
  terminal.err(`not raised: mend these first, or accept them with --with-baseline\n`);
  return result.notEvaluated.length > 0 ? 2 : 1;
}

/** In `default` those of files whose module says nothing of the rule. */
function isInScope({ state, ruleId, module }: Finding, { module: scope, rule }: Trial, { modules }: Policy): boolean {
  const own = modules.find(({ name }) => name === module)?.rules[rule]?.level;
  return state === 'new' && ruleId === rule && (scope === 'default' ? own === undefined : module === scope);
}

function runRaised(
  policy: Policy,
  { found, snapshot, accepted }: Session,
  { module, rule, asOf, point }: Trial,
): Promise<CheckResult> {
  return runCheck({
    policy,
    rules: fileRules(found).filter(({ meta }) => meta.id === rule),
    snapshot,
    asOf,
    point,
    clock: systemClock,
    module: module === 'default' ? undefined : module,
    accepted,
  });
}
