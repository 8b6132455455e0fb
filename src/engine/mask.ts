import { MASK } from '../rule/index.js';
import type { Finding, NotEvaluated, RuleReport } from './result.js';

/** Shorter texts are words that reports are made of. A rule masks them in its own excerpt, where it knows their place. */
const SHORTEST = 8;
/** In a path only a token-like text is replaced: a password `services` must not hide which folder a finding is in. */
const SHORTEST_IN_PATH = 16;

/** The same parts of a result with every text masked that a rule wants hidden. */
export function masker(secrets: ReadonlySet<string>) {
  const byStart = indexByStart(secrets);
  const replaceAll = (text: string, shortest: number) =>
    byStart.size === 0 ? text : replaceIn(text, byStart, shortest);
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

/** By their first characters, the longest first: a text is then read once, however many secrets there are. */
function indexByStart(secrets: ReadonlySet<string>): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length < SHORTEST) continue;
    const start = secret.slice(0, SHORTEST);
    index.set(start, [...(index.get(start) ?? []), secret]);
  }
  return index;
}

function replaceIn(text: string, byStart: ReadonlyMap<string, readonly string[]>, shortest: number): string {
  let masked = '';
  let kept = 0;
  for (let at = 0; at + SHORTEST <= text.length; ) {
    const secret = byStart
      .get(text.slice(at, at + SHORTEST))
      ?.find((each) => each.length >= shortest && text.startsWith(each, at));
    if (secret === undefined) at++;
    else {
      masked += text.slice(kept, at) + MASK;
      at += secret.length;
      kept = at;
    }
  }
  return masked + text.slice(kept);
}
