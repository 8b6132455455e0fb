import { removeValue } from '../config/edit.js';
import { LEVELS, type LevelByPoint, POINTS, type Policy, type Setting } from '../config/policy.js';
import { runCheck } from '../engine/check.js';
import { stricterByPoint } from '../engine/level.js';
import { resolver } from '../engine/resolve.js';
import type { CheckResult } from '../engine/result.js';
import { systemClock, today } from '../host/clock.js';
import {
  type Draft,
  draftOf,
  edited,
  finish,
  scopeOf,
  shortest,
  withLevel,
  withValue,
  written,
} from './edit-config.js';
import { allowsJs, dayOf, POLICY_OPTIONS, parseOptions } from './options.js';
import { declared } from './raise.js';
import { fileRules, type Session, withSession } from './session.js';
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
  const asOf = values['as-of'] === undefined ? today() : dayOf('--as-of', values['as-of']);
  const wanted = {
    question: { kind: 'worktree' } as const,
    config: values.config,
    allowJs: allowsJs(values['allow-js-config'], terminal.env),
  };
  return withSession(wanted, terminal, async (session) => {
    const dryRun = values['dry-run'] === true;
    if (values.due) await finish(withDueSteps(draftOf(session), asOf, session.found.policy), dryRun, terminal);
    if (values.due && !values.apply) return 0;
    const candidates = await candidatesIn(session, asOf);
    for (const { module, rule, from, to, files } of candidates) {
      terminal.out(`${module} ${rule}: ${spelled(from)} → ${spelled(to)}  (${files} files, nothing found)\n`);
    }
    if (candidates.length === 0) terminal.out('nothing can be raised: every rule finds something, or is at block\n');
    if (!values.apply || candidates.length === 0) return 0;
    const draft = candidates.reduce(
      (text, { module, rule, to }) => withLevel(text, scopeOf(written(text), module, rule), to),
      draftOf(session),
    );
    await finish(draft, dryRun, terminal);
    return 0;
  });
}

const spelled = (level: LevelByPoint) => JSON.stringify(shortest(level)).replaceAll('"', '');

/** One run with every rule at block shows what is clean; nearest to block first, then where most files gain. */
async function candidatesIn({ found, snapshot, accepted }: Session, asOf: string): Promise<Candidate[]> {
  const { policy } = found;
  const rules = fileRules(found);
  const scopes = ['default', ...policy.modules.map(({ name }) => name)];
  const strict = everywhereBlock(
    policy,
    rules.map(({ meta }) => meta.id),
  );
  const result = await runCheck({ policy: strict, rules, snapshot, asOf, point: 'ci', clock: systemClock, accepted });
  const files = filesOf(
    policy,
    snapshot.entries.map(({ path }) => path),
    asOf,
  );
  const all = scopes.flatMap((module) =>
    rules.flatMap(({ meta: { id: rule } }): Candidate[] => {
      const from = declared(policy, module, rule);
      const to = oneUp(from);
      const count = files.get(module) ?? 0;
      const isSet =
        module === 'default' ||
        policy.modules.some(({ name, rules: own }) => name === module && own[rule]?.level !== undefined);
      return !isSet || count === 0 || to === null || !isClean(result, module, rule)
        ? []
        : [{ module, rule, from, to, files: count }];
    }),
  );
  return all.sort((a, b) => rank(b.from) - rank(a.from) || b.files - a.files || (a.module < b.module ? -1 : 1));
}

const rank = (level: LevelByPoint) => LEVELS.indexOf(level.hook) + LEVELS.indexOf(level.ci);

function oneUp(level: LevelByPoint): LevelByPoint | null {
  const lowest = LEVELS[Math.min(...POINTS.map((point) => LEVELS.indexOf(level[point])))]!;
  const up = LEVELS[LEVELS.indexOf(lowest) + 1];
  return up === undefined ? null : stricterByPoint(level, { hook: up, ci: up });
}

function isClean({ findings, notEvaluated }: CheckResult, module: string, rule: string): boolean {
  const inScope = (name: string | null) => (module === 'default' ? name === null : name === module);
  return (
    !notEvaluated.some(({ ruleId }) => ruleId === rule) &&
    !findings.some((finding) => finding.ruleId === rule && finding.state === 'new' && inScope(finding.module))
  );
}

function filesOf(policy: Policy, paths: readonly string[], asOf: string): Map<string, number> {
  const { moduleOf, isIgnored } = resolver(policy, { point: 'ci', asOf });
  const counts = new Map<string, number>();
  for (const path of paths) {
    if (isIgnored(path)) continue;
    const name = moduleOf(path)?.name ?? 'default';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function everywhereBlock(policy: Policy, ids: readonly string[]): Policy {
  const block = { hook: 'block', ci: 'block' } as const;
  const origin = { file: policy.file, line: null, at: 'rules' };
  const strict = (setting: Setting): Setting => ({ ...setting, level: block, lowered: undefined });
  const bare: Setting = { level: block, phase: undefined, steps: [], lowered: undefined, options: {}, origin };
  return {
    ...policy,
    rules: { ...policy.rules, ...Object.fromEntries(ids.map((id) => [id, strict(policy.rules[id] ?? bare)])) },
    modules: policy.modules.map((module) => ({
      ...module,
      rules: Object.fromEntries(Object.entries(module.rules).map(([id, setting]) => [id, strict(setting)])),
    })),
  };
}

/** Each setting at the level that its due steps have brought, without those steps. */
function withDueSteps(draft: Draft, asOf: string, policy: Policy): Draft {
  const config = written(draft);
  const scopes = ['default', ...(config.modules ?? []).map(({ name }) => name)];
  let next = draft;
  for (const module of scopes) {
    const settings =
      (module === 'default' ? config.rules : config.modules?.find(({ name }) => name === module)?.rules) ?? {};
    for (const rule of Object.keys(settings)) next = withoutDue(next, { module, rule, asOf, policy });
  }
  return next;
}

function withoutDue(
  draft: Draft,
  { module, rule, asOf, policy }: { module: string; rule: string; asOf: string; policy: Policy },
): Draft {
  const scope = scopeOf(written(draft), module, rule);
  const { entry, path } = scope;
  if (typeof entry !== 'object' || !('steps' in entry) || !entry.steps?.some(({ on }) => on <= asOf)) return draft;
  const setting =
    module === 'default' ? policy.rules[rule] : policy.modules.find(({ name }) => name === module)?.rules[rule];
  const due = (setting?.steps ?? []).filter(({ on }) => on <= asOf);
  const level = due.reduce(
    (so, step) => (step.level ? stricterByPoint(so, step.level) : so),
    declared(policy, module, rule),
  );
  const left = entry.steps.filter(({ on }) => on > asOf);
  const raised = due.some((step) => step.level) ? withLevel(draft, scope, level) : draft;
  return left.length === 0
    ? edited(raised, removeValue, [...path, 'steps'])
    : withValue(raised, [...path, 'steps'], left);
}
