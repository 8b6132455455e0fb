import { PolicyError } from '../errors.js';
import type { AnyRule } from '../rule/index.js';
import { configSpec } from './definition.js';
import { type Parsed, parseJsonc } from './jsonc.js';
import {
  type Config,
  type ConfigLevel,
  type ConfigSetting,
  LEVELS,
  type LevelByPoint,
  type Policy,
  type Setting,
} from './policy.js';
import { type Problem, validate } from './validate.js';

/**
 * The text of a JSON config → its policy; `key` where the config is the value of one key of the file.
 * @throws PolicyError CONFIG_INVALID with file, line, column and place
 */
export function policyFromText(text: string, file: string, rules: readonly AnyRule[], key?: string): Policy {
  const parsed = parseJsonc(text);
  if (key === undefined || parsed.problems.length > 0) return policyFrom(parsed, file, rules);
  const value = (parsed.value as Record<string, unknown>)[key];
  return policyFrom({ ...parsed, value, locate: (path) => parsed.locate([key, ...path]) }, file, rules);
}

/** A config that is a value already (JavaScript, YAML, `package.json#nonstop`) → its policy. */
export function policyFromValue(value: unknown, file: string, rules: readonly AnyRule[]): Policy {
  return policyFrom({ value, problems: [], locate: () => undefined }, file, rules);
}

function policyFrom(parsed: Parsed, file: string, rules: readonly AnyRule[]): Policy {
  const problems = parsed.problems.length > 0 ? parsed.problems : validate(configSpec(rules), parsed.value);
  if (problems.length > 0) throw invalid(problems, file, parsed);
  const config = parsed.value as Config;
  const twice = duplicateModule(config);
  if (twice) throw invalid([twice], file, parsed);
  return {
    rules: settings(config.rules),
    modules: (config.modules ?? []).map(({ name, files, owner, rules: own }) => ({
      name,
      files,
      owner,
      rules: settings(own),
    })),
    ignore: config.ignore ?? [],
  };
}

function settings(entries: Config['rules'] = {}): Record<string, Setting> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, toSetting(entry)]));
}

function toSetting(entry: ConfigSetting): Setting {
  if (typeof entry === 'string' || 'hook' in entry) return { level: toLevels(entry as ConfigLevel), options: {} };
  const { level, ...options } = entry as { level?: ConfigLevel };
  return { level: level === undefined ? undefined : toLevels(level), options };
}

function toLevels(level: ConfigLevel): LevelByPoint {
  return typeof level === 'string' ? { hook: level, ci: level } : level;
}

function duplicateModule({ modules = [] }: Config): Problem | undefined {
  const at = modules.findIndex(({ name }, index) => modules.findIndex((other) => other.name === name) < index);
  if (at === -1) return undefined;
  const name = modules[at]!.name;
  return {
    path: ['modules', at, 'name'],
    what: 'The config has two modules of one name',
    why: `"${name}" is the name of an earlier module`,
    fix: 'Give one of them another name, or join their files',
  };
}

function invalid(problems: readonly Problem[], file: string, { locate }: Parsed): PolicyError {
  const [first, ...more] = problems as [Problem, ...Problem[]];
  const at = first.path.length > 0 ? locate(first.path) : undefined;
  const place = first.path.map((step, index) =>
    typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
  );
  const rest = more.length === 0 ? '' : ` (and ${more.length} more ${more.length === 1 ? 'fault' : 'faults'})`;
  return new PolicyError('CONFIG_INVALID', {
    what: first.what,
    where: `${file}${at ? `:${at.line}:${at.column}` : ''}${place.length > 0 ? `, ${place.join('')}` : ''}`,
    why: `${first.why}${rest}`,
    fix: `${first.fix}${docsFor(first)}`,
  });
}

function docsFor({ what }: Problem): string {
  return what.endsWith('unknown level') ? `; docs/config.md#levels tells what ${LEVELS.join(', ')} do` : '';
}
