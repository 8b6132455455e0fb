import type { ActiveLevel, CheckResult, Finding, NotEvaluated } from '../engine/result.js';
import { jsonText, printable } from './escape.js';
import type { Render, Report } from './format.js';
import { rulesOf } from './sarif-rules.js';
import { blocksFirst, findingsOf, undecidedOf } from './select.js';
import { uriOf } from './uri.js';
import { announced, count } from './words.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** GitHub rejects a file with more. */
const MOST_RESULTS = 25_000;
const LEVEL = { block: 'error', warn: 'warning' } as const satisfies Record<ActiveLevel, string>;

/**
 * SARIF 2.1.0, as GitHub code scanning takes it. What is in the baseline or waived is left out, since GitHub shows suppressed
 * results as open; a run without results is written all the same, since it closes the alerts of the run before.
 */
export const sarif: Render = (report) => {
  return jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [runOf(report)] });
};

function runOf({ tool, result }: Report) {
  const rules = rulesOf(result);
  const indexOf = (ruleId: string) => rules.findIndex(({ id }) => id === ruleId);
  const findings = blocksFirst(findingsOf(result, false));
  return {
    tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules } },
    automationDetails: { id: `${tool.name}/` },
    invocations: [invocationOf(result, findings.length - MOST_RESULTS, indexOf)],
    columnKind: 'utf16CodeUnits',
    results: findings.slice(0, MOST_RESULTS).map((finding) => resultOf(finding, indexOf(finding.ruleId))),
  };
}

function resultOf(finding: Finding, ruleIndex: number) {
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: LEVEL[finding.level],
    message: { text: text(finding.message) },
    locations: [{ physicalLocation: { artifactLocation: artifact(finding.path), region: regionOf(finding) } }],
    partialFingerprints: { 'nonstopFingerprint/v1': finding.fingerprint },
    properties: { messageId: finding.messageId, ...(finding.module === null ? {} : { module: finding.module }) },
  };
}

/** GitHub drops a result without a line, so what is said of a whole file is said of its first. */
function regionOf({ line, column, endLine, endColumn }: Finding) {
  if (line === null) return { startLine: 1 };
  return {
    startLine: line,
    ...(column === null ? {} : { startColumn: column }),
    ...(endLine === null ? {} : { endLine }),
    ...(endColumn === null ? {} : { endColumn }),
  };
}

function invocationOf(result: CheckResult, leftOut: number, indexOf: (ruleId: string) => number) {
  const undecided = undecidedOf(result, false).map((entry) => notificationOf(entry, indexOf(entry.ruleId)));
  const rest = `${count(leftOut, 'finding')} left out, since GitHub takes ${MOST_RESULTS} in a run; --format json has all`;
  const soon = result.announcements.map((step) => ({ level: 'note', message: { text: text(announced(step)) } }));
  return {
    executionSuccessful: result.verdict !== 'error',
    exitCode: result.exitCode,
    toolExecutionNotifications: [...undecided, ...(leftOut > 0 ? [{ level: 'warning', message: { text: rest } }] : [])],
    ...(soon.length > 0 ? { toolConfigurationNotifications: soon } : {}),
  };
}

function notificationOf({ ruleId, path, level, reason }: NotEvaluated, index: number) {
  return {
    level: LEVEL[level],
    message: { text: text(`Not evaluated: ${reason}`) },
    associatedRule: { id: ruleId, index },
    ...(path === null ? {} : { locations: [{ physicalLocation: { artifactLocation: artifact(path) } }] }),
  };
}

function artifact(path: string) {
  return { uri: uriOf(path), uriBaseId: '%SRCROOT%' };
}

/** A viewer makes a link of `[text](target)` in a message. */
function text(message: string): string {
  return printable(message).replaceAll('](', ']\u200B(');
}
