import type { Floor, Level, Module, Point, Policy } from '../config/policy.js';
import type { AnyRule } from '../rule/index.js';
import { type Contribution, contributions, tightnessOf } from './contributions.js';
import { GlobIndex } from './glob-index.js';
import { matcher } from './globs.js';
import { OFF, stricterByPoint } from './level.js';
import type { ActiveLevel } from './result.js';

/** What holds for one rule and one file. */
export interface Resolved {
  readonly level: Level;
  /** Every option of the rule, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Resolver {
  /** The module a file belongs to: the last in the config that matches. */
  moduleOf(path: string): Module | null;
  /** The floors that cover a file. */
  floorsOf(path: string): readonly Floor[];
  isIgnored(path: string): boolean;
  /** The one answer to "which level holds here"; `null` for the repository as a whole. */
  resolve(rule: AnyRule, path: string | null): Resolved;
  /** What the answer is made of. */
  explain(ruleId: string, path: string): readonly Contribution[];
  /** No file has a higher level than this; `null` when the rule is off everywhere. */
  highest(rule: AnyRule): ActiveLevel | null;
}

export interface When {
  readonly point: Point;
  /** `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
}

export function resolver(policy: Policy, { point, asOf }: When): Resolver {
  const modules = new GlobIndex(policy.modules.map(({ files }) => files));
  const floors = new GlobIndex(policy.floors.map(({ files }) => files));
  const known = new Map<AnyRule, Map<number | string, Resolved>>();

  const moduleOf = (path: string) => policy.modules[modules.last(path)] ?? null;
  const floorsOf = (path: string) => floors.matching(path).map((at) => policy.floors[at]!);

  /** Files of one module under the same floors share an answer. */
  function resolve(rule: AnyRule, path: string | null): Resolved {
    const module = path === null ? -1 : modules.last(path);
    const covering = path === null ? [] : floors.matching(path);
    const key = covering.length === 0 ? module : `${module}/${covering.join()}`;
    const ofRule = known.get(rule) ?? new Map<number | string, Resolved>();
    known.set(rule, ofRule);
    let resolved = ofRule.get(key);
    if (resolved === undefined) {
      const place = {
        ruleId: rule.meta.id,
        module: policy.modules[module] ?? null,
        floors: covering.map((at) => policy.floors[at]!),
        asOf,
      };
      const { level, phase } = tightnessOf(contributions(policy, place));
      resolved = { level: level[point], options: optionsOf(policy, rule, place.module, phase) };
      ofRule.set(key, resolved);
    }
    return resolved;
  }

  return {
    isIgnored: matcher(policy.ignore),
    moduleOf,
    floorsOf,
    resolve,
    explain: (ruleId, path) => contributions(policy, { ruleId, module: moduleOf(path), floors: floorsOf(path), asOf }),
    highest(rule) {
      const id = rule.meta.id;
      const places = [null, ...policy.modules].map(
        (module) => tightnessOf(contributions(policy, { ruleId: id, module, floors: [], asOf })).level,
      );
      const least = policy.floors.filter((floor) => floor.rule === id).map(({ level }) => level ?? OFF);
      const level = [...places, ...least].reduce(stricterByPoint, OFF)[point];
      return level === 'off' ? null : level;
    },
  };
}

/** The rule's defaults, then what the default and the module say, option by option. */
function optionsOf(policy: Policy, { meta }: AnyRule, module: Module | null, phase: number): Record<string, unknown> {
  const defaults = Object.entries(meta.options).map(([name, spec]) => [name, (spec as { default: unknown }).default]);
  return {
    ...Object.fromEntries(defaults),
    ...policy.rules[meta.id]?.options,
    ...module?.rules[meta.id]?.options,
    ...(meta.phases === undefined ? {} : { phase }),
  };
}
