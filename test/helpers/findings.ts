import type { Accepted, Baseline } from '../../src/engine/baseline/baseline.js';
import { updateBaseline } from '../../src/engine/baseline/update.js';
import { fingerprints } from '../../src/engine/fingerprint.js';
import type { Finding } from '../../src/engine/result.js';
import type { Draft } from '../../src/rule/index.js';

/** A draft of `rule`, as little of it as a baseline looks at. */
export interface Found extends Partial<Draft> {
  readonly path: string;
  readonly rule?: string;
  readonly state?: Finding['state'];
}

/** Findings as a run makes them of drafts. */
export function findingsOf(found: readonly Found[]): Finding[] {
  const drafts = found.map((each, at) => ({
    rule: 'todo',
    state: 'new' as const,
    messageId: 'found',
    key: '',
    line: at + 1,
    ...each,
  }));
  return [...new Set(drafts.map(({ rule }) => rule))].flatMap((rule) => {
    const own = drafts.filter((draft) => draft.rule === rule);
    const prints = fingerprints(rule, own);
    return own.map(({ messageId, path, line, fresh, state }, at) => ({
      ruleId: rule,
      messageId,
      message: '',
      level: 'block' as const,
      state,
      path,
      line,
      column: 1,
      endLine: null,
      endColumn: null,
      module: null,
      waiver: null,
      fingerprint: prints[at]!,
      ...(fresh ? { fresh: true as const } : {}),
      data: {},
      help: '',
      excerpt: null,
      fix: null,
    }));
  });
}

/** Everything was looked at, by these rules. */
export function wholeRun(...rules: string[]) {
  return { complete: true, rulesRun: new Set(rules.length > 0 ? rules : ['todo']) };
}

/** What accepting these findings gives. */
export function accepting(findings: readonly Finding[]): Baseline {
  const rules = new Set(findings.map(({ ruleId }) => ruleId));
  return updateBaseline(new Map(), findings, { mode: 'accept', rules, complete: true, rulesRun: rules });
}

/** `path xN` of each, in order. */
export function counts(entries: Iterable<Accepted>): string[] {
  return [...entries].map(({ path, count }) => `${path} x${count}`).sort();
}
