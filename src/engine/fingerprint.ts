import { createHash } from 'node:crypto';
import type { Draft } from '../rule/index.js';

/**
 * Names findings of one rule across edits: 16 digits say where (the path), 16 say what (rule, message, the rule's key), and from the
 * second equal one in a file on `-2`, `-3` … tells them apart. No line number goes in. So what is accepted of a file can be counted,
 * and found again after a rename, without the drafts it was made from.
 * @param shown the path as reports show it: with a secret in a file name masked, or its hash would confirm a guess
 */
export function fingerprints(
  ruleId: string,
  drafts: readonly Draft[],
  shown: (path: string) => string = (path) => path,
): string[] {
  const seen = new Map<string, number>();
  return drafts.map(({ messageId, path, key }) => {
    const kind = digits([shown(path)]) + digits([ruleId, messageId, key]);
    const nth = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, nth);
    return nth === 1 ? kind : `${kind}-${nth}`;
  });
}

/** 64 bits: to make another key or path of the same digits on purpose takes as many tries. */
function digits(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
