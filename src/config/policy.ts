/** How much a finding counts, from least to most. */
export const LEVELS = ['off', 'warn', 'block'] as const;
export type Level = (typeof LEVELS)[number];

/** Where a run takes place: before a commit or push, or in CI. */
export const POINTS = ['hook', 'ci'] as const;
export type Point = (typeof POINTS)[number];

export type LevelByPoint = Readonly<Record<Point, Level>>;

/** The place in a config that says something. */
export interface Origin {
  readonly file: string;
  /** From 1; `null` where the config is no text with lines (a program, YAML). */
  readonly line: number | null;
  /** As people write it: `modules[0].rules.secrets`. */
  readonly at: string;
}

/** A dated change, which only ever tightens: from that day on the level or phase is at least this. */
export interface Step {
  /** A UTC day; the step is due on it. */
  readonly on: string;
  readonly level: LevelByPoint | undefined;
  readonly phase: number | undefined;
  readonly origin: Origin;
}

/** A level or phase that was lowered for a time, by name and with a reason; it comes back by itself. */
export interface Lowered {
  readonly level: LevelByPoint | undefined;
  readonly phase: number | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  /** The last UTC day on which it holds. */
  readonly until: string;
  readonly origin: Origin;
}

/** What a config says of one rule in one place. */
export interface Setting {
  /** `undefined` in a module that only sets options: the default's level holds. */
  readonly level: LevelByPoint | undefined;
  /** A rung of the rule's ladder, for a rule that has one. */
  readonly phase: number | undefined;
  /** In the order of their days. */
  readonly steps: readonly Step[];
  readonly lowered: Lowered | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

/** A named part of the repository. */
export interface Module {
  readonly name: string;
  readonly files: readonly string[];
  readonly owner: string | undefined;
  readonly rules: Readonly<Record<string, Setting>>;
  readonly origin: Origin;
}

/** The least that holds for some files, whatever a module says. */
export interface Floor {
  readonly rule: string;
  readonly files: readonly string[];
  readonly level: LevelByPoint | undefined;
  readonly phase: number | undefined;
  /** Whether findings there can be waived by an entry of the config. */
  readonly waivable: boolean;
  /** Whether findings there can be waived by a comment beside them. */
  readonly inlineWaivers: boolean;
  /** How many days from the day of the check a waiver may reach. */
  readonly maxDays: number | undefined;
  readonly origin: Origin;
}

/** A finding that is let through for a time: one by its fingerprint, or those of a rule in some files. */
export interface Waiver {
  readonly id: string;
  readonly rule: string;
  /** Absent with a fingerprint: any file. */
  readonly files: readonly string[] | undefined;
  readonly fingerprint: string | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string | undefined;
  /** The last UTC day on which it holds. */
  readonly until: string;
  readonly origin: Origin;
}

/** A checked config, with what its presets bring. A rule that it does not name is off. */
export interface Policy {
  readonly rules: Readonly<Record<string, Setting>>;
  /** In the config's order, presets first: a file belongs to the last that matches. */
  readonly modules: readonly Module[];
  readonly floors: readonly Floor[];
  readonly waivers: readonly Waiver[];
  /** Globs of files that no rule looks at. */
  readonly ignore: readonly string[];
  /** The presets by their names in `extends`, each with its version where it is a package. */
  readonly presets: readonly { readonly name: string; readonly version: string | null }[];
  /** The config itself. */
  readonly file: string;
}

/** A config as a person writes it; `defineConfig` gives editors this type. */
export interface Config {
  readonly $schema?: string;
  readonly extends?: readonly string[];
  readonly rules?: Readonly<Record<string, ConfigSetting>>;
  readonly modules?: readonly {
    readonly name: string;
    readonly files: readonly string[];
    readonly owner?: string;
    readonly rules?: Readonly<Record<string, ConfigSetting>>;
  }[];
  readonly floors?: readonly ConfigFloor[];
  readonly waivers?: readonly ConfigWaiver[];
  readonly ignore?: readonly string[];
}
export type ConfigLevel = Level | LevelByPoint;
export interface ConfigStep {
  readonly on: string;
  readonly level?: ConfigLevel;
  readonly phase?: number;
}
export interface ConfigLowered {
  readonly level?: ConfigLevel;
  readonly phase?: number;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  readonly until: string;
}
export type ConfigSetting =
  | ConfigLevel
  | {
      readonly level?: ConfigLevel;
      readonly phase?: number;
      readonly steps?: readonly ConfigStep[];
      readonly lowered?: ConfigLowered;
      readonly [option: string]: unknown;
    };
export interface ConfigFloor {
  readonly rule: string;
  readonly files: readonly string[];
  readonly level?: ConfigLevel;
  readonly phase?: number;
  readonly waivable?: boolean;
  readonly inlineWaivers?: boolean;
  readonly maxDays?: number;
}
export interface ConfigWaiver {
  readonly id: string;
  readonly rule: string;
  readonly files?: readonly string[];
  readonly fingerprint?: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  readonly until: string;
}
