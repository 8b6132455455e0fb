import type { Level, Point, Policy } from '../config/policy.js';
import type { AnyRule, Draft, Entry } from '../rule/index.js';
import type { Accepted, Baseline } from './baseline/baseline.js';
import type { Rename } from './baseline/rename.js';
import { completeFindings } from './complete.js';
import { stricter } from './level.js';
import { baselineGrowth, POLICY_CHANGE_RULE, policyChanges } from './policy-change/index.js';
import { resolver, type When } from './resolve.js';
import type { Finding, NotEvaluated, RuleReport } from './result.js';
import { POLICY_RULE, policyFaults, staleEntries, unmatchedModules, waiverFaults } from './self-check.js';
import type { WaiverUse } from './waivers.js';

/** Rules that judge the policy and not the files; a config names them like any other. */
export const ENGINE_RULES: readonly AnyRule[] = [POLICY_RULE, POLICY_CHANGE_RULE];

/** The policy that a change starts from, `null` when it had none; or why it cannot be read. */
export type PolicyBefore =
  | {
      readonly policy: Policy | null;
      readonly baseline: Baseline;
      /** What files of these former names are called now. */
      renames(from: readonly string[]): readonly Rename[];
    }
  | { readonly failure: string };

export interface Judged {
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
  readonly reports: readonly RuleReport[];
}

const NOTHING: Judged = { findings: [], notEvaluated: [], reports: [] };

/** What a run has shown of the policy. */
export interface Shown {
  readonly uses: readonly WaiverUse[];
  readonly stale: readonly Accepted[];
  /** Rules that came to an answer. */
  readonly rulesRun: ReadonlySet<string>;
}

/** Findings on the policy itself, at `warn` unless it names another level for them; `entries` when every file was looked at. */
export async function judgePolicy(
  policy: Policy,
  { uses, stale, rulesRun }: Shown,
  { asOf, point, entries }: { asOf: string; point: Point; entries: readonly Entry[] | null },
): Promise<Judged> {
  const level = levelOf(POLICY_RULE, policy, { point, asOf }) ?? 'warn';
  const drafts = [
    ...policyFaults(policy),
    ...(entries === null ? [] : unmatchedModules(policy, entries)),
    ...waiverFaults(uses, { asOf, complete: entries !== null, rulesRun }),
    ...staleEntries(stale),
  ];
  const findings = await complete(POLICY_RULE, drafts, level);
  return findings.length === 0 ? NOTHING : { ...NOTHING, findings, reports: [report(POLICY_RULE, 'ran', null)] };
}

/** The level of `policy-change`: that of the policy before counts too, or a change could switch off its own judge. */
function changeLevel(policy: Policy, before: PolicyBefore, when: When): Level {
  const levelIn = (each: Policy): Level => levelOf(POLICY_CHANGE_RULE, each, when) ?? 'off';
  return 'policy' in before && before.policy !== null
    ? stricter(levelIn(policy), levelIn(before.policy))
    : levelIn(policy);
}

/** What holds for the config's own file: with its steps and floors. `undefined` where nothing names the rule. */
function levelOf(rule: AnyRule, policy: Policy, when: When): Level | undefined {
  const levels = resolver(policy, when);
  return levels.explain(rule.meta.id, policy.file).length === 0 ? undefined : levels.resolve(rule, policy.file).level;
}

/** What the change does to the policy. A lowering by name, reason and date is seen, and lets itself through. */
export async function judgeChange(
  policy: Policy,
  before: PolicyBefore | undefined,
  { point, asOf, baseline }: When & { baseline: Baseline },
): Promise<Judged> {
  if (before === undefined) return NOTHING;
  const level = changeLevel(policy, before, { point, asOf });
  if (level === 'off') return NOTHING;
  const ruleId = POLICY_CHANGE_RULE.meta.id;
  if ('failure' in before) {
    const notEvaluated = [{ ruleId, path: null, level, reason: before.failure }];
    return { ...NOTHING, notEvaluated, reports: [report(POLICY_CHANGE_RULE, 'not-evaluated', before.failure)] };
  }
  const grown = before.policy === null || baseline.size === 0 ? [] : await growthOf(before, baseline);
  const drafts = [...(before.policy === null ? [] : policyChanges(before.policy, policy)), ...baselineGrowth(grown)];
  const findings = (await complete(POLICY_CHANGE_RULE, drafts, level)).map((finding) =>
    finding.messageId === 'lowered'
      ? { ...finding, state: 'waived' as const, waiver: `lowered (${finding.data.ticket})` }
      : finding,
  );
  return { ...NOTHING, findings, reports: [report(POLICY_CHANGE_RULE, 'ran', null)] };
}

async function growthOf(
  { baseline, renames }: { baseline: Baseline; renames(from: readonly string[]): readonly Rename[] },
  now: Baseline,
): Promise<Accepted[]> {
  const [{ growth }, { whatOf }] = await Promise.all([
    import('./baseline/update.js'),
    import('./baseline/baseline.js'),
  ]);
  const grown = new Set(growth(baseline, now).map(({ kind }) => whatOf(kind)));
  const former = [...baseline.values()].filter(({ kind }) => grown.has(whatOf(kind))).map(({ path }) => path);
  return growth(baseline, now, former.length === 0 ? [] : renames([...new Set(former)]));
}

function complete(rule: AnyRule, drafts: readonly Draft[], level: Level): Promise<Finding[]> {
  return completeFindings(rule, drafts, { resolve: () => ({ level, options: {} }), moduleOf: () => null });
}

function report({ meta }: AnyRule, state: RuleReport['state'], reason: string | null): RuleReport {
  return { id: meta.id, summary: meta.summary, scans: false, state, reason, files: 0, bytes: 0 };
}
