/** How much a finding counts, from least to most. */
export const LEVELS = ['off', 'warn', 'block'] as const;
export type Level = (typeof LEVELS)[number];

/** Where a run takes place: before a commit or push, or in CI. */
export const POINTS = ['hook', 'ci'] as const;
export type Point = (typeof POINTS)[number];

export type LevelByPoint = Readonly<Record<Point, Level>>;

/** What a config says of one rule in one place. */
export interface Setting {
  /** `undefined` in a module that only sets options: the default's level holds. */
  readonly level: LevelByPoint | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A named part of the repository. */
export interface Module {
  readonly name: string;
  readonly files: readonly string[];
  readonly owner: string | undefined;
  readonly rules: Readonly<Record<string, Setting>>;
}

/** A checked config. A rule that it does not name is off. */
export interface Policy {
  readonly rules: Readonly<Record<string, Setting>>;
  /** In the config's order: a file belongs to the last that matches. */
  readonly modules: readonly Module[];
  /** Globs of files that no rule looks at. */
  readonly ignore: readonly string[];
}

/** A config as a person writes it; `defineConfig` gives editors this type. */
export interface Config {
  readonly $schema?: string;
  readonly rules?: Readonly<Record<string, ConfigSetting>>;
  readonly modules?: readonly {
    readonly name: string;
    readonly files: readonly string[];
    readonly owner?: string;
    readonly rules?: Readonly<Record<string, ConfigSetting>>;
  }[];
  readonly ignore?: readonly string[];
}
export type ConfigLevel = Level | LevelByPoint;
export type ConfigSetting = ConfigLevel | { readonly level?: ConfigLevel; readonly [option: string]: unknown };
