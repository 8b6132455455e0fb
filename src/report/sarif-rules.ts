import type { CheckResult } from '../engine/result.js';

/** GitHub rejects a longer description. */
const MOST_CHARS = 1024;

/**
 * Rules of which a finding is a security alert. The severity goes by CVSS (9 and above is critical), as GitHub shows it in place of
 * our level; the tags are CodeQL's names for weaknesses.
 */
const SECURITY: Readonly<Record<string, { readonly severity: string; readonly tags: readonly string[] }>> = {
  secrets: { severity: '9.0', tags: ['security', 'external/cwe/cwe-798'] },
};

/** Every rule that was to look at something, and every one with a finding. GitHub takes no empty description. */
export function rulesOf({ rules, findings }: CheckResult) {
  const found = new Set(findings.map(({ ruleId }) => ruleId));
  return rules
    .filter(({ id, state }) => state !== 'skipped' || found.has(id))
    .map(({ id, summary }) => describe(id, summary));
}

function describe(id: string, summary: string) {
  const text = [...(summary === '' ? id : summary)].slice(0, MOST_CHARS).join('');
  const docs = `docs/rules/${id}.md`;
  const security = Object.hasOwn(SECURITY, id) ? SECURITY[id] : undefined;
  return {
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: {
      text: `${docs} says what the rule finds, how to mend it, and when to waive it.`,
      markdown: `\`${docs}\` says what the rule finds, how to mend it, and when to waive it.`,
    },
    ...(security && { properties: { 'security-severity': security.severity, precision: 'high', tags: security.tags } }),
  };
}
