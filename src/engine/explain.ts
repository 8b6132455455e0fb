import { type Floor, type LevelByPoint, type Module, POINTS, type Policy, type Waiver } from '../config/policy.js';
import type { AnyRule, Entry } from '../rule/index.js';
import { type Contribution, tightnessOf } from './contributions.js';
import { matcher } from './globs.js';
import { resolver } from './resolve.js';
import { refusalOf } from './waivers.js';

/** What holds for one rule in one file, and what it is made of. */
export interface RuleExplained {
  readonly ruleId: string;
  readonly level: LevelByPoint;
  /** `null` for a rule without a ladder. */
  readonly phase: number | null;
  readonly contributions: readonly Contribution[];
  /** The next step that will tighten it. */
  readonly next: { readonly on: string; readonly level: LevelByPoint | null; readonly phase: number | null } | null;
  /** Whether the rule looks at this file, and if not, why. */
  readonly looks: true | string;
}

export interface PathExplained {
  readonly path: string;
  /** `null`: no such tracked file. */
  readonly mode: Entry['mode'] | null;
  readonly ignored: boolean;
  readonly module: Pick<Module, 'name' | 'owner' | 'origin'> | null;
  readonly rules: readonly RuleExplained[];
  readonly floors: readonly Floor[];
  /** The waivers that may let a finding in it through, and why one does not. */
  readonly waivers: readonly { readonly waiver: Waiver; readonly refusal: string | null }[];
}

/** Why a file is judged as it is: from the very list that the check decides by. */
export function explainPath(
  path: string,
  { policy, rules, entry, asOf }: { policy: Policy; rules: readonly AnyRule[]; entry: Entry | undefined; asOf: string },
): PathExplained {
  const levels = resolver(policy, { point: 'ci', asOf });
  const floors = levels.floorsOf(path);
  const ignored = levels.isIgnored(path);
  const waivers = policy.waivers.filter(({ files }) => files === undefined || matcher(files)(path));
  return {
    path,
    mode: entry?.mode ?? null,
    ignored,
    module: levels.moduleOf(path),
    rules: rules.map((rule) => explainRule(rule, levels.explain(rule.meta.id, path), { path, entry, ignored, asOf })),
    floors,
    waivers: waivers.map((waiver) => ({ waiver, refusal: refusalOf(waiver, asOf, floors) })),
  };
}

interface About {
  readonly path: string;
  readonly entry: Entry | undefined;
  readonly ignored: boolean;
  readonly asOf: string;
}

function explainRule({ meta }: AnyRule, contributions: readonly Contribution[], about: About): RuleExplained {
  const { level, phase } = tightnessOf(contributions);
  const own = contributions.findIndex(({ kind, level: said }) => kind === 'module' && said !== undefined);
  const coming = contributions.slice(own + 1).filter(({ kind, inForce }) => kind === 'step' && !inForce);
  const next = coming.sort((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1))[0];
  return {
    ruleId: meta.id,
    level,
    phase: meta.phases === undefined ? null : phase,
    contributions,
    next: next === undefined ? null : { on: next.day ?? '', level: next.level ?? null, phase: next.phase ?? null },
    looks: whetherLooks(meta, level, about),
  };
}

function whetherLooks(meta: AnyRule['meta'], level: LevelByPoint, { path, entry, ignored }: About): true | string {
  if (entry === undefined) return 'no file of this name is tracked';
  if (ignored) return 'the policy ignores it';
  if (POINTS.every((point) => level[point] === 'off')) return 'the rule is off here';
  if (meta.files && !matcher(meta.files)(path)) return `the rule reads only ${meta.files.join(', ')}`;
  return entry.mode === 'submodule' ? 'it is a submodule, whose files are in another repository' : true;
}

export type { Floor, Origin } from '../config/policy.js';
