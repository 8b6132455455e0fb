import type { Floor, LevelByPoint, Module, Origin, Policy, Setting } from '../config/policy.js';
import { OFF, stricterByPoint } from './level.js';

/** One thing that says something about a rule's level or phase for some files. */
export interface Contribution {
  readonly kind: 'default' | 'module' | 'step' | 'lowered' | 'floor';
  readonly level: LevelByPoint | undefined;
  readonly phase: number | undefined;
  readonly origin: Origin;
  /** Whether it holds on the day: a step may not be due yet, a lowering may be over. */
  readonly inForce: boolean;
  /** The day from which a step holds, or the last of a lowering. */
  readonly day: string | null;
}

/** How tight a rule is. */
export interface Tightness {
  readonly level: LevelByPoint;
  readonly phase: number;
}

export interface Place {
  readonly ruleId: string;
  readonly module: Module | null;
  /** The floors that cover the file. */
  readonly floors: readonly Floor[];
  readonly asOf: string;
}

/**
 * All that speaks of a rule in one place, in the order in which it is applied: the default, its steps, the module, its steps, what
 * was lowered there, the floors. `explain` prints this very list, so what it says is what holds.
 */
export function contributions(policy: Policy, { ruleId, module, floors, asOf }: Place): Contribution[] {
  const base = policy.rules[ruleId];
  const own = module?.rules[ruleId];
  return [
    ...(base ? fromSetting('default', base, asOf) : []),
    ...(own ? fromSetting('module', own, asOf) : []),
    ...floors
      .filter((floor) => floor.rule === ruleId && (floor.level !== undefined || floor.phase !== undefined))
      .map(
        ({ level, phase, origin }): Contribution => ({ kind: 'floor', level, phase, origin, inForce: true, day: null }),
      ),
  ];
}

function fromSetting(
  kind: 'default' | 'module',
  { level, phase, origin, steps, lowered }: Setting,
  asOf: string,
): Contribution[] {
  const said: Contribution = { kind, level, phase, origin, inForce: true, day: null };
  const dated = steps.map(
    (step): Contribution => ({
      kind: 'step',
      level: step.level,
      phase: step.phase,
      origin: step.origin,
      inForce: step.on <= asOf,
      day: step.on,
    }),
  );
  if (lowered === undefined) return [said, ...dated];
  const { level: to, phase: toPhase, origin: place, until } = lowered;
  return [
    said,
    ...dated,
    { kind: 'lowered', level: to, phase: toPhase, origin: place, inForce: asOf <= until, day: until },
  ];
}

/** What holds: a setting replaces what stood before, a step and a floor only tighten, a lowering replaces until its last day. */
export function tightnessOf(list: readonly Contribution[]): Tightness {
  let level = OFF;
  let phase = 0;
  for (const { kind, inForce, ...said } of list) {
    if (!inForce) continue;
    const replaces = kind !== 'step' && kind !== 'floor';
    if (said.level !== undefined) level = replaces ? said.level : stricterByPoint(level, said.level);
    if (said.phase !== undefined) phase = replaces ? said.phase : Math.max(phase, said.phase);
  }
  return { level, phase };
}
