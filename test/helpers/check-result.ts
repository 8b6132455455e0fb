import type { CheckResult, Finding, NotEvaluated, RuleReport } from '../../src/engine/result.js';
import type { Report, Surface } from '../../src/report/format.js';

/** A finding of the rule `secrets` that blocks. */
export function finding(change: Partial<Finding> = {}): Finding {
  const ruleId = change.ruleId ?? 'secrets';
  return {
    ruleId,
    messageId: 'found',
    message: 'GitHub token: ghp_********',
    level: 'block',
    state: 'new',
    path: 'src/a.ts',
    line: 3,
    column: 14,
    endLine: 3,
    endColumn: 54,
    waiver: null,
    module: null,
    fingerprint: '0123456789abcdef0123456789abcdef',
    data: {},
    help: `docs/rules/${ruleId}.md#found`,
    excerpt: null,
    fix: null,
    ...change,
  };
}

export function undecided(change: Partial<NotEvaluated> = {}): NotEvaluated {
  return {
    ruleId: 'secrets',
    path: 'big.bin',
    level: 'block',
    reason: 'it has 9 bytes, more than the limit of 8',
    ...change,
  };
}

export function ruleReport(change: Partial<RuleReport> = {}): RuleReport {
  return {
    id: 'secrets',
    summary: 'No credential enters the repository',
    scans: true,
    state: 'ran',
    reason: null,
    files: 12,
    bytes: 34567,
    ...change,
  };
}

/** A result whose verdict, exit code and counts follow from its findings, as the engine makes it. */
export function checkResult(change: Partial<CheckResult> = {}): CheckResult {
  const { findings = [], notEvaluated = [] } = change;
  const count = (is: (finding: Finding) => boolean) => findings.filter(is).length;
  const counts = {
    block: count(({ state, level }) => state === 'new' && level === 'block'),
    warn: count(({ state, level }) => state === 'new' && level === 'warn'),
    baselined: count(({ state }) => state === 'baselined'),
    waived: count(({ state }) => state === 'waived'),
    notEvaluated: notEvaluated.length,
  };
  const stuck = notEvaluated.some(({ level }) => level === 'block');
  const verdict = stuck
    ? 'error'
    : counts.block > 0
      ? 'block'
      : counts.warn + counts.notEvaluated > 0
        ? 'warn'
        : 'pass';
  return {
    verdict,
    exitCode: verdict === 'error' ? 2 : verdict === 'block' ? 1 : 0,
    asOf: '2026-11-22',
    point: 'ci',
    snapshot: { kind: 'worktree', base: null, head: null },
    rules: [ruleReport()],
    findings,
    notEvaluated,
    announcements: [],
    counts,
    ...change,
  };
}

export function report(change: Partial<CheckResult> = {}): Report {
  return { tool: { name: 'nonstop-policy', version: '1.2.3' }, result: checkResult(change), timings: null };
}

export const PLAIN: Surface = { colour: false, width: 80, quiet: false };
