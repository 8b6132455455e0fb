import { runCheck } from '../engine/check.js';
import type { Finding } from '../engine/result.js';
import { systemClock } from '../host/clock.js';
import { fileRules, type Session } from './session.js';
import { usage } from './usage.js';

/** `F`, or `F-2` for the second of equal findings in a file. */
export function isFingerprint(text: string): boolean {
  return /^[0-9a-f]{32}(-\d+)?$/.test(text);
}

/** The finding of the session's files that has this fingerprint. */
export async function findingBy(
  fingerprint: string,
  asOf: string,
  { snapshot, found, accepted }: Session,
): Promise<Finding> {
  const rules = fileRules(found);
  const { findings } = await runCheck({
    policy: found.policy,
    rules,
    snapshot,
    asOf,
    point: 'ci',
    clock: systemClock,
    accepted,
  });
  const finding = findings.find((each) => each.fingerprint === fingerprint);
  if (finding !== undefined) return finding;
  throw usage(
    'No finding has this fingerprint',
    fingerprint,
    `the working tree has ${findings.length} findings, and it is none of them`,
    'nonstop-policy check --format json shows each with its fingerprint',
  );
}
