/**
 * A description of a JSON value: from the one description come the check of a config, its error wording, the JSON Schema that
 * editors use, and the table of options in the docs.
 */
export type Spec = StringSpec | IntegerSpec | BooleanSpec | ArraySpec | ObjectSpec | MapSpec | EitherSpec;

interface Base {
  /** One line for people, without a full stop. */
  readonly summary?: string;
}
export interface StringSpec extends Base {
  readonly type: 'string';
  /** The closed set of allowed values. */
  readonly values?: readonly string[];
  /** `glob`: a picomatch pattern for paths from the repository's root. `day`: `YYYY-MM-DD`, a day of the calendar in UTC. */
  readonly format?: 'glob' | 'day';
  readonly default?: string;
}
export interface IntegerSpec extends Base {
  readonly type: 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
}
export interface BooleanSpec extends Base {
  readonly type: 'boolean';
  readonly default?: boolean;
}
export interface ArraySpec extends Base {
  readonly type: 'array';
  readonly items: Spec;
  readonly minItems?: number;
  readonly default?: readonly unknown[];
}
export interface ObjectSpec extends Base {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Spec>>;
  readonly required?: readonly string[];
  readonly default?: Readonly<Record<string, unknown>>;
}
/** An object whose keys are names of one closed set, each with a description of its own. */
export interface MapSpec extends Base {
  readonly type: 'map';
  /** What a key is called in an error: `rule`. */
  readonly keyName: string;
  readonly values: Readonly<Record<string, Spec>>;
  readonly default?: Readonly<Record<string, unknown>>;
}
/** One of several forms; the first whose `when` takes the value decides, so that an error speaks of the form that was meant. */
export interface EitherSpec extends Base {
  readonly type: 'either';
  readonly forms: readonly { readonly when: (value: unknown) => boolean; readonly spec: Spec }[];
  readonly default?: unknown;
}

/** The TypeScript type of the values that a `Spec` describes. */
export type ValueOf<S> = S extends { type: 'string'; values: readonly (infer V)[] }
  ? V
  : S extends { type: 'string' }
    ? string
    : S extends { type: 'integer' }
      ? number
      : S extends { type: 'boolean' }
        ? boolean
        : S extends { type: 'array'; items: infer I }
          ? readonly ValueOf<I>[]
          : S extends { type: 'object'; properties: infer P }
            ? { readonly [K in keyof P]?: ValueOf<P[K]> }
            : unknown;

/** The options of a rule, by name. Every option has a default, so a rule never meets `undefined`. */
export type OptionSchema = Readonly<Record<string, Spec & { readonly default: unknown; readonly summary: string }>>;
export type OptionsOf<S extends OptionSchema> = { readonly [K in keyof S]: ValueOf<S[K]> };
