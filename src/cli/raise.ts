import { removeValue } from '../config/edit.js';
import { LEVELS, type Level, type LevelByPoint, POINTS, type Point, type Policy } from '../config/policy.js';
import { runCheck } from '../engine/check.js';
import { isLower } from '../engine/level.js';
import { byPlace } from '../engine/order.js';
import { type Resolver, resolver, type When } from '../engine/resolve.js';
import type { CheckResult, Finding, NotEvaluated } from '../engine/result.js';
import { systemClock } from '../host/clock.js';
import { inert } from '../report/escape.js';
import { place, undecidedText } from '../report/words.js';
import type { AnyRule } from '../rule/index.js';
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
  type Standing,
  scopeOf,
  shortest,
  standing,
  withOwnLevel,
  withValue,
  written,
} from './edit-config.js';
import { asOfDay, dayOf, oneOf, POLICY_OPTIONS, parseOptions } from './options.js';
import { fileRules, type Session, withSession, workTree } from './session.js';
import type { Terminal } from './terminal.js';
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
  const asOf = asOfDay(values);
  return withSession(workTree(values, terminal), terminal, async (session) => {
    refuseUnknownRule(rule, session);
    const draft = draftOf(session);
    const scope = scopeOf(written(draft), module, rule);
    const so = { policy: session.found.policy, asOf };
    const now = standing(so, module, rule).level;
    const level = target(now, { to, at, scope });
    const dryRun = values['dry-run'] === true;
    if (on !== undefined) {
      if (on <= asOf)
        throw usage('The day is not ahead', `--on ${on}`, `today is ${asOf}`, 'Leave --on out to raise it now');
      await finish(withStep(draft, scope, { now, so }, { on, level: shortest(level) }), dryRun, terminal);
      return 0;
    }
    const raised = raisedNow(draft, scope, level, so);
    const trial = { rule, asOf, after: await policyOf(raised, session), withBaseline: values['with-baseline'], dryRun };
    const code = await tryOut(session, trial, terminal);
    if (code === 0) await finish(raised, dryRun, terminal);
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
function raisedNow(draft: Draft, scope: Scope, level: LevelByPoint, so: Standing): Draft {
  const raised = withOwnLevel(draft, scope, level, so);
  const { entry } = scope;
  if (typeof entry !== 'object' || !('lowered' in entry)) return raised;
  return edited(raised, removeValue, [...scope.path, 'lowered']);
}

function withStep(
  draft: Draft,
  scope: Scope,
  { now, so }: { now: LevelByPoint; so: Standing },
  step: { on: string; level: unknown },
): Draft {
  const { path, entry } = scope;
  if (isBare(entry)) return withValue(draft, path, { level: entry, steps: [step] });
  if (entry !== undefined) return withValue(draft, [...path, 'steps'], [...(entry.steps ?? []), step]);
  if (path[0] !== 'rules') return withValue(draft, path, { steps: [step] });
  const leveled = withOwnLevel(draft, scope, now, so);
  return withStep(leveled, scopeOf(written(leveled), scope.name, scope.rule), { now, so }, step);
}

interface Trial {
  readonly rule: string;
  readonly asOf: string;
  /** The policy with the rule raised. */
  readonly after: Policy;
  readonly withBaseline: boolean | undefined;
  readonly dryRun: boolean;
}

/** Runs the rule as if it were raised, on the files where it then counts more. 0: it may be raised. */
async function tryOut(session: Session, trial: Trial, terminal: Terminal): Promise<number> {
  const { findings, notEvaluated } = await newlyCounting(session, trial);
  if (notEvaluated.length === 0 && findings.length === 0) return 0;
  if (notEvaluated.length === 0 && trial.withBaseline) {
    const rules = new Set([trial.rule]);
    const update = { mode: 'accept', rules, rulesRun: rules, complete: false } as const;
    await writeBaseline(session, findings, { update, dryRun: trial.dryRun }, terminal);
    return 0;
  }
  for (const { level, message, ruleId, ...at } of findings)
    terminal.err(`${inert(`${place(at)}: ${level} ${message} [${ruleId}]`)}\n`);
  for (const entry of notEvaluated)
    terminal.err(`${inert(`not evaluated: ${undecidedText(entry)} [${entry.ruleId}]`)}\n`);
  terminal.err(
    notEvaluated.length > 0
      ? 'not raised: what could not be evaluated may be what it is raised for\n'
      : `not raised: mend ${findings.length === 1 ? 'this' : `these ${findings.length}`} first, or accept with --with-baseline\n`,
  );
  return notEvaluated.length > 0 ? 2 : 1;
}

/** What would block and does not yet, and what cannot be told where the level rises; at either point. */
async function newlyCounting(
  { found, snapshot, accepted }: Session,
  { rule: id, asOf, after }: Trial,
): Promise<Pick<CheckResult, 'findings' | 'notEvaluated'>> {
  const rule = fileRules(found).find(({ meta }) => meta.id === id);
  const findings = new Map<string, Finding>();
  const notEvaluated = new Map<string, NotEvaluated>();
  for (const point of rule === undefined ? [] : POINTS) {
    const rises = risesBetween(found.policy, after, { rule: rule!, when: { point, asOf } });
    const isPerFile = rule!.meta.scope !== 'repository';
    if (isPerFile && !snapshot.entries.some(({ path }) => rises(path))) continue;
    const result = await runCheck({
      policy: after,
      rules: [rule!],
      snapshot,
      asOf,
      point,
      clock: systemClock,
      accepted,
      wanted: isPerFile ? rises : undefined,
    });
    for (const finding of result.findings) {
      const counts = finding.ruleId === id && finding.state === 'new' && finding.level === 'block';
      if (counts && rises(finding.path)) findings.set(finding.fingerprint, finding);
    }
    for (const entry of result.notEvaluated)
      if (entry.path === null || rises(entry.path)) notEvaluated.set(`${entry.path} ${entry.reason}`, entry);
  }
  return { findings: [...findings.values()].sort(byPlace), notEvaluated: [...notEvaluated.values()] };
}

function risesBetween(before: Policy, after: Policy, { rule, when }: { rule: AnyRule; when: When }) {
  const [was, is] = [resolver(before, when), resolver(after, when)];
  const rank = (levels: Resolver, path: string) => LEVELS.indexOf(levels.resolve(rule, path).level);
  return (path: string) => rank(is, path) > rank(was, path);
}
