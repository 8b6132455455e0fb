import { join } from 'node:path';
import { setValue } from '../config/edit.js';
import { parseJsonc } from '../config/jsonc.js';
import type { Config, ConfigSetting, Level, LevelByPoint, Point, Policy } from '../config/policy.js';
import type { Path } from '../config/validate.js';
import { contributions, tightnessOf } from '../engine/contributions.js';
import { isLower } from '../engine/level.js';
import type { Result } from '../errors.js';
import { inert } from '../report/escape.js';
import { policyOfText } from './find-policy.js';
import { replaceFile } from './replace-file.js';
import type { Session } from './session.js';
import type { Terminal } from './terminal.js';
import { usage } from './usage.js';

/** The text of a JSON config on disk, and changes to it that are not written yet. */
export interface Draft {
  readonly file: string;
  readonly path: string;
  readonly before: string;
  readonly text: string;
  /** Where the config stands in the file: at `nonstop` of a package.json. */
  readonly prefix: Path;
}

/** @throws PolicyError USAGE for a config that is no JSON text, which we do not edit */
export function draftOf({ found, repository }: Session): Draft {
  const { file, bytes, path = join(repository.top, file) } = found;
  const text = Buffer.from(bytes).toString('utf8');
  if (!/\.jsonc?$|rc$/.test(file) || !/^\uFEFF?\s*[{/]/.test(text)) {
    throw usage(
      'This config is not edited by a command',
      file,
      'only JSON keeps every byte outside of a change',
      'Edit it by hand',
    );
  }
  return {
    file,
    path,
    before: text,
    text,
    prefix: file === 'package.json' ? ['nonstop'] : [],
  };
}

/** One change more; `path` from the config's root. */
export function edited(
  draft: Draft,
  edit: (text: string, path: Path, file: string) => Result<string>,
  path: Path,
): Draft {
  const result = edit(draft.text, [...draft.prefix, ...path], draft.file);
  if (!result.ok) throw result.error;
  return { ...draft, text: result.value };
}

export function withValue(draft: Draft, path: Path, value: unknown): Draft {
  return edited(draft, (text, at, file) => setValue(text, at, value, file), path);
}

/** The config as it is written, without its presets. */
export function written({ text, prefix }: Draft): Config {
  const value = parseJsonc(text).value as Record<string, unknown>;
  return (prefix.length === 0 ? value : value.nonstop) as Config;
}

/** The policy that the draft gives, its presets joined to it. */
export function policyOf({ text }: Draft, { found, search }: Session): Promise<Policy> {
  return policyOfText(text, found, search);
}

/** Writes the draft, or shows what it would change. */
export async function finish(draft: Draft, dryRun: boolean, terminal: Terminal): Promise<void> {
  if (draft.text === draft.before) {
    terminal.out(`${draft.file}: nothing to change\n`);
    return;
  }
  const { lineDiff } = await import('../config/line-diff.js');
  const shown = lineDiff(draft.before, draft.text, draft.file).split('\n').map(inert);
  terminal.out(shown.join('\n'));
  if (!dryRun) replaceFile(draft.path, draft.before, draft.text);
}

/** Where a rule is set: in a module of the config, or with `default` for every file. */
export interface Scope {
  readonly name: string;
  readonly rule: string;
  readonly path: Path;
  /** What stands there now. */
  readonly entry: ConfigSetting | undefined;
}

export function scopeOf(config: Config, module: string, rule: string): Scope {
  const at = (config.modules ?? []).findIndex(({ name }) => name === module);
  if (at !== -1)
    return { name: module, rule, path: ['modules', at, 'rules', rule], entry: config.modules?.[at]?.rules?.[rule] };
  if (module === 'default') return { name: module, rule, path: ['rules', rule], entry: config.rules?.[rule] };
  const names = [...(config.modules ?? []).map(({ name }) => name), 'default'];
  throw usage(
    'There is no such module in this config',
    `module "${module}"`,
    `it is none of ${names.join(', ')}`,
    'Name one of these; "default" is for every file',
  );
}

/** Whether a setting is a level alone. */
export function isBare(entry: ConfigSetting | undefined): entry is Level | LevelByPoint {
  return typeof entry === 'string' || (entry !== undefined && 'hook' in entry);
}

/** Sets a level, in the form that stands there, and nothing else of the setting. */
export function withLevel(draft: Draft, { path, entry }: Scope, level: LevelByPoint): Draft {
  return withValue(draft, isBare(entry) || entry === undefined ? path : [...path, 'level'], shortest(level));
}

/**
 * The same; and where the scope takes its level from elsewhere until now, the steps to come there go with it: a level of its own
 * would end them, and be the lower one on their day.
 */
export function withOwnLevel(draft: Draft, scope: Scope, level: LevelByPoint, { policy, asOf }: Standing): Draft {
  const { path, entry } = scope;
  const isOwn = isBare(entry) || entry?.level !== undefined;
  const coming = (policy.rules[scope.rule]?.steps ?? []).filter(
    (step) => step.on > asOf && ((step.level !== undefined && isLower(level, step.level)) || step.phase !== undefined),
  );
  if (isOwn || coming.length === 0) return withLevel(draft, scope, level);
  const steps = coming.map(({ on, level: to, phase }) => ({ on, level: to && shortest(to), phase }));
  if (entry === undefined) return withValue(draft, path, { level: shortest(level), steps });
  return withValue(withLevel(draft, scope, level), [...path, 'steps'], [...(entry.steps ?? []), ...steps]);
}

export interface Standing {
  readonly policy: Policy;
  readonly asOf: string;
}

/** How tight a rule is in a module, or by default, with the steps that are due; without what is lowered there, and floors. */
export function standing({ policy, asOf }: Standing, module: string, ruleId: string) {
  const own = policy.modules.find(({ name }) => name === module) ?? null;
  const said = contributions(policy, { ruleId, module: own, floors: [], asOf });
  return tightnessOf(said.filter(({ kind }) => kind !== 'lowered'));
}

/** One word where both points agree. */
export function shortest({ hook, ci }: LevelByPoint): Level | LevelByPoint {
  return hook === ci ? ci : { hook, ci };
}

export function atPoint(level: LevelByPoint, at: Point | undefined, to: Level): LevelByPoint {
  return at === undefined ? { hook: to, ci: to } : { ...level, [at]: to };
}
