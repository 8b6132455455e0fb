import type { Finding } from './result.js';

/** By path, line, column, rule; the fingerprint last, so that no two runs differ. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    byText(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    byText(a.ruleId, b.ruleId) ||
    byText(a.fingerprint, b.fingerprint)
  );
}

/** By UTF-16 units, never by locale: every machine gives the same order. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
