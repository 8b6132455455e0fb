import type { Module, Origin, Policy } from '../../config/policy.js';
import { isLower } from '../level.js';
import { mayOverlap } from './overlap.js';
import { draft, type Found, spelled } from './rule.js';
import { held, newModuleChanges } from './settings.js';

export function moduleChanges(before: Policy, after: Policy): Found[] {
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
  if (was === undefined) return [...looser(after, module), ...newModuleChanges(after, module)];
  const [from, to] = [was.files.join(', '), files.join(', ')];
  if (from === to || onlyTightens(after, was, module)) return [];
  return [draft('changedModule', origin, { name, owner, from, to }, name)];
}

/** Where files are when a module does not take them: with the default, `undefined`, or with a module that stands before it. */
function neighbours({ modules }: Policy, { name }: Module, files: readonly string[]): (Module | undefined)[] {
  const earlier = modules.slice(
    0,
    modules.findIndex((module) => module.name === name),
  );
  return [undefined, ...earlier.filter((module) => mayOverlap(module.files, files))];
}

/** More files under a module that is nowhere looser than where they were, or fewer under one that is nowhere tighter. */
function onlyTightens(policy: Policy, was: Module, is: Module): boolean {
  const [added, dropped] = [without(is.files, was.files), without(was.files, is.files)];
  if ([...added, ...dropped].some((glob) => glob.startsWith('!'))) return false;
  const isSafe = (files: readonly string[], check: (neighbour: Module | undefined) => boolean) =>
    files.length === 0 || neighbours(policy, is, files).every(check);
  return (
    isSafe(added, (neighbour) => isAsTight(policy, is, neighbour)) &&
    isSafe(dropped, (neighbour) => isAsTight(policy, neighbour, is))
  );
}

const without = (globs: readonly string[], others: readonly string[]) => globs.filter((glob) => !others.includes(glob));

/** Whether nothing in one scope is looser than in another; with other options it may be. */
function isAsTight(policy: Policy, one: Module | undefined, other: Module | undefined): boolean {
  return rulesOf(policy, [one, other]).every((rule) => {
    const [a, b] = [held(policy, one, rule), held(policy, other, rule)];
    return !isLower(a.level, b.level) && a.phase >= b.phase && JSON.stringify(a.options) === JSON.stringify(b.options);
  });
}

function rulesOf({ rules }: Policy, modules: readonly (Module | undefined)[]): string[] {
  return [...new Set([rules, ...modules.map((module) => module?.rules ?? {})].flatMap(Object.keys))];
}

/** Each rule that a new module makes looser than it was for files that it takes. */
function looser(policy: Policy, module: Module): Found[] {
  const { name, files, owner = 'none' } = module;
  const places = neighbours(policy, module, files);
  return rulesOf(policy, [module, ...places]).flatMap((rule) => {
    const is = held(policy, module, rule);
    const origin = module.rules[rule]?.origin ?? module.origin;
    const say = (from: string, level: string) => {
      const data = { name, owner, rule, from, to: files.join(', '), level };
      return [draft('addedModule', origin, data, `${name} ${rule}`)];
    };
    const wasAt = places.map((place) => held(policy, place, rule));
    const tighter = wasAt.find(({ level }) => isLower(is.level, level));
    if (tighter !== undefined) return say(spelled(tighter.level), spelled(is.level));
    const phase = Math.max(...wasAt.map((was) => was.phase));
    return is.phase < phase ? say(`phase ${phase}`, `phase ${is.phase}`) : [];
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
