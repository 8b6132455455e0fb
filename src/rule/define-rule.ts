import type { Entry, LineRange } from './snapshot.js';
import type { OptionSchema, OptionsOf } from './spec.js';

/**
 * How often `check` is called: `file` and `module` once for each set of files that share options (for `module`: once a module),
 * `repository` once with every matching file of the snapshot, changed or not.
 */
export type Scope = 'file' | 'module' | 'repository';

export interface RuleMeta<S extends OptionSchema = OptionSchema, M extends string = string> {
  /** Kebab-case; the key in the config's `rules`. */
  readonly id: string;
  /** What holds when the rule finds nothing, one line. */
  readonly summary: string;
  readonly scope?: Scope;
  /** Globs of the files that it reads, from the repository's root; all files when absent. */
  readonly files?: readonly string[];
  readonly options: S;
  /**
   * The highest rung of the rule's ladder, for a rule with phases from 0. The rule then gets the phase in force as
   * `options.phase`, for which it declares an option of that name.
   */
  readonly phases?: number;
  /** Comments of other tools that let a finding through, for this rule only; `nonstop-waive RULE` is understood for every rule. */
  readonly waiverComments?: readonly { readonly comment: string; readonly nextLine: boolean }[];
  /** Text by message id; `{{name}}` is replaced by the draft's `data.name`. */
  readonly messages: Readonly<Record<M, string>>;
  /** One fix line by message id, for the reports for people. */
  readonly fixes?: Readonly<Partial<Record<M, string>>>;
}

/** Values of a message. No value may hold a secret: mask it in the rule. */
export type Data = Readonly<Record<string, string | number | boolean | null>>;

/** What a rule reports; the engine adds module, level, message and fingerprint. */
export interface Draft<M extends string = string> {
  readonly messageId: M;
  readonly path: string;
  /** Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. Absent: the whole file. */
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly data?: Data;
  /** What makes it the same finding after lines move; without line numbers, and without a secret. */
  readonly key: string;
  /**
   * `true` where the rule knows that this very finding was not in the file before the change, though one with the same key may have
   * been: another secret of the same kind. No baseline lets it through. Absent: not known.
   */
  readonly fresh?: boolean;
  /** The line of the finding for people, with every secret masked. Only the rule knows what to mask, so only it may give one. */
  readonly excerpt?: Excerpt;
}

/** Part of the line that a finding starts on. */
export interface Excerpt {
  readonly text: string;
  /** Offset in `text` of the finding, and its length there, in UTF-16 units. */
  readonly start: number;
  readonly length: number;
}

/** Bytes of one file that could be read. */
export interface Content {
  readonly file: Entry;
  readonly bytes: Uint8Array;
}

/** All that a rule may know. It holds no level, module or waiver. */
export interface Context<S extends OptionSchema = OptionSchema> {
  /** The files to look at, in path order; submodules are among them. */
  readonly files: readonly Entry[];
  readonly options: OptionsOf<S>;
  /** The day of the check, `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** Aborted when the rule's time is over. */
  readonly signal: AbortSignal;
  /**
   * The bytes of each file, in order, several read ahead. A file that cannot be read, or has more than `maxBytes`, is recorded
   * as not evaluated and left out; submodules have no bytes and are passed over.
   */
  contents(files: readonly Entry[], limits: { readonly maxBytes: number }): AsyncIterable<Content>;
  /** The text of one file. Throws, and so ends the rule as not evaluated, where there is none or it is not UTF-8. */
  read(file: Entry): Promise<string>;
  /** The bytes of a file before the change; `null` for a new one, where no change is looked at, or where they cannot be read. */
  before(file: Entry): Promise<Uint8Array | null>;
  /** The lines that the change adds to a file; all of them for a new file, or where no change is looked at. */
  addedLines(file: Entry): Promise<readonly LineRange[]>;
  /** Records that a file could not be judged. Never a pass: under `block` the run ends with exit 2. */
  undecided(path: string, reason: string): void;
  /** Masks this text wherever it would be printed or stored. */
  hide(secret: string): void;
}

export interface Rule<S extends OptionSchema = OptionSchema, M extends string = string> {
  readonly meta: RuleMeta<S, M>;
  check(context: Context<S>): AsyncIterable<Draft<M>> | Iterable<Draft<M>>;
}

/** A rule of any options and messages, as the engine holds it. */
// biome-ignore lint/suspicious/noExplicitAny: a rule is contravariant in its options, so no one type but any takes all of them
export type AnyRule = Rule<any, any>;

/**
 * Declares a rule. Types follow from `meta`: a misspelt message id or option does not compile.
 * @throws TypeError when the id is not kebab-case
 */
export function defineRule<const S extends OptionSchema, M extends string>(rule: {
  readonly meta: RuleMeta<S, M>;
  check(context: Context<S>): AsyncIterable<Draft<NoInfer<M>>> | Iterable<Draft<NoInfer<M>>>;
}): Rule<S, M> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(rule.meta.id)) {
    throw new TypeError(`the id of a rule is kebab-case, not "${rule.meta.id}"`);
  }
  return rule;
}
