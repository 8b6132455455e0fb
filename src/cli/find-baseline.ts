import type { AcceptedFindings } from '../engine/accepted.js';
import { BASELINE_FILE, type Baseline, EMPTY } from '../engine/baseline/baseline.js';
import { PolicyError } from '../errors.js';
import { renamesOf } from '../host/renames.js';
import type { Repository } from '../host/repository.js';
import type { OpenSnapshot } from '../host/snapshots.js';
import type { Blob } from '../rule/index.js';

const MAX_BYTES = 100 * 1024 * 1024;

/** The baseline as it stands in the snapshot; `undefined` where there is none. @throws PolicyError BASELINE_INVALID */
export async function findBaseline(
  snapshot: OpenSnapshot,
  repository: Repository,
): Promise<AcceptedFindings | undefined> {
  const blob = (await snapshot.find([BASELINE_FILE], MAX_BYTES)).get(BASELINE_FILE);
  if (blob === undefined) return undefined;
  return { baseline: await parsed(blob), renames: (from) => renamesOf(from, snapshot, repository) };
}

/** The baseline of the commit that a change starts from. */
export async function findBaselineBefore(snapshot: OpenSnapshot): Promise<Baseline> {
  const blob = (await snapshot.findBefore([BASELINE_FILE], MAX_BYTES)).get(BASELINE_FILE);
  return blob === undefined ? EMPTY : parsed(blob);
}

async function parsed(blob: Blob): Promise<Baseline> {
  if (!blob.ok) {
    const fix = 'Restore it from the last good commit';
    throw new PolicyError('BASELINE_INVALID', {
      what: 'The baseline cannot be read',
      where: BASELINE_FILE,
      why: blob.reason,
      fix,
    });
  }
  const { parseBaseline } = await import('../engine/baseline/parse.js');
  const result = parseBaseline(Buffer.from(blob.bytes).toString('utf8'));
  if (!result.ok) throw result.error;
  return result.value;
}
