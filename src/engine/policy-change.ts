import {
  type LevelByPoint,
  type Module,
  type Origin,
  POINTS,
  type Policy,
  type Setting,
  type Waiver,
} from '../config/policy.js';
import { type Draft, defineRule } from '../rule/index.js';
import { type Accepted, BASELINE_FILE } from './baseline/baseline.js';
import { isLower, OFF } from './level.js';

/** Judges what a change does to the policy. The engine makes its drafts, since no rule knows the policy. */
export const POLICY_CHANGE_RULE = defineRule({
  meta: {
    id: 'policy-change',
    summary: 'This change does not weaken the policy unseen',
    options: {},
    messages: {
      level: '{{rule}} for {{scope}} goes from {{from}} to {{to}} (owner: {{owner}})',
      phase: '{{rule}} for {{scope}} goes from phase {{from}} to phase {{to}} (owner: {{owner}})',
      step: 'The step of {{rule}} for {{scope}} on {{from}} is gone or comes later: {{to}} (owner: {{owner}})',
      option: 'The option {{option}} of {{rule}} for {{scope}} goes from {{from}} to {{to}} (owner: {{owner}})',
      lowered: '{{rule}} for {{scope}} is lowered to {{to}} until {{until}} by {{owner}} ({{ticket}}): {{reason}}',
      removedModule: 'The module "{{name}}" ({{from}}) is gone (owner: {{owner}})',
      changedModule: 'The files of the module "{{name}}" go from {{from}} to {{to}} (owner: {{owner}})',
      addedModule:
        'The new module "{{name}}" makes {{rule}} looser for {{to}}: from {{from}} to {{level}} (owner: {{owner}})',
      movedModule:
        'The module "{{name}}" stands in another place, and the last that matches decides (owner: {{owner}})',
      floor: 'The floor of {{rule}} for {{from}} is gone or lower: {{to}}',
      ignore: 'Files are ignored that were not: {{to}}',
      waiver: 'Waiver {{id}} is new or reaches further: {{to}} (owner: {{owner}}): {{reason}}',
      baseline: 'The baseline accepts {{count}} more of {{rule}} in {{path}}',
      preset: 'The presets go from {{from}} to {{to}}',
    },
    fixes: {
      level:
        'Put it back, or lower it for a time by nonstop-policy lower, which asks for a reason, an owner, a ticket and a last day',
      baseline: 'Mend them, or have the team agree that they are accepted',
      lowered: 'It comes back by itself after its last day',
    },
  },
  check: () => [],
});

type Message = keyof typeof POLICY_CHANGE_RULE.meta.messages;
type Found = Draft<Message>;

/** All by which `after` asks for less than `before`, or may do so. What only tightens is not among it. */
export function policyChanges(before: Policy, after: Policy): Found[] {
  return [
    ...settingChanges(before, after),
    ...moduleChanges(before, after),
    ...floorChanges(before, after),
    ...ignoreChanges(before, after),
    ...waiverChanges(before, after),
    ...presetChanges(before, after),
  ];
}

/** What the baseline accepts that it did not accept before; what only goes by another name is not more. */
export function baselineGrowth(grown: readonly Accepted[]): Found[] {
  return grown.map(({ ruleId: rule, path, count, kind }) => ({
    messageId: 'baseline',
    path: BASELINE_FILE,
    key: kind,
    data: { rule, path, count },
  }));
}

/** Settings of one scope before and after; a scope is the default, or a module of that name. */
interface Pair {
  readonly rule: string;
  readonly scope: string;
  readonly owner: string;
  readonly was: Setting | undefined;
  readonly is: Setting | undefined;
  /** What holds in the scope where the setting says no level. */
  readonly wasLevel: LevelByPoint;
  readonly isLevel: LevelByPoint;
  readonly origin: Origin;
}

function settingChanges(before: Policy, after: Policy): Found[] {
  return pairs(before, after).flatMap((pair) => [
    ...tightnessChanges(pair),
    ...stepChanges(pair),
    ...optionChanges(pair),
    ...lowerings(pair),
  ]);
}

function pairs(before: Policy, after: Policy): Pair[] {
  const byDefault = pairsOf(before, after, before.rules, after.rules, 'every file', 'none');
  const inModules = after.modules.flatMap((module) => {
    const was = before.modules.find(({ name }) => name === module.name);
    return was === undefined
      ? []
      : pairsOf(before, after, was.rules, module.rules, `the module "${module.name}"`, module.owner ?? 'none');
  });
  return [...byDefault, ...inModules];
}

function pairsOf(
  before: Policy,
  after: Policy,
  was: Policy['rules'],
  is: Policy['rules'],
  scope: string,
  owner: string,
): Pair[] {
  const whole: Origin = { file: after.file, line: 1, at: 'rules' };
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((rule) => ({
    rule,
    scope,
    owner,
    was: was[rule],
    is: is[rule],
    wasLevel: was[rule]?.level ?? before.rules[rule]?.level ?? OFF,
    isLevel: is[rule]?.level ?? after.rules[rule]?.level ?? OFF,
    origin: is[rule]?.origin ?? whole,
  }));
}

function tightnessChanges({ rule, scope, owner, was, is, wasLevel, isLevel, origin }: Pair): Found[] {
  const found: Found[] = [];
  if (isLower(isLevel, wasLevel)) {
    found.push(
      draft('level', origin, { rule, scope, owner, from: spelled(wasLevel), to: spelled(isLevel) }, `${rule} ${scope}`),
    );
  }
  const [wasPhase, isPhase] = [was?.phase ?? 0, is?.phase ?? 0];
  if (isPhase < wasPhase)
    found.push(draft('phase', origin, { rule, scope, owner, from: wasPhase, to: isPhase }, `${rule} ${scope}`));
  return found;
}

/** A step stays when a step or the setting itself is at least as tight on its day. */
function stepChanges({ rule, scope, owner, was, is, isLevel, origin }: Pair): Found[] {
  return (was?.steps ?? [])
    .filter(({ on, level, phase }) => {
      const due = (is?.steps ?? []).filter((step) => step.on <= on);
      const levels = [isLevel, ...due.flatMap((step) => step.level ?? [])];
      const keepsLevel = level === undefined || levels.some((each) => !isLower(each, level));
      const keepsPhase =
        phase === undefined || Math.max(is?.phase ?? 0, ...due.map((step) => step.phase ?? 0)) >= phase;
      return !keepsLevel || !keepsPhase;
    })
    .map(({ on }) => {
      const to = is?.steps.map((step) => step.on).join(', ') || 'no step';
      return draft('step', origin, { rule, scope, owner, from: on, to }, `${rule} ${scope} ${on}`);
    });
}

function optionChanges({ rule, scope, owner, was, is, origin }: Pair): Found[] {
  const names = [...new Set([...Object.keys(was?.options ?? {}), ...Object.keys(is?.options ?? {})])];
  return names.flatMap((option) => {
    const [from, to] = [was, is].map((setting) => JSON.stringify(setting?.options[option]) ?? 'the default');
    return from === to
      ? []
      : [draft('option', origin, { rule, scope, owner, option, from: from!, to: to! }, `${rule} ${scope} ${option}`)];
  });
}

function lowerings({ rule, scope, was, is }: Pair): Found[] {
  const now = is?.lowered;
  if (now === undefined || JSON.stringify({ ...now, origin: 0 }) === JSON.stringify({ ...was?.lowered, origin: 0 }))
    return [];
  const { reason, owner, ticket, until, level, phase, origin } = now;
  const to = [level && spelled(level), phase !== undefined && `phase ${phase}`].filter(Boolean).join(', ');
  return [draft('lowered', origin, { rule, scope, to, until, owner, ticket, reason }, `${rule} ${scope} ${until}`)];
}

function moduleChanges(before: Policy, after: Policy): Found[] {
  const whole: Origin = { file: after.file, line: 1, at: 'modules' };
  const gone = before.modules
    .filter(({ name }) => !after.modules.some((module) => module.name === name))
    .map(({ name, files, owner = 'none' }) =>
      draft('removedModule', whole, { name, owner, from: files.join(', ') }, name),
    );
  return [...gone, ...after.modules.flatMap((module) => moduleChange(before, after, module)), ...moves(before, after)];
}

function moduleChange(before: Policy, after: Policy, module: Module): Found[] {
  const { name, files, owner = 'none', origin } = module;
  const was = before.modules.find((each) => each.name === name);
  if (was === undefined) return looserThanDefault(after, module);
  const [from, to] = [was.files.join(', '), files.join(', ')];
  if (from === to || onlyTightens(after, was, module)) return [];
  return [draft('changedModule', origin, { name, owner, from, to }, name)];
}

/** More files under a module that is nowhere looser than the default, or fewer under one that is nowhere tighter. */
function onlyTightens({ rules }: Policy, was: Module, is: Module): boolean {
  const levels = Object.entries(is.rules).map(([rule, { level }]) => [level, rules[rule]?.level ?? OFF] as const);
  const grows = was.files.every((glob) => is.files.includes(glob)) && !is.files.some((glob) => glob.startsWith('!'));
  const shrinks = is.files.every((glob) => was.files.includes(glob)) && !was.files.some((glob) => glob.startsWith('!'));
  const nowhereLooser = levels.every(([level, byDefault]) => level === undefined || !isLower(level, byDefault));
  const nowhereTighter = levels.every(([level, byDefault]) => level === undefined || !isLower(byDefault, level));
  return (grows && nowhereLooser) || (shrinks && nowhereTighter);
}

function looserThanDefault({ rules }: Policy, { name, files, owner = 'none', origin, rules: own }: Module): Found[] {
  return Object.entries(own).flatMap(([rule, { level }]) => {
    const byDefault = rules[rule]?.level ?? OFF;
    if (level === undefined || !isLower(level, byDefault)) return [];
    const data = { name, owner, rule, from: spelled(byDefault), to: files.join(', '), level: spelled(level) };
    return [draft('addedModule', origin, data, `${name} ${rule}`)];
  });
}

/** Modules that both have, where their order differs. */
function moves(before: Policy, after: Policy): Found[] {
  const both = after.modules.filter(({ name }) => before.modules.some((module) => module.name === name));
  const order = before.modules.filter(({ name }) => both.some((module) => module.name === name));
  const moved = both.find(({ name }, at) => order[at]?.name !== name);
  return moved === undefined
    ? []
    : [draft('movedModule', moved.origin, { name: moved.name, owner: moved.owner ?? 'none' }, moved.name)];
}

function floorChanges(before: Policy, after: Policy): Found[] {
  const whole: Origin = { file: after.file, line: 1, at: 'floors' };
  return before.floors.flatMap((floor) => {
    const kept = after.floors.some(
      (other) =>
        other.rule === floor.rule &&
        floor.files.every((glob) => other.files.includes(glob)) &&
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

function ignoreChanges(before: Policy, after: Policy): Found[] {
  const added = after.ignore.filter((glob) => !before.ignore.includes(glob));
  const dropped = before.ignore.filter((glob) => glob.startsWith('!') && !after.ignore.includes(glob));
  const changed = [...added.filter((glob) => !glob.startsWith('!')), ...dropped.map((glob) => `no longer ${glob}`)];
  const origin: Origin = { file: after.file, line: 1, at: 'ignore' };
  return changed.map((to) => draft('ignore', origin, { to }, to));
}

function waiverChanges(before: Policy, after: Policy): Found[] {
  const known = new Map(before.waivers.map((waiver) => [waiver.id, waiver]));
  return after.waivers
    .filter((waiver) => {
      const was = known.get(waiver.id);
      return was === undefined || waiver.until > was.until || target(waiver) !== target(was);
    })
    .map((waiver) => {
      const { id, owner, reason, until, origin } = waiver;
      return draft('waiver', origin, { id, owner, reason, to: `${target(waiver)} until ${until}` }, id);
    });
}

/** What a waiver lets through. */
function target({ rule, files, fingerprint }: Waiver): string {
  return [rule, fingerprint, files?.join(', ')].filter(Boolean).join(' ');
}

function presetChanges(before: Policy, after: Policy): Found[] {
  const list = ({ presets }: Policy) =>
    presets.map(({ name, version }) => (version === null ? name : `${name}@${version}`)).join(', ') || 'none';
  const [from, to] = [list(before), list(after)];
  const origin: Origin = { file: after.file, line: 1, at: 'extends' };
  return from === to ? [] : [draft('preset', origin, { from, to }, 'presets')];
}

function draft(messageId: Message, { file, line }: Origin, data: NonNullable<Draft['data']>, key: string): Found {
  return { messageId, path: file, key, data, ...(line === null ? {} : { line, column: 1 }) };
}

function spelled(levels: LevelByPoint): string {
  return levels.hook === levels.ci ? levels.ci : POINTS.map((point) => `${point} ${levels[point]}`).join(', ');
}
