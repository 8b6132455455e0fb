import type { LevelByPoint, Lowered, Module, Origin, Policy, Step } from '../../config/policy.js';
import { isLower, OFF } from '../level.js';
import { draft, type Found, spelled } from './rule.js';

/** What holds for a rule in a scope, from its own setting and from the default where that leaves something to it. */
export interface Held {
  readonly level: LevelByPoint;
  readonly phase: number;
  readonly steps: readonly Step[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Its own alone: that of the default is told there. */
  readonly lowered: Lowered | undefined;
}

/** @param module `undefined`: the default */
export function held({ rules }: Policy, module: Pick<Module, 'rules'> | undefined, rule: string): Held {
  const base = rules[rule];
  const own = module?.rules[rule];
  const isOwn = own?.level !== undefined; // then the steps of the default are over
  return {
    level: own?.level ?? base?.level ?? OFF,
    phase: own?.phase ?? base?.phase ?? 0,
    steps: [...(isOwn ? [] : (base?.steps ?? [])), ...(own?.steps ?? [])],
    options: { ...base?.options, ...own?.options },
    lowered: module === undefined ? base?.lowered : own?.lowered,
  };
}

/** One rule in one scope before and after; a scope is the default, or a module of that name. */
interface Pair {
  readonly rule: string;
  readonly scope: string;
  readonly owner: string;
  readonly was: Held;
  readonly is: Held;
  readonly origin: Origin;
}

export function settingChanges(before: Policy, after: Policy): Found[] {
  return pairs(before, after).flatMap((pair) => [
    ...tightnessChanges(pair),
    ...stepChanges(pair),
    ...optionChanges(pair),
    ...lowerings(pair),
  ]);
}

function pairs(before: Policy, after: Policy): Pair[] {
  const modules = after.modules.flatMap((is) => {
    const was = before.modules.find(({ name }) => name === is.name);
    return was === undefined ? [] : pairsOf(before, after, { was, is });
  });
  return [...pairsOf(before, after, undefined), ...modules];
}

function pairsOf(before: Policy, after: Policy, module: { was: Module; is: Module } | undefined): Pair[] {
  const whole: Origin = { file: after.file, line: 1, at: 'rules' };
  const [was, is] = module === undefined ? [before.rules, after.rules] : [module.was.rules, module.is.rules];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((rule) => ({
    rule,
    scope: scopeName(module?.is),
    owner: module?.is.owner ?? 'none',
    was: held(before, module?.was, rule),
    is: held(after, module?.is, rule),
    origin: is[rule]?.origin ?? whole,
  }));
}

/** What a new module says beside its level, against the default that held for its files. */
export function newModuleChanges(after: Policy, module: Module): Found[] {
  return Object.entries(module.rules).flatMap(([rule, { origin }]) => {
    const owner = module.owner ?? 'none';
    const [was, is] = [held(after, undefined, rule), held(after, module, rule)];
    const pair = { rule, scope: scopeName(module), owner, was: { ...was, lowered: undefined }, is, origin };
    return [...stepChanges(pair), ...optionChanges(pair), ...lowerings(pair)];
  });
}

function scopeName(module: Module | undefined): string {
  return module === undefined ? 'every file' : `the module "${module.name}"`;
}

function tightnessChanges({ rule, scope, owner, was, is, origin }: Pair): Found[] {
  const found: Found[] = [];
  if (isLower(is.level, was.level)) {
    found.push(
      draft(
        'level',
        origin,
        { rule, scope, owner, from: spelled(was.level), to: spelled(is.level) },
        `${rule} ${scope}`,
      ),
    );
  }
  if (is.phase < was.phase)
    found.push(draft('phase', origin, { rule, scope, owner, from: was.phase, to: is.phase }, `${rule} ${scope}`));
  return found;
}

/** A step stays when a step or the setting itself is at least as tight on its day. */
function stepChanges({ rule, scope, owner, was, is, origin }: Pair): Found[] {
  return was.steps
    .filter(({ on, level, phase }) => {
      const due = is.steps.filter((step) => step.on <= on);
      const levels = [is.level, ...due.flatMap((step) => step.level ?? [])];
      const keepsLevel = level === undefined || levels.some((each) => !isLower(each, level));
      const keepsPhase = phase === undefined || Math.max(is.phase, ...due.map((step) => step.phase ?? 0)) >= phase;
      return !keepsLevel || !keepsPhase;
    })
    .map(({ on }) => {
      const to = is.steps.map((step) => step.on).join(', ') || 'no step';
      return draft('step', origin, { rule, scope, owner, from: on, to }, `${rule} ${scope} ${on}`);
    });
}

function optionChanges({ rule, scope, owner, was, is, origin }: Pair): Found[] {
  const names = [...new Set([...Object.keys(was.options), ...Object.keys(is.options)])];
  return names.flatMap((option) => {
    const [from, to] = [was, is].map(({ options }) => JSON.stringify(options[option]) ?? 'the default');
    return from === to
      ? []
      : [draft('option', origin, { rule, scope, owner, option, from: from!, to: to! }, `${rule} ${scope} ${option}`)];
  });
}

function lowerings({ rule, scope, was, is }: Pair): Found[] {
  const now = is.lowered;
  if (now === undefined || JSON.stringify({ ...now, origin: 0 }) === JSON.stringify({ ...was.lowered, origin: 0 }))
    return [];
  const { reason, owner, ticket, until, level, phase, origin } = now;
  const to = [level && spelled(level), phase !== undefined && `phase ${phase}`].filter(Boolean).join(', ');
  return [draft('lowered', origin, { rule, scope, to, until, owner, ticket, reason }, `${rule} ${scope} ${until}`)];
}
