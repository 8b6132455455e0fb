import type { CheckResult, Finding, NotEvaluated, RuleReport } from '../engine/result.js';
import type { Render } from './format.js';
import { findingsOf, undecidedOf } from './select.js';
import { place } from './words.js';
import { element, textElement } from './xml.js';

interface Outcome {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly lines: string[];
}

/**
 * JUnit XML, a suite a rule. What ends the run otherwise than with exit 0 is red and nothing else is: a finding that blocks is a
 * failure, one that warns a passed test with the words in the suite's output; what was not evaluated is an error under `block`, else
 * skipped. No clock time is in it: the time stamp is the day of the check.
 */
export const junit: Render = ({ result }) => {
  const suites = result.rules.map((rule, id) => suiteOf(rule, id, result));
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...element('testsuites', {}, suites), ''].join('\n');
};

function suiteOf(rule: RuleReport, id: number, result: CheckResult): string[] {
  const findings = findingsOf(result, false).filter(({ ruleId }) => ruleId === rule.id);
  const undecided = undecidedOf(result, false).filter(({ ruleId }) => ruleId === rule.id);
  const found = [...findings.map(ofFinding), ...undecided.map(ofUndecided)];
  const cases = found.length > 0 ? found : [ofRule(rule)];
  const count = (wanted: Outcome['kind']) => cases.filter(({ kind }) => kind === wanted).length;
  const warnings = findings.filter(({ level }) => level === 'warn').map((each) => `${place(each)}: ${each.message}`);
  const attributes = {
    name: rule.id,
    package: 'nonstop-policy',
    id,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: 0,
    timestamp: `${result.asOf}T00:00:00`,
    hostname: 'localhost',
  };
  return element('testsuite', attributes, [
    element('properties', {}),
    ...cases.map(({ lines }) => lines),
    textElement('system-out', {}, warnings.join('\n')),
    element('system-err', {}),
  ]);
}

function ofFinding(finding: Finding): Outcome {
  const { ruleId, messageId, level, message, fix, help } = finding;
  const name = `${place(finding)} ${messageId}`;
  if (level === 'warn') return { kind: 'passed', lines: testcase(ruleId, name) };
  const text = [place(finding), message, ...(fix === null ? [] : [`fix: ${fix}`]), `docs: ${help}`].join('\n');
  return { kind: 'failure', lines: testcase(ruleId, name, textElement('failure', { type: 'block', message }, text)) };
}

function ofUndecided({ ruleId, path, level, reason }: NotEvaluated): Outcome {
  const name = `${path ?? ruleId} is evaluated`;
  return level === 'block'
    ? { kind: 'error', lines: testcase(ruleId, name, element('error', { type: 'not-evaluated', message: reason })) }
    : { kind: 'skipped', lines: testcase(ruleId, name, element('skipped', { message: `not evaluated: ${reason}` })) };
}

/** A rule that has nothing to say: it was skipped, or found nothing. */
function ofRule({ id, summary, state, reason }: RuleReport): Outcome {
  return state === 'skipped'
    ? { kind: 'skipped', lines: testcase(id, summary, element('skipped', { message: reason ?? '' })) }
    : { kind: 'passed', lines: testcase(id, summary) };
}

function testcase(ruleId: string, name: string, outcome?: string[]): string[] {
  const attributes = { classname: `nonstop-policy.${ruleId}`, name, time: 0 };
  return element('testcase', attributes, outcome === undefined ? [] : [outcome]);
}
