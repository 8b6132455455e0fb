import type { Level, Module, Point, Policy, Setting } from '../config/policy.js';
import type { AnyRule } from '../rule/index.js';
import { matcher } from './globs.js';
import type { ActiveLevel } from './result.js';

/** What holds for one rule in one module (or, with `null`, outside of all). */
export interface Resolved {
  readonly level: Level;
  /** Every option of the rule, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Resolver {
  /** The module a file belongs to: the last in the config that matches. */
  moduleOf(path: string): Module | null;
  isIgnored(path: string): boolean;
  /** The highest level that the rule has anywhere; `null` when it is off in every module and outside of all. */
  highest(rule: AnyRule): ActiveLevel | null;
  /** The one answer to "which level holds here": the default, then what the module says. */
  resolve(rule: AnyRule, module: Module | null): Resolved;
}

export function resolver(policy: Policy, point: Point): Resolver {
  const modules = policy.modules.map((module) => ({ module, matches: matcher(module.files) })).reverse();
  const isIgnored = matcher(policy.ignore);
  const known = new Map<string, Resolved>();

  function resolve(rule: AnyRule, module: Module | null): Resolved {
    const key = JSON.stringify([rule.meta.id, module?.name]);
    let resolved = known.get(key);
    if (resolved === undefined) {
      resolved = resolveOne(rule, [policy.rules[rule.meta.id], module?.rules[rule.meta.id]], point);
      known.set(key, resolved);
    }
    return resolved;
  }

  return {
    isIgnored,
    moduleOf: (path) => modules.find(({ matches }) => matches(path))?.module ?? null,
    highest(rule) {
      const levels = [null, ...policy.modules].map((module) => resolve(rule, module).level);
      return levels.includes('block') ? 'block' : levels.includes('warn') ? 'warn' : null;
    },
    resolve,
  };
}

/** Later settings win, option by option; without any level the rule is off. */
function resolveOne(rule: AnyRule, settings: readonly (Setting | undefined)[], point: Point): Resolved {
  const defaults = Object.entries(rule.meta.options).map(([name, spec]) => [
    name,
    (spec as { default: unknown }).default,
  ]);
  const said = settings.filter((setting) => setting !== undefined);
  return {
    level: said.findLast(({ level }) => level !== undefined)?.level?.[point] ?? 'off',
    options: Object.assign(Object.fromEntries(defaults), ...said.map(({ options }) => options)),
  };
}
