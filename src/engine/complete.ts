import type { AnyRule, Data, Draft } from '../rule/index.js';
import type { Resolver } from './resolve.js';
import type { ActiveLevel, Finding, NotEvaluated, RuleReport } from './result.js';
import type { Outcome } from './run-rule.js';

/**
 * Drafts of one rule → findings: module, level, words, fingerprint. A draft where the rule is off does not count.
 * @param shown the path as reports show it, which is the one in the fingerprint
 */
export async function completeFindings(
  rule: AnyRule,
  drafts: readonly Draft[],
  resolver: Pick<Resolver, 'resolve' | 'moduleOf'>,
  shown?: (path: string) => string,
): Promise<Finding[]> {
  if (drafts.length === 0) return [];
  const { fingerprints } = await import('./fingerprint.js'); // node:crypto takes 8 ms to load, and most runs find nothing
  const prints = fingerprints(rule.meta.id, drafts, shown);
  return drafts.flatMap((draft, at) => {
    const { level } = resolver.resolve(rule, draft.path);
    const module = resolver.moduleOf(draft.path)?.name ?? null;
    return level === 'off' ? [] : [complete(rule, draft, { level, module, fingerprint: prints[at]! })];
  });
}

function complete(
  rule: AnyRule,
  draft: Draft,
  facts: Pick<Finding, 'module' | 'fingerprint'> & { level: ActiveLevel },
): Finding {
  const { meta } = rule;
  const { messageId, data = {} } = draft;
  return {
    ruleId: meta.id,
    messageId,
    message: fill(meta.messages[messageId] ?? '', data),
    level: facts.level,
    state: 'new',
    waiver: null,
    path: draft.path,
    line: draft.line ?? null,
    column: draft.column ?? null,
    endLine: draft.endLine ?? null,
    endColumn: draft.endColumn ?? null,
    module: facts.module,
    fingerprint: facts.fingerprint,
    ...(draft.fresh ? { fresh: true as const } : {}),
    data,
    help: `docs/rules/${meta.id}.md#${messageId.toLowerCase()}`,
    excerpt: draft.excerpt ?? null,
    fix: meta.fixes?.[messageId] ? fill(meta.fixes[messageId], data) : null,
  };
}

function fill(template: string, data: Data): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(data[name] ?? ''));
}

/** What one rule could not decide: as a whole, or file by file, each at the level that would have held there. */
export function completeUndecided({ rule, trace, failure, level }: Outcome, resolver: Resolver): NotEvaluated[] {
  const ruleId = rule.meta.id;
  const whole = failure !== null && level !== null ? [{ ruleId, path: null, level, reason: failure }] : [];
  const files = trace.undecided.flatMap(({ path, reason }) => {
    const at = resolver.resolve(rule, path).level;
    return at === 'off' ? [] : [{ ruleId, path, level: at, reason }];
  });
  return [...whole, ...files];
}

export function reportOn({ rule, trace, skipped }: Outcome, undecided: readonly NotEvaluated[]): RuleReport {
  const counts = { files: trace.files, bytes: trace.bytes };
  const { id, summary } = rule.meta;
  if (skipped !== null) return { id, summary, scans: true, state: 'skipped', reason: skipped, ...counts };
  const [first, ...more] = undecided;
  if (first === undefined) return { id, summary, scans: true, state: 'ran', reason: null, ...counts };
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  const reason = `${first.path === null ? '' : `${first.path}: `}${first.reason}${rest}`;
  return { id, summary, scans: true, state: 'not-evaluated', reason, ...counts };
}
