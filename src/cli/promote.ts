import { removeValue } from '../config/edit.js';
import { type Config, LEVELS, type LevelByPoint, POINTS, type Policy } from '../config/policy.js';
import { runCheck } from '../engine/check.js';
import { matcher } from '../engine/globs.js';
import { stricterByPoint } from '../engine/level.js';
import { resolver } from '../engine/resolve.js';
import type { CheckResult } from '../engine/result.js';
import { systemClock } from '../host/clock.js';
import { count, spelled } from '../report/words.js';
import {
  type Draft,
  draftOf,
  edited,
  finish,
  policyOf,
  type Scope,
  type Standing,
  scopeOf,
  standing,
  withOwnLevel,
  withValue,
  written,
} from './edit-config.js';
import { asOfDay, POLICY_OPTIONS, parseOptions } from './options.js';
import { fileRules, type Session, withSession, workTree } from './session.js';
import type { Terminal } from './terminal.js';

export const PROMOTE_HELP = `nonstop-policy promote   list what could be raised: rules that find nothing in a module

  --apply              raise each by one level
  --due                write the steps that have come due into plain levels
  --dry-run            show the change, write nothing
`;

const OPTIONS = {
  ...POLICY_OPTIONS,
  apply: { type: 'boolean' },
  due: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const;

/** A rule that finds nothing in a module, and the next level for it. */
interface Candidate {
  readonly module: string;
  readonly rule: string;
  readonly from: LevelByPoint;
  readonly to: LevelByPoint;
  readonly files: number;
}

/** `nonstop-policy promote`. */
export async function promote(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseOptions('promote', argv, OPTIONS);
  if (values.help) {
    terminal.out(PROMOTE_HELP);
    return 0;
  }
  const asOf = asOfDay(values);
  return withSession(workTree(values, terminal), terminal, async (session) => {
    const dryRun = values['dry-run'] === true;
    const now = draftOf(session);
    const due = values.due ? withDueSteps(now, { policy: session.found.policy, asOf }) : now;
    if (values.due && !values.apply) {
      await finish(due, dryRun, terminal);
      return 0;
    }
    const so = { policy: due === now ? session.found.policy : await policyOf(due, session), asOf };
    const candidates = await candidatesIn(session, written(due), so);
    for (const { module, rule, from, to, files } of candidates) {
      terminal.out(`${module} ${rule}: ${spelled(from)} → ${spelled(to)}  (${count(files, 'file')}, nothing new)\n`);
    }
    if (candidates.length === 0) terminal.out('nothing can be raised: every rule finds something, or is at block\n');
    if (!values.apply) return 0;
    const raised = candidates.reduce(
      (draft, { module, rule, to }) => withOwnLevel(draft, scopeOf(written(draft), module, rule), to, so),
      due,
    );
    if (raised !== now) await finish(raised, dryRun, terminal);
    return 0;
  });
}

/** One run with every rule at block shows what is clean; nearest to block first, then where most files gain. */
async function candidatesIn(
  { found, snapshot, accepted }: Session,
  config: Config,
  so: Standing,
): Promise<Candidate[]> {
  const { policy, asOf } = so;
  const rules = fileRules(found);
  const strict = everywhereBlock(policy);
  const result = await runCheck({ policy: strict, rules, snapshot, asOf, point: 'ci', clock: systemClock, accepted });
  const levels = resolver(policy, { point: 'ci', asOf });
  const scopes = ['default', ...(config.modules ?? []).map(({ name }) => name)];
  const all = scopes.flatMap((module) =>
    rules.flatMap(({ meta: { id: rule, files } }): Candidate[] => {
      const isSet = (module === 'default' ? policy : moduleNamed(policy, module))?.rules[rule]?.level !== undefined;
      const from = standing(so, module, rule).level;
      const to = oneUp(from);
      if (!isSet || to === null) return [];
      const covers = coverage(policy, module, rule);
      const isRead = files === undefined ? () => true : matcher(files);
      const count = snapshot.entries.filter(
        ({ path }) => isRead(path) && !levels.isIgnored(path) && covers(levels.moduleOf(path)?.name ?? null),
      ).length;
      return count === 0 || !isClean(result, rule, covers) ? [] : [{ module, rule, from, to, files: count }];
    }),
  );
  return all.sort((a, b) => rank(b.from) - rank(a.from) || b.files - a.files || (a.module < b.module ? -1 : 1));
}

const moduleNamed = ({ modules }: Policy, module: string | null) => modules.find(({ name }) => name === module);

/** Whether a setting decides about the files of a module: the default does where the module says nothing of the rule. */
function coverage(policy: Policy, scope: string, rule: string): (module: string | null) => boolean {
  return (module) =>
    scope === 'default' ? moduleNamed(policy, module)?.rules[rule]?.level === undefined : module === scope;
}

const rank = (level: LevelByPoint) => LEVELS.indexOf(level.hook) + LEVELS.indexOf(level.ci);

function oneUp(level: LevelByPoint): LevelByPoint | null {
  const lowest = LEVELS[Math.min(...POINTS.map((point) => LEVELS.indexOf(level[point])))]!;
  const up = LEVELS[LEVELS.indexOf(lowest) + 1];
  return up === undefined ? null : stricterByPoint(level, { hook: up, ci: up });
}

function isClean(
  { findings, notEvaluated }: CheckResult,
  rule: string,
  covers: (module: string | null) => boolean,
): boolean {
  return (
    !notEvaluated.some(({ ruleId }) => ruleId === rule) &&
    !findings.some((finding) => finding.ruleId === rule && finding.state === 'new' && covers(finding.module))
  );
}

function everywhereBlock(policy: Policy): Policy {
  const level = { hook: 'block', ci: 'block' } as const;
  const strict = (rules: Policy['rules']) =>
    Object.fromEntries(Object.entries(rules).map(([id, rule]) => [id, { ...rule, level, lowered: undefined }]));
  return {
    ...policy,
    rules: strict(policy.rules),
    modules: policy.modules.map((module) => ({ ...module, rules: strict(module.rules) })),
  };
}

/** Each setting at the level and phase that its due steps have brought, without those steps. */
function withDueSteps(draft: Draft, so: Standing): Draft {
  const config = written(draft);
  const scopes = ['default', ...(config.modules ?? []).map(({ name }) => name)];
  let next = draft;
  for (const module of scopes) {
    const settings =
      (module === 'default' ? config.rules : config.modules?.find(({ name }) => name === module)?.rules) ?? {};
    for (const rule of Object.keys(settings)) next = withoutDue(next, scopeOf(written(next), module, rule), so);
  }
  return next;
}

function withoutDue(draft: Draft, scope: Scope, so: Standing): Draft {
  const { entry, path, name, rule } = scope;
  if (typeof entry !== 'object' || !('steps' in entry)) return draft;
  const due = (entry.steps ?? []).filter(({ on }) => on <= so.asOf);
  if (due.length === 0) return draft;
  const { level, phase } = standing(so, name, rule);
  const left = (entry.steps ?? []).filter(({ on }) => on > so.asOf);
  const stepped =
    left.length === 0 ? edited(draft, removeValue, [...path, 'steps']) : withValue(draft, [...path, 'steps'], left);
  const now = () => scopeOf(written(stepped), name, rule);
  const leveled = due.some((step) => step.level !== undefined) ? withOwnLevel(stepped, now(), level, so) : stepped;
  return due.some((step) => step.phase !== undefined) ? withValue(leveled, [...path, 'phase'], phase) : leveled;
}
