import { createHash } from 'node:crypto';
import type { Draft } from '../rule/index.js';

/**
 * Names a finding across edits: a hash of rule, message, path and the rule's key, and of how many equal ones stand before it in
 * the file. No line number goes in, and no secret, since a rule's key holds none.
 */
export function fingerprints(ruleId: string, drafts: readonly Draft[]): string[] {
  const seen = new Map<string, number>();
  return drafts.map(({ messageId, path, key }) => {
    const identity = JSON.stringify([ruleId, messageId, path, key]);
    const nth = seen.get(identity) ?? 0;
    seen.set(identity, nth + 1);
    return createHash('sha256').update(`${identity}#${nth}`).digest('hex').slice(0, 32);
  });
}
