import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { contextFor, type Trace } from '../../src/engine/context.js';
import { matcher } from '../../src/engine/globs.js';
import type { Context, Draft, Entry, OptionSchema, OptionsOf, Rule, RuleMeta, Snapshot } from '../../src/rule/index.js';

/** Text or bytes by path; `null` is a file that is there but cannot be read. */
export type MemoryRepo = Readonly<Record<string, string | Uint8Array | null>>;

export interface Case<S extends OptionSchema, M extends string> {
  /** The behaviour: "the last day still counts". */
  readonly name: string;
  readonly repo: MemoryRepo;
  readonly today?: string;
  /** Those not given have their defaults. */
  readonly options?: Partial<OptionsOf<S>>;
  /** `messageId path:line`, in the rule's order; without `:line` for a whole file. */
  readonly finds?: readonly `${M} ${string}`[];
  /** `path: reason` of what could not be judged. */
  readonly undecided?: readonly string[];
}

/** Runs each case on an in-memory repository: no disk, git, network or clock. */
export function ruleTester<S extends OptionSchema, M extends string>(rule: Rule<S, M>, cases: readonly Case<S, M>[]) {
  const test = suite(rule.meta.id);
  for (const { name, repo, today, options, finds = [], undecided = [] } of cases) {
    test(name, async () => {
      const { drafts, trace } = await runOn(rule, repo, { today, options });
      for (const draft of drafts) assertComplete(rule.meta, draft, repo);
      const place = ({ path, line }: Draft) => (line === undefined ? path : `${path}:${line}`);
      assert.equal(
        drafts.map((draft) => `${draft.messageId} ${place(draft)}`),
        finds,
      );
      assert.equal(
        trace.undecided.map(({ path, reason }) => `${path}: ${reason}`),
        undecided,
      );
    });
  }
  test('each message id has a case', () => {
    const seen = new Set(cases.flatMap(({ finds = [] }) => finds.map((find) => find.split(' ')[0])));
    assert.equal([...seen].sort(), Object.keys(rule.meta.messages).sort());
  });
  test.run(); // here, so that no rule's test can forget it
}

export interface RunOptions<S extends OptionSchema> {
  readonly today?: string | undefined;
  readonly options?: Partial<OptionsOf<S>> | undefined;
}

/** The drafts of one rule, and what the engine would have noted beside them. */
export async function runOn<S extends OptionSchema, M extends string>(
  rule: Rule<S, M>,
  repo: MemoryRepo,
  { today = '2025-01-01', options = {} }: RunOptions<S> = {},
) {
  const trace: Trace = { files: 0, bytes: 0, undecided: [], secrets: new Set() };
  const context = memoryContext(rule.meta, { repo, today, options, trace });
  const drafts: Draft<M>[] = [];
  for await (const draft of rule.check(context)) drafts.push(draft);
  return { drafts, trace };
}

function memoryContext<S extends OptionSchema, M extends string>(
  meta: RuleMeta<S, M>,
  around: { repo: MemoryRepo; today: string; options: Partial<OptionsOf<S>>; trace: Trace },
): Context<S> {
  const snapshot = memorySnapshot(around.repo);
  const isWanted = meta.files ? matcher(meta.files) : () => true;
  const defaults = Object.fromEntries(Object.entries(meta.options).map(([name, spec]) => [name, spec.default]));
  const context = contextFor(
    snapshot.entries.filter(({ path }) => isWanted(path)),
    { ...defaults, ...around.options } as Context['options'],
    { snapshot, clock: undefined, today: around.today, signal: new AbortController().signal, trace: around.trace },
  );
  return context as Context<S>;
}

function memorySnapshot(repo: MemoryRepo): Snapshot {
  const entries: Entry[] = Object.keys(repo)
    .sort()
    .map((path) => ({
      path,
      rawPath: Buffer.from(path),
      mode: 'file',
      status: 'unchanged',
      oid: null,
      previous: null,
    }));
  return {
    kind: 'worktree',
    isWhole: true,
    base: null,
    head: null,
    entries,
    all: async () => entries,
    read({ path }, maxBytes) {
      const content = repo[path];
      if (content === null || content === undefined) return { ok: false, reason: 'it cannot be read' };
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      return bytes.length > maxBytes
        ? { ok: false, reason: `it has more than ${maxBytes} bytes` }
        : { ok: true, bytes };
    },
    readPrevious: () => ({ ok: false, reason: 'there is no version before this one' }),
  };
}

/** What holds for every draft of every rule. */
function assertComplete(meta: RuleMeta, draft: Draft, repo: MemoryRepo): void {
  const { messageId, path, line, column, endLine, endColumn, data = {}, key } = draft;
  const texts = [meta.messages[messageId], meta.fixes?.[messageId] ?? ''];
  const values = texts.flatMap((text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!));
  assert.ok(meta.messages[messageId] !== undefined, `${messageId} is a message of the rule`);
  for (const value of values) assert.ok(value in data, `${messageId} needs a value for {{${value}}}`);
  assert.ok(path in repo, `${path} is a file of the repository`);
  assert.ok(key !== '' && !new RegExp(`\\b${line}\\b`).test(key), 'the key says what it is, without its line');
  for (const count of [line, column, endLine, endColumn]) assert.ok(count === undefined || count >= 1);
  assert.ok(line === undefined || endLine === undefined || endLine >= line);
}
