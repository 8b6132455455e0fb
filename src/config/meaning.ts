import type { Config } from './policy.js';
import type { Path, Problem } from './validate.js';

/** Faults of a config that has the right shape: names used twice, entries that say nothing. */
export function faultsOfMeaning(config: Config): Problem[] {
  const { modules = [], waivers = [], floors = [] } = config;
  return [
    ...twice(
      modules.map(({ name }) => name),
      'modules',
      'name',
      'modules',
    ),
    ...twice(
      waivers.map(({ id }) => id),
      'waivers',
      'id',
      'waivers',
    ),
    ...waivers.flatMap((waiver, at) =>
      waiver.files || waiver.fingerprint ? [] : [saysNothing(['waivers', at], '"files" or "fingerprint"', 'waiver')],
    ),
    ...floors.flatMap((floor, at) =>
      setsNothing(floor)
        ? [saysNothing(['floors', at], '"level", "phase", "waivable", "inlineWaivers" or "maxDays"', 'floor')]
        : [],
    ),
    ...settingsOf(config).flatMap(({ path, value }) => emptySteps(value, path)),
  ];
}

function setsNothing({ rule, files, ...rest }: NonNullable<Config['floors']>[number]): boolean {
  return Object.keys(rest).length === 0;
}

function settingsOf({ rules = {}, modules = [] }: Config): { path: Path; value: unknown }[] {
  const of = (entries: object, path: Path) =>
    Object.entries(entries).map(([id, value]) => ({ path: [...path, id], value }));
  return [...of(rules, ['rules']), ...modules.flatMap(({ rules: own = {} }, at) => of(own, ['modules', at, 'rules']))];
}

/** A step or lowering without a level or phase would look like a plan and be none. */
function emptySteps(value: unknown, path: Path): Problem[] {
  const { steps = [], lowered } = value as { steps?: readonly object[]; lowered?: object };
  const entries = [
    ...steps.map((entry, at) => ({ entry, path: [...path, 'steps', at] })),
    ...(lowered ? [{ entry: lowered, path: [...path, 'lowered'] }] : []),
  ];
  return entries
    .filter(({ entry }) => !('level' in entry) && !('phase' in entry))
    .map(({ path: at }) => saysNothing(at, '"level" or "phase"', 'entry'));
}

function twice(names: readonly string[], list: string, key: string, noun: string): Problem[] {
  const at = names.findIndex((name, index) => names.indexOf(name) < index);
  if (at === -1) return [];
  return [
    {
      path: [list, at, key],
      what: `The config has two ${noun} of one ${key}`,
      why: `"${names[at]}" is the ${key} of an earlier one`,
      fix: `Give one of them another ${key}, or join them`,
    },
  ];
}

function saysNothing(path: Path, keys: string, noun: string): Problem {
  return {
    path,
    what: `The config has a ${noun} that says nothing`,
    why: `none of ${keys} is there`,
    fix: `Add ${keys}, or remove the ${noun}`,
  };
}
