import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { policyFromValue } from '../../src/config/load.js';
import { runCheck } from '../../src/engine/check.js';
import { PolicyError } from '../../src/errors.js';
import { type Clock, type Draft, defineRule, type Entry, type Snapshot } from '../../src/rule/index.js';

const file = (path: string): Entry => ({
  path,
  rawPath: Buffer.from(path),
  mode: 'file',
  status: 'unchanged',
  oid: null,
  previous: null,
});

function snapshotOf(
  paths: readonly string[],
  read: Snapshot['read'] = () => ({ ok: true, bytes: Buffer.from('x') }),
): Snapshot {
  const entries = paths.map(file);
  return {
    kind: 'worktree',
    isWhole: true,
    base: null,
    head: null,
    entries,
    all: async () => entries,
    read,
    readPrevious: read,
  };
}

/** Runs one rule at level block, with a clock whose time is over as soon as the rule waits. */
function run(check: Parameters<typeof defineRule>[0]['check'], snapshot: Snapshot, clock?: Clock) {
  const rule = defineRule({
    meta: { id: 'slow', summary: 's', options: {}, messages: { said: 'said' } },
    check: check as never,
  });
  const policy = policyFromValue({ rules: { slow: 'block' } }, 'config', [rule]);
  return runCheck({ policy, rules: [rule], snapshot, asOf: '2026-01-01', point: 'ci', clock, timeLimitMs: 1500 });
}

const impatient: Clock = {
  after(_ms, call) {
    const timer = setImmediate(call);
    return () => clearImmediate(timer);
  },
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};

test('a rule that waits for ever runs out of time and is not evaluated', async () => {
  const hang = async function* (): AsyncIterable<Draft> {
    await new Promise(() => {});
  };
  const { verdict, notEvaluated } = await run(hang, snapshotOf(['a']), impatient);
  assert.equal([verdict, notEvaluated[0]?.reason], ['error', 'it took longer than 1.5 seconds']);
});

test('a rule that reads many files runs out of time between them', async () => {
  let read = 0;
  const snapshot = snapshotOf(
    Array.from({ length: 10_000 }, (_, at) => `f${at}`),
    () => {
      read++;
      return { ok: true, bytes: new Uint8Array() };
    },
  );
  const scan = async function* ({
    files,
    contents,
  }: Parameters<Parameters<typeof defineRule>[0]['check']>[0]): AsyncIterable<Draft> {
    for await (const _ of contents(files, { maxBytes: 1 })) yield* [];
  };
  const { verdict } = await run(scan, snapshot, impatient);
  assert.is(verdict, 'error');
  assert.ok(read < 10_000);
});

test('the rule learns that its time is over', async () => {
  let reason: unknown;
  const polite = async function* ({ signal }: { signal: AbortSignal }): AsyncIterable<Draft> {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    reason = signal.reason;
  };
  await run(polite as never, snapshotOf(['a']), impatient);
  assert.instance(reason, Error);
});

test('git that fails is the failure of the run, not of the rule', async () => {
  const help = { what: 'w', where: 'x', why: 'y', fix: 'z' };
  const snapshot = snapshotOf(['a'], () => Promise.reject(new PolicyError('GIT_FAILED', help)));
  const scan = async function* ({
    files,
    read,
  }: Parameters<Parameters<typeof defineRule>[0]['check']>[0]): AsyncIterable<Draft> {
    await read(files[0]!);
    yield* [];
  };
  try {
    await run(scan, snapshot);
    assert.unreachable();
  } catch (error) {
    assert.is((error as PolicyError).code, 'GIT_FAILED');
  }
});

test('text that is not UTF-8 cannot be read as text', async () => {
  const snapshot = snapshotOf(['a'], () => ({ ok: true, bytes: Uint8Array.of(0xff, 0xfe, 0x00) }));
  const scan = async function* ({
    files,
    read,
  }: Parameters<Parameters<typeof defineRule>[0]['check']>[0]): AsyncIterable<Draft> {
    await read(files[0]!);
    yield* [];
  };
  const { notEvaluated } = await run(scan, snapshot);
  assert.is(notEvaluated[0]?.reason, 'a: it is not UTF-8 text');
});

test.run();
