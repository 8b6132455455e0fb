import type { Point, Policy } from '../config/policy.js';
import type { AnyRule, Clock, Entry, Snapshot } from '../rule/index.js';
import { type AcceptedFindings, applyBaseline } from './accepted.js';
import { announcements } from './announcements.js';
import { EMPTY } from './baseline/baseline.js';
import { completeFindings, completeUndecided, reportOn } from './complete.js';
import { judgeChange, judgePolicy, type PolicyBefore } from './judge-policy.js';
import { letThrough } from './let-through.js';
import { masker } from './mask.js';
import { byPlace } from './order.js';
import { type Resolver, resolver } from './resolve.js';
import type { CheckResult } from './result.js';
import { type Outcome, runRule } from './run-rule.js';
import { countAll, verdictOn } from './verdict.js';

export interface CheckInput {
  readonly policy: Policy;
  readonly rules: readonly AnyRule[];
  readonly snapshot: Snapshot;
  /** The day of the check, `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
  readonly point: Point;
  /** Without one, no rule can run out of time. */
  readonly clock?: Clock | undefined;
  /** How long one rule may take; 120 seconds by default. */
  readonly timeLimitMs?: number | undefined;
  /** Whether a path is asked for; all are by default. */
  readonly wanted?: ((path: string) => boolean) | undefined;
  /** Only files of this module. */
  readonly module?: string | undefined;
  /** More warnings than this block. */
  readonly maxWarnings?: number | undefined;
  /** The policy that the change starts from; absent where no change is looked at. */
  readonly before?: PolicyBefore | undefined;
  /** What was accepted before. */
  readonly accepted?: AcceptedFindings | undefined;
}

const TIME_LIMIT_MS = 120_000;

/** Runs the rules of a policy over a snapshot. The same input gives the same result. */
export async function runCheck(input: CheckInput): Promise<CheckResult> {
  const { policy, snapshot, asOf, point, rules } = input;
  const levels = resolver(policy, { point, asOf });
  const outcomes = await runRules(input, levels);
  const undecided = outcomes.map((outcome) => completeUndecided(outcome, levels));
  const mask = masker(new Set(outcomes.flatMap(({ trace }) => [...trace.secrets])));
  const completed = await Promise.all(
    outcomes.map(({ rule, drafts }) => completeFindings(rule, drafts, levels, mask.path)),
  );
  const change = await judgeChange(policy, input.before, { point, asOf, baseline: input.accepted?.baseline ?? EMPTY });
  const found = [...completed.flat(), ...change.findings].sort(byPlace);
  const passed = await letThrough(found, { policy, rules, resolver: levels, snapshot, asOf });
  const complete = isWhole(input);
  const rulesRun = new Set(outcomes.filter(({ failure }) => failure === null).map(({ rule }) => rule.meta.id));
  const { findings: matched, stale } = await applyBaseline(passed.findings.map(mask.finding), input.accepted, {
    complete,
    rulesRun,
    isPassedOver: passedOver(outcomes, levels),
  });
  const entries = complete ? snapshot.entries : null;
  const own = await judgePolicy(policy, { uses: passed.uses, stale, rulesRun }, { asOf, point, entries });
  const findings = [...matched, ...own.findings.map(mask.finding)].sort(byPlace);
  const notEvaluated = [...undecided.flat(), ...change.notEvaluated].map(mask.notEvaluated);
  return {
    ...verdictOn(findings, notEvaluated, input.maxWarnings),
    asOf,
    point,
    snapshot: { kind: snapshot.kind, base: snapshot.base, head: snapshot.head },
    rules: [
      ...outcomes.map((outcome, at) => mask.report(reportOn(outcome, undecided[at]!))),
      ...change.reports,
      ...own.reports,
    ],
    findings,
    notEvaluated,
    announcements: announcements(policy, asOf),
    counts: countAll(findings, notEvaluated),
  };
}

/** Where a rule is off, or could not judge a file, it says nothing of what is accepted there. */
function passedOver(outcomes: readonly Outcome[], levels: Resolver): (ruleId: string, path: string) => boolean {
  const undecided = new Set(
    outcomes.flatMap(({ rule, trace }) => trace.undecided.map(({ path }) => `${rule.meta.id}\n${path}`)),
  );
  const rules = new Map(outcomes.map(({ rule }) => [rule.meta.id, rule]));
  return (ruleId, path) => {
    const rule = rules.get(ruleId);
    const isOff = rule === undefined || levels.resolve(rule, path).level === 'off' || levels.isIgnored(path);
    return isOff || undecided.has(`${ruleId}\n${path}`);
  };
}

function runRules(input: CheckInput, levels: Resolver): Promise<Outcome[]> {
  const { rules, snapshot, clock, asOf, wanted = () => true, module: only } = input;
  const looksAt = ({ path }: Entry) => wanted(path) && !levels.isIgnored(path);
  const run = {
    resolver: levels,
    clock,
    timeLimitMs: input.timeLimitMs ?? TIME_LIMIT_MS,
    surroundings: { snapshot, clock, today: asOf },
    entries: snapshot.entries.filter(looksAt),
    all: async () => (await snapshot.all()).filter(looksAt),
    whole: isWhole(input),
    only: (path: string) => only === undefined || levels.moduleOf(path)?.name === only,
  };
  return Promise.all(rules.map((rule) => runRule(rule, run)));
}

/** Whether everything is looked at: not only a change, nor a selection of files. */
function isWhole({ snapshot, wanted, module }: CheckInput): boolean {
  return snapshot.isWhole && wanted === undefined && module === undefined;
}
