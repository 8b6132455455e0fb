import { MASK } from '../rule/index.js';
import type { Finding, NotEvaluated, RuleReport } from './result.js';

/** Shorter texts are words that reports are made of. A rule masks them in its own excerpt, where it knows their place. */
const SHORTEST = 8;
/** In a path only a token-like text is replaced: a password `services` must not hide which folder a finding is in. */
const SHORTEST_IN_PATH = 16;

/** The same parts of a result with every text masked that a rule wants hidden. */
export function masker(secrets: ReadonlySet<string>) {
  const byEnd = new Map<string, string[]>(); // thousands may begin alike, but they end in random characters
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    const end = secret.slice(-SHORTEST);
    const alike = byEnd.get(end);
    if (alike) alike.push(secret);
    else byEnd.set(end, [secret]);
  }

  /** Where secrets overlap, all of both is masked: one at a time would leave a rest of the other. */
  function replaceAll(text: string, shortest: number): string {
    const found: { start: number; end: number }[] = [];
    for (let end = byEnd.size === 0 ? text.length + 1 : SHORTEST; end <= text.length; end++) {
      for (const secret of byEnd.get(text.slice(end - SHORTEST, end)) ?? []) {
        const start = end - secret.length;
        if (secret.length >= shortest && start >= 0 && text.startsWith(secret, start)) found.push({ start, end });
      }
    }
    let masked = '';
    let at = 0;
    for (const { start, end } of found.sort((a, b) => a.start - b.start)) {
      if (start >= at) masked += text.slice(at, start) + MASK;
      at = Math.max(at, end);
    }
    return masked + text.slice(at);
  }
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
