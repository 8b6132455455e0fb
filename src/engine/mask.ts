import { MASK } from '../rule/index.js';
import type { Finding, NotEvaluated, RuleReport } from './result.js';

/** Shorter texts are words that reports are made of. A rule masks them in its own excerpt, where it knows their place. */
const SHORTEST = 8;
/** In a path only a token-like text is replaced: a password `services` must not hide which folder a finding is in. */
const SHORTEST_IN_PATH = 16;

/** The same parts of a result with every text masked that a rule wants hidden. */
export function masker(secrets: ReadonlySet<string>) {
  const ordered = [...secrets].sort((a, b) => b.length - a.length); // no rest of a longer one may be left by a shorter
  const replaceAll = (text: string, shortest: number) =>
    ordered.reduce((masked, secret) => (secret.length >= shortest ? masked.replaceAll(secret, MASK) : masked), text);
  const mask = (text: string) => replaceAll(text, SHORTEST);
  const maskPath = (path: string) => replaceAll(path, SHORTEST_IN_PATH);

  return {
    path: maskPath,
    finding: (finding: Finding): Finding => ({
      ...finding,
      message: mask(finding.message),
      path: maskPath(finding.path),
      data: Object.fromEntries(
        Object.entries(finding.data).map(([name, value]) => [name, typeof value === 'string' ? mask(value) : value]),
      ),
      excerpt: finding.excerpt && { ...finding.excerpt, text: mask(finding.excerpt.text) },
      fix: finding.fix && mask(finding.fix),
    }),
    notEvaluated: (entry: NotEvaluated): NotEvaluated => ({
      ...entry,
      path: entry.path && maskPath(entry.path),
      reason: mask(entry.reason),
    }),
    report: (report: RuleReport): RuleReport => ({ ...report, reason: report.reason && mask(report.reason) }),
  };
}
