import type { Clock, Content, Context, Entry, Snapshot } from '../rule/index.js';
import { addedLines } from './added-lines.js';

/** How many files are asked for ahead of the one that a rule looks at: more while they are small, since all are held in memory. */
const AHEAD = { least: 2, first: 8, most: 64 };
/** Of files as large as this a few at a time are enough. */
const LARGE_BYTES = 1024 * 1024;
/** After how many files timers get their turn, so that a rule can run out of time while files come from memory or disk. */
const PAUSE_EVERY = 64;
/** As much as a rule reads of a file after the change. */
const BEFORE_BYTES = 500 * 1024 * 1024;
/** More than any text that a person writes. */
const TEXT_BYTES = 10 * 1024 * 1024;

/** What one rule has read, could not read, and wants masked; shared by all its contexts. */
export interface Trace {
  files: number;
  bytes: number;
  readonly undecided: { path: string; reason: string }[];
  readonly secrets: Set<string>;
}

export interface Surroundings {
  readonly snapshot: Snapshot;
  readonly clock: Clock | undefined;
  readonly today: string;
  readonly signal: AbortSignal;
  readonly trace: Trace;
}

/** What a rule sees of the world. */
export function contextFor(files: readonly Entry[], options: Context['options'], around: Surroundings): Context {
  const { snapshot, trace, signal } = around;

  async function text(file: Entry): Promise<string> {
    const blob = await snapshot.read(file, TEXT_BYTES);
    if (!blob.ok) throw new Error(`${file.path}: ${blob.reason}`);
    count(trace, blob.bytes);
    return decode(file.path, blob.bytes);
  }

  return {
    files,
    options,
    today: around.today,
    signal,
    contents: (wanted, { maxBytes }) => contents(wanted, maxBytes, around),
    read: text,
    async before(file) {
      const blob = file.previous === null ? null : await snapshot.readPrevious(file, BEFORE_BYTES);
      return blob?.ok ? blob.bytes : null;
    },
    async addedLines(file) {
      const after = await text(file);
      const whole = [{ start: 1, end: after.split('\n').length }];
      if (file.previous === null) return whole;
      const before = await snapshot.readPrevious(file, TEXT_BYTES);
      return before.ok ? addedLines(decode(file.path, before.bytes), after) : whole;
    },
    undecided: (path, reason) => void trace.undecided.push({ path, reason }),
    hide: (secret) => void trace.secrets.add(secret),
  };
}

async function* contents(wanted: readonly Entry[], maxBytes: number, around: Surroundings): AsyncIterable<Content> {
  const { snapshot, clock, signal, trace } = around;
  const files = wanted.filter(({ mode }) => mode !== 'submodule');
  const asked: ReturnType<Snapshot['read']>[] = [];
  let ahead = AHEAD.first;
  for (const [at, file] of files.entries()) {
    const isRunningLow = asked.length - at <= ahead / 2; // asked for in one go, they cost one message to git and not many
    while (isRunningLow && asked.length < files.length && asked.length <= at + ahead) {
      const blob = snapshot.read(files[asked.length]!, maxBytes);
      if (blob instanceof Promise) blob.catch(() => {}); // it is reported when its turn comes
      asked.push(blob);
    }
    if (at % PAUSE_EVERY === PAUSE_EVERY - 1) await clock?.pause();
    signal.throwIfAborted();
    const blob = await asked[at]!;
    asked[at] = { ok: false, reason: 'it was read before' }; // lets go of the bytes
    if (blob.ok) {
      ahead = blob.bytes.length >= LARGE_BYTES ? AHEAD.least : Math.min(ahead * 2, AHEAD.most);
      count(trace, blob.bytes);
      yield { file, bytes: blob.bytes };
    } else {
      trace.undecided.push({ path: file.path, reason: blob.reason });
    }
  }
}

function count(trace: Trace, bytes: Uint8Array): void {
  trace.files += 1;
  trace.bytes += bytes.length;
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${path}: it is not UTF-8 text`, { cause });
  }
}
