import { LEVELS, type Level, type LevelByPoint, POINTS } from '../config/policy.js';

/** The one that counts more. */
export function stricter(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b;
}

/** Whether `a` counts less than `b` at some point. */
export function isLower(a: LevelByPoint, b: LevelByPoint): boolean {
  return POINTS.some((point) => LEVELS.indexOf(a[point]) < LEVELS.indexOf(b[point]));
}

/** At each point the one that counts more. */
export function stricterByPoint(a: LevelByPoint, b: LevelByPoint): LevelByPoint {
  return { hook: stricter(a.hook, b.hook), ci: stricter(a.ci, b.ci) };
}

export const OFF: LevelByPoint = { hook: 'off', ci: 'off' };
