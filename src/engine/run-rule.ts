import { PolicyError } from '../errors.js';
import type { AnyRule, Clock, Context, Draft, Entry } from '../rule/index.js';
import { contextFor, type Surroundings, type Trace } from './context.js';
import { matcher } from './globs.js';
import type { Resolver } from './resolve.js';
import type { ActiveLevel } from './result.js';

/** What came of one rule: drafts with the module of each, and what could not be decided. */
export interface Outcome {
  readonly rule: AnyRule;
  readonly drafts: readonly Draft[];
  readonly trace: Trace;
  /** Why the rule as a whole gave no answer. */
  readonly failure: string | null;
  /** The highest level at which it would have counted; `null` when it was off, or had no file to look at. */
  readonly level: ActiveLevel | null;
  readonly skipped: string | null;
}

export interface Run {
  readonly resolver: Resolver;
  readonly clock: Clock | undefined;
  readonly timeLimitMs: number;
  readonly surroundings: Omit<Surroundings, 'signal' | 'trace'>;
  /** The entries to judge; ignored ones are left out already. */
  readonly entries: readonly Entry[];
  /** Every entry of the snapshot, for rules that judge the repository as a whole. */
  all(): Promise<readonly Entry[]>;
  /** Whether everything is looked at, not just a change or a selection: then a rule for all files must find some. */
  readonly whole: boolean;
  /** Only this module, by `--module`. */
  readonly only: (path: string) => boolean;
}

/** Files of one call of `check`: they share options, and for a rule of scope `module` the module. */
interface Unit {
  readonly options: Context['options'];
  readonly files: Entry[];
}

/** Runs one rule. Never rejects for what the rule does: to throw, or to take too long, is an outcome. */
export async function runRule(rule: AnyRule, run: Run): Promise<Outcome> {
  const trace: Trace = { files: 0, bytes: 0, undecided: [], secrets: new Set() };
  const { units, level, skipped, nothing = null } = await plan(rule, run);
  const drafts: Draft[] = [];
  const outcome = { rule, trace, level, drafts, failure: nothing, skipped };
  const abort = new AbortController();
  const { clock, timeLimitMs } = run;
  const callOff = clock?.after(timeLimitMs, () =>
    abort.abort(new Error(`it took longer than ${timeLimitMs / 1000} seconds`)),
  );
  try {
    await Promise.race([
      aborted(abort.signal),
      collect(rule, units, { ...run.surroundings, trace, signal: abort.signal }, drafts),
    ]);
    return outcome;
  } catch (error) {
    if (error instanceof PolicyError && error.code.startsWith('GIT_')) throw error; // the run's failure, not this rule's
    return { ...outcome, failure: reasonOf(error) };
  } finally {
    callOff?.();
  }
}

async function collect(rule: AnyRule, units: readonly Unit[], around: Surroundings, drafts: Draft[]): Promise<void> {
  for (const { files, options } of units) {
    for await (const draft of rule.check(contextFor(files, options, around))) {
      if (around.signal.aborted) return;
      if (!Object.hasOwn(rule.meta.messages, draft.messageId)) {
        throw new Error(`the rule reports a message "${draft.messageId}" that its meta does not have`);
      }
      drafts.push(draft);
    }
  }
}

interface Plan {
  readonly units: readonly Unit[];
  /** The highest level among the files to look at. */
  readonly level: ActiveLevel | null;
  readonly skipped: string | null;
  /** Why there is nothing where there must be something. */
  readonly nothing?: string;
}

async function plan(rule: AnyRule, run: Run): Promise<Plan> {
  if (run.resolver.highest(rule) === null) return { units: [], level: null, skipped: 'off' };
  const matches = rule.meta.files ? matcher(rule.meta.files) : () => true;
  const planned =
    rule.meta.scope === 'repository' ? await planWhole(rule, run, matches) : planFiles(rule, run, matches);
  if (planned.units.length > 0) return { ...planned, skipped: null };
  if (run.whole && rule.meta.files === undefined)
    return { ...planned, level: run.resolver.highest(rule), skipped: null, nothing: NOTHING };
  return { ...planned, skipped: 'no file to look at' };
}

/** A scan of nothing is no pass: most likely every file is ignored, or none was added yet. */
const NOTHING = 'there is no file to look at: none is tracked, or the policy ignores them all';

async function planWhole(rule: AnyRule, run: Run, matches: (path: string) => boolean) {
  const { options } = run.resolver.resolve(rule, null);
  const files = (await run.all()).filter(({ path }) => matches(path));
  return { units: [{ files, options }], level: run.resolver.highest(rule) };
}

/** Options are made once for many files, so their text is too. */
function keyOf(options: Context['options']): string {
  let key = keys.get(options);
  if (key === undefined) {
    key = JSON.stringify(options);
    keys.set(options, key);
  }
  return key;
}
const keys = new WeakMap<object, string>();

function planFiles(rule: AnyRule, { resolver, entries, only }: Run, matches: (path: string) => boolean) {
  const units = new Map<string, Unit>();
  let highest: ActiveLevel | null = null;
  for (const file of entries) {
    if (!matches(file.path)) continue;
    const { level, options } = resolver.resolve(rule, file.path);
    if (level === 'off' || !only(file.path)) continue;
    highest = highest === 'block' ? highest : level;
    const key = rule.meta.scope === 'module' ? (resolver.moduleOf(file.path)?.name ?? '') : keyOf(options);
    const unit = units.get(key) ?? { options, files: [] };
    unit.files.push(file);
    units.set(key, unit);
  }
  return { units: [...units.values()], level: highest };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
