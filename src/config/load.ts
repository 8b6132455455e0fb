import { PolicyError } from '../errors.js';
import type { AnyRule } from '../rule/index.js';
import { configSpec } from './definition.js';
import { type Parsed, parseJsonc } from './jsonc.js';
import { faultsOfMeaning } from './meaning.js';
import type {
  Config,
  ConfigLevel,
  ConfigSetting,
  LevelByPoint,
  Module,
  Origin,
  Policy,
  Setting,
  Step,
} from './policy.js';
import { type Path, type Problem, validate } from './validate.js';

/** A checked config, before its presets are joined to it. */
export interface Loaded {
  readonly policy: Policy;
  /** Names of presets, as written. */
  readonly extends: readonly string[];
}

/**
 * The text of a JSON config → its policy; `key` where the config is the value of one key of the file.
 * @throws PolicyError CONFIG_INVALID with file, line, column and place
 */
export function policyFromText(text: string, file: string, rules: readonly AnyRule[], key?: string): Policy {
  return loadText(text, file, rules, key).policy;
}

/** A config that is a value already (JavaScript, YAML) → its policy. */
export function policyFromValue(value: unknown, file: string, rules: readonly AnyRule[]): Policy {
  return loadValue(value, file, rules).policy;
}

export function loadText(text: string, file: string, rules: readonly AnyRule[], key?: string): Loaded {
  const parsed = parseJsonc(text);
  if (key === undefined || parsed.problems.length > 0) return load(parsed, file, rules);
  const value = (parsed.value as Record<string, unknown>)[key];
  return load({ ...parsed, value, locate: (path) => parsed.locate([key, ...path]) }, file, rules);
}

export function loadValue(value: unknown, file: string, rules: readonly AnyRule[]): Loaded {
  return load({ value, problems: [], locate: () => undefined }, file, rules);
}

function load(parsed: Parsed, file: string, rules: readonly AnyRule[]): Loaded {
  const shape = parsed.problems.length > 0 ? parsed.problems : validate(configSpec(rules), parsed.value);
  const problems = shape.length > 0 ? shape : faultsOfMeaning(parsed.value as Config);
  if (problems.length > 0) throw invalid(problems, file, parsed);
  const config = parsed.value as Config;
  const originOf = (path: Path): Origin => ({ file, line: parsed.locate(path)?.line ?? null, at: spelledPath(path) });
  return { policy: toPolicy(config, file, originOf), extends: config.extends ?? [] };
}

type OriginOf = (path: Path) => Origin;

function toPolicy(config: Config, file: string, originOf: OriginOf): Policy {
  const { modules = [], floors = [], waivers = [] } = config;
  return {
    file,
    presets: [],
    rules: toSettings(config.rules, ['rules'], originOf),
    modules: modules.map((module, at) => toModule(module, ['modules', at], originOf)),
    floors: floors.map(({ waivable = true, inlineWaivers = true, level, phase, maxDays, ...floor }, at) => ({
      ...floor,
      level: level === undefined ? undefined : toLevels(level),
      phase,
      waivable,
      inlineWaivers,
      maxDays,
      origin: originOf(['floors', at]),
    })),
    waivers: waivers.map(({ files, fingerprint, ticket, ...waiver }, at) => ({
      ...waiver,
      files,
      fingerprint,
      ticket,
      origin: originOf(['waivers', at]),
    })),
    ignore: config.ignore ?? [],
  };
}

function toModule(
  { name, files, owner, rules }: NonNullable<Config['modules']>[number],
  path: Path,
  originOf: OriginOf,
): Module {
  return { name, files, owner, rules: toSettings(rules, [...path, 'rules'], originOf), origin: originOf(path) };
}

function toSettings(entries: Config['rules'] = {}, path: Path, originOf: OriginOf): Record<string, Setting> {
  return Object.fromEntries(
    Object.entries(entries).map(([id, entry]) => [id, toSetting(entry, [...path, id], originOf)]),
  );
}

function toSetting(entry: ConfigSetting, path: Path, originOf: OriginOf): Setting {
  const origin = originOf(path);
  const bare = { phase: undefined, steps: [], lowered: undefined, options: {}, origin };
  if (typeof entry === 'string' || 'hook' in entry) return { ...bare, level: toLevels(entry as ConfigLevel) };
  const { level, phase, steps = [], lowered, ...options } = entry as Exclude<ConfigSetting, ConfigLevel>;
  const dated = steps.map(
    (step, at): Step => ({
      on: step.on,
      level: step.level === undefined ? undefined : toLevels(step.level),
      phase: step.phase,
      origin: originOf([...path, 'steps', at]),
    }),
  );
  return {
    level: level === undefined ? undefined : toLevels(level),
    phase,
    steps: dated.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)), // days sort as text
    lowered: lowered && {
      ...lowered,
      level: lowered.level === undefined ? undefined : toLevels(lowered.level),
      phase: lowered.phase,
      origin: originOf([...path, 'lowered']),
    },
    options,
    origin,
  };
}

export function toLevels(level: ConfigLevel): LevelByPoint {
  return typeof level === 'string' ? { hook: level, ci: level } : level;
}

/** `['modules', 0, 'rules', 'secrets']` → `modules[0].rules.secrets` */
function spelledPath(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}

/** The first of the problems as an error, placed in the text. */
export function invalid(problems: readonly Problem[], file: string, { locate }: Parsed): PolicyError {
  const [first, ...more] = problems as [Problem, ...Problem[]];
  const at = first.path.length > 0 ? locate(first.path) : undefined;
  const rest = more.length === 0 ? '' : ` (and ${more.length} more ${more.length === 1 ? 'fault' : 'faults'})`;
  return new PolicyError('CONFIG_INVALID', {
    what: first.what,
    where: `${file}${at ? `:${at.line}:${at.column}` : ''}${first.path.length > 0 ? `, ${spelledPath(first.path)}` : ''}`,
    why: `${first.why}${rest}`,
    fix: `${first.fix}${first.what.endsWith('unknown level') ? '; docs/config.md#levels tells what each does' : ''}`,
  });
}
