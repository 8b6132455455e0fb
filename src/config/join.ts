import { LEVELS, type Level, type LevelByPoint, type Policy, type Setting } from './policy.js';

/**
 * Lays a config over its presets, the last of which is nearest to it. Lists grow and never replace; a setting is laid over option by
 * option; floors only add up, so no config gets below a preset's. A rule that only presets name counts as a warning at most: a preset
 * that gains a rule must not block a repository overnight.
 */
export function joinPresets(presets: readonly Policy[], own: Policy): Policy {
  const named = new Set([...Object.keys(own.rules), ...own.modules.flatMap(({ rules }) => Object.keys(rules))]);
  const below = presets.map((preset) => atMostWarn(preset, named));
  return [...below, own].reduce((base, over) => ({
    file: own.file,
    presets: [...base.presets, ...over.presets],
    rules: joinSettings(base.rules, over.rules),
    modules: [...base.modules, ...over.modules],
    floors: [...base.floors, ...over.floors],
    waivers: [...base.waivers, ...over.waivers],
    ignore: [...new Set([...base.ignore, ...over.ignore])],
  }));
}

function joinSettings(base: Policy['rules'], over: Policy['rules']): Policy['rules'] {
  const ids = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(ids.map((id) => [id, joinSetting(base[id], over[id])!]));
}

/** Steps and lowerings belong to the level they stand beside; a new level starts without the old one's. */
function joinSetting(base: Setting | undefined, over: Setting | undefined): Setting | undefined {
  if (base === undefined || over === undefined) return over ?? base;
  const replaced = over.level !== undefined;
  return {
    level: over.level ?? base.level,
    phase: over.phase ?? base.phase,
    steps: replaced ? over.steps : [...base.steps, ...over.steps],
    lowered: over.lowered ?? (replaced ? undefined : base.lowered),
    options: { ...base.options, ...over.options },
    origin: over.origin,
  };
}

function atMostWarn(preset: Policy, named: ReadonlySet<string>): Policy {
  const cap = (rules: Policy['rules']) =>
    Object.fromEntries(Object.entries(rules).map(([id, setting]) => [id, named.has(id) ? setting : capped(setting)]));
  return {
    ...preset,
    rules: cap(preset.rules),
    modules: preset.modules.map((module) => ({ ...module, rules: cap(module.rules) })),
  };
}

function capped(setting: Setting): Setting {
  return {
    ...setting,
    level: setting.level && cappedLevel(setting.level),
    steps: setting.steps.map((step) => ({ ...step, level: step.level && cappedLevel(step.level) })),
  };
}

function cappedLevel({ hook, ci }: LevelByPoint): LevelByPoint {
  const atMost = (level: Level) => (LEVELS.indexOf(level) > LEVELS.indexOf('warn') ? 'warn' : level);
  return { hook: atMost(hook), ci: atMost(ci) };
}
