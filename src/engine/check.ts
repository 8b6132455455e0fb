import type { Module, Point, Policy } from '../config/policy.js';
import type { AnyRule, Clock, Entry, Snapshot } from '../rule/index.js';
import { completeFindings, completeUndecided, reportOn } from './complete.js';
import { masker } from './mask.js';
import { type Resolver, resolver } from './resolve.js';
import type { CheckResult, Finding, NotEvaluated, Verdict } from './result.js';
import { type Outcome, runRule } from './run-rule.js';

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
}

const TIME_LIMIT_MS = 120_000;

/** Runs the rules of a policy over a snapshot. The same input gives the same result. */
export async function runCheck(input: CheckInput): Promise<CheckResult> {
  const { policy, snapshot, asOf, point } = input;
  const levels = resolver(policy, point);
  const outcomes = await runRules(input, levels);
  const undecided = outcomes.map((outcome) => completeUndecided(outcome, levels));
  const mask = masker(new Set(outcomes.flatMap(({ trace }) => [...trace.secrets])));
  const completed = await Promise.all(outcomes.map((outcome) => completeFindings(outcome, levels, mask.path)));
  const findings = completed.flat().sort(byPlace);
  const notEvaluated = undecided.flat();
  return {
    ...verdictOn(findings, notEvaluated, input.maxWarnings),
    asOf,
    point,
    snapshot: { kind: snapshot.kind, base: snapshot.base, head: snapshot.head },
    rules: outcomes.map((outcome, at) => mask.report(reportOn(outcome, undecided[at]!))),
    findings: findings.map(mask.finding),
    notEvaluated: notEvaluated.map(mask.notEvaluated),
    counts: countAll(findings, notEvaluated),
  };
}

function runRules(input: CheckInput, levels: Resolver): Promise<Outcome[]> {
  const { rules, snapshot, clock, asOf, wanted = () => true } = input;
  const looksAt = ({ path }: Entry) => wanted(path) && !levels.isIgnored(path);
  const run = {
    resolver: levels,
    clock,
    timeLimitMs: input.timeLimitMs ?? TIME_LIMIT_MS,
    surroundings: { snapshot, clock, today: asOf },
    entries: snapshot.entries.filter(looksAt),
    all: async () => (await snapshot.all()).filter(looksAt),
    whole: ['tree', 'worktree'].includes(snapshot.kind) && input.wanted === undefined && input.module === undefined,
    only: (module: Module | null) => input.module === undefined || module?.name === input.module,
  };
  return Promise.all(rules.map((rule) => runRule(rule, run)));
}

/** Under `block`, what could not be decided weighs more than what was found: mended findings alone would not make it pass. */
function verdictOn(
  findings: readonly Finding[],
  undecided: readonly NotEvaluated[],
  maxWarnings = Number.POSITIVE_INFINITY,
) {
  const counting = findings.filter(({ state }) => state === 'new');
  const warnings = counting.filter(({ level }) => level === 'warn').length;
  const verdict: Verdict = undecided.some(({ level }) => level === 'block')
    ? 'error'
    : counting.length > warnings || warnings > maxWarnings
      ? 'block'
      : warnings > 0 || undecided.length > 0
        ? 'warn'
        : 'pass';
  const exitCode = verdict === 'error' ? 2 : verdict === 'block' ? 1 : 0;
  return { verdict, exitCode } as const;
}

function countAll(findings: readonly Finding[], undecided: readonly NotEvaluated[]): CheckResult['counts'] {
  const count = (is: (finding: Finding) => boolean) => findings.filter(is).length;
  return {
    block: count(({ state, level }) => state === 'new' && level === 'block'),
    warn: count(({ state, level }) => state === 'new' && level === 'warn'),
    baselined: count(({ state }) => state === 'baselined'),
    waived: count(({ state }) => state === 'waived'),
    notEvaluated: undecided.length,
  };
}

function byPlace(a: Finding, b: Finding): number {
  return (
    byText(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    byText(a.ruleId, b.ruleId) ||
    byText(a.fingerprint, b.fingerprint)
  );
}

/** By UTF-16 units, never by locale: every machine gives the same order. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
