import type { CheckResult, Finding, NotEvaluated, Verdict } from './result.js';

/** Under `block`, what could not be decided weighs more than what was found: mended findings alone would not make it pass. */
export function verdictOn(
  findings: readonly Finding[],
  undecided: readonly NotEvaluated[],
  maxWarnings = Number.POSITIVE_INFINITY,
): Pick<CheckResult, 'verdict' | 'exitCode'> {
  const counting = findings.filter(({ state }) => state === 'new');
  const warnings = counting.filter(({ level }) => level === 'warn').length;
  const verdict: Verdict = undecided.some(({ level }) => level === 'block')
    ? 'error'
    : counting.length > warnings || warnings > maxWarnings
      ? 'block'
      : warnings > 0 || undecided.length > 0
        ? 'warn'
        : 'pass';
  return { verdict, exitCode: verdict === 'error' ? 2 : verdict === 'block' ? 1 : 0 };
}

export function countAll(findings: readonly Finding[], undecided: readonly NotEvaluated[]): CheckResult['counts'] {
  const count = (is: (finding: Finding) => boolean) => findings.filter(is).length;
  return {
    block: count(({ state, level }) => state === 'new' && level === 'block'),
    warn: count(({ state, level }) => state === 'new' && level === 'warn'),
    baselined: count(({ state }) => state === 'baselined'),
    waived: count(({ state }) => state === 'waived'),
    notEvaluated: undecided.length,
  };
}
