import type { Origin, Policy } from '../../config/policy.js';
import { isLower, OFF } from '../level.js';
import { draft, type Found } from './rule.js';

export function floorChanges(before: Policy, after: Policy): Found[] {
  const whole: Origin = { file: after.file, line: 1, at: 'floors' };
  return before.floors.flatMap((floor) => {
    const kept = after.floors.some(
      (other) =>
        other.rule === floor.rule &&
        coversAll(other.files, floor.files) &&
        !(floor.level && isLower(other.level ?? OFF, floor.level)) &&
        (other.phase ?? 0) >= (floor.phase ?? 0) &&
        (floor.waivable || !other.waivable) &&
        (floor.inlineWaivers || !other.inlineWaivers) &&
        (floor.maxDays === undefined || (other.maxDays ?? Number.POSITIVE_INFINITY) <= floor.maxDays),
    );
    if (kept) return [];
    const from = floor.files.join(', ');
    const now = after.floors.find((other) => other.rule === floor.rule && other.files.join(', ') === from);
    const to =
      now === undefined ? 'no floor' : JSON.stringify({ ...now, origin: undefined, files: undefined, rule: undefined });
    return [draft('floor', now?.origin ?? whole, { rule: floor.rule, from, to }, `${floor.rule} ${from}`)];
  });
}

/** Whether globs name at least the files of others: those and more, and no more taken out. */
function coversAll(globs: readonly string[], others: readonly string[]): boolean {
  const takesOut = (glob: string) => glob.startsWith('!');
  return (
    others.every((glob) => takesOut(glob) || globs.includes(glob)) &&
    globs.every((glob) => !takesOut(glob) || others.includes(glob))
  );
}
