import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { modeOf, parseChanges, parseIndex, parseTree, parseTreeObject } from '../../src/host/listing.js';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const ZERO = '0'.repeat(40);
const raw = (...fields: (string | Buffer)[]) =>
  Buffer.concat(fields.map((field) => Buffer.concat([Buffer.from(field), Buffer.from([0])])));

/** What a scenario is about: status, mode, path, and what it was before. */
const changes = (bytes: Buffer) =>
  parseChanges(bytes).entries.map(({ status, mode, path, oid, previous }) =>
    [status, mode, path, oid?.[0], previous ? `${previous.path}@${previous.oid[0]}` : null].join(' '),
  );

test('each status of a change', () => {
  assert.equal(changes(raw(`:000000 100644 ${ZERO} ${A} A`, 'a')), ['added file a a ']);
  assert.equal(changes(raw(`:100644 100755 ${B} ${A} M`, 'a')), ['modified executable a a a@b']);
  assert.equal(changes(raw(`:120000 100644 ${B} ${A} T`, 'a')), ['type-changed file a a a@b']);
  assert.equal(changes(raw(`:100644 120000 ${B} ${A} T`, 'a')), ['type-changed symlink a a a@b']);
  assert.equal(changes(raw(`:100644 100644 ${B} ${A} R086`, 'old', 'new')), ['renamed file new a old@b']);
  assert.equal(changes(raw(`:100644 100644 ${B} ${A} C100`, 'old', 'new')), ['copied file new a old@b']);
  assert.equal(changes(raw(`:000000 160000 ${ZERO} ${A} A`, 'lib')), ['added submodule lib a ']);
  assert.equal(changes(raw(`:000000 000000 ${ZERO} ${ZERO} U`, 'a')), ['unmerged file a 0 ']);
});

test('what is not at its path any more is told apart from what never was', () => {
  const { entries, gone } = parseChanges(
    raw(`:100644 000000 ${B} ${ZERO} D`, 'deleted', `:100644 100644 ${B} ${A} R100`, 'old', 'new'),
  );
  assert.equal(
    entries.map(({ path }) => path),
    ['new'],
  );
  assert.equal([...gone].sort(), ['deleted', 'old']);
});

test('a path is unmerged, whichever of its two lines comes first', () => {
  const unmerged = [`:000000 000000 ${ZERO} ${ZERO} U`, 'a'];
  const modified = [`:100644 100644 ${B} ${A} M`, 'a'];
  assert.equal(changes(raw(...unmerged, ...modified)), ['unmerged file a 0 ']);
  assert.equal(changes(raw(...modified, ...unmerged)), ['unmerged file a 0 ']);
});

test('SHA-256 ids', () => {
  const id = 'c'.repeat(64);
  assert.equal(changes(raw(`:000000 100644 ${'0'.repeat(64)} ${id} A`, 'a')), ['added file a c ']);
});

test('a name is bytes: newline, tab, colon, not UTF-8', () => {
  const name = Buffer.from('a\n\t:000000 100644 x\xe9', 'latin1');
  const [entry] = parseChanges(raw(`:000000 100644 ${ZERO} ${A} A`, name)).entries;
  assert.equal(entry?.path, 'a\n\t:000000 100644 x%E9');
  assert.equal(Buffer.from(entry?.rawPath ?? []), name);
});

test('nothing is a list of nothing', () => {
  assert.equal(changes(Buffer.alloc(0)), []);
  assert.equal(parseIndex(Buffer.alloc(0)), []);
  assert.equal(parseTree(Buffer.alloc(0)), []);
});

for (const [name, bytes] of [
  ['words', Buffer.from('usage: git diff-index\n')],
  ['words with NUL', raw('usage: git diff-index')],
  ['a list without its last NUL', raw(`:000000 100644 ${ZERO} ${A} A`, 'a').subarray(0, -1)],
  ['a change without a path', raw(`:000000 100644 ${ZERO} ${A} A`)],
  ['a rename without its second path', raw(`:100644 100644 ${B} ${A} R100`, 'old')],
  ['a status that is not known', raw(`:100644 100644 ${B} ${A} X`, 'a')],
  ['a path without a change', raw('a')],
  ['a file without a name', raw(`:000000 100644 ${ZERO} ${A} A`, '')],
  ['a file without an id', raw(`:000000 100644 ${ZERO} ${ZERO} A`, 'a')],
  ['a short id', raw(`:100644 100644 ${B.slice(1)} ${A} M`, 'a')],
] as const) {
  test(`a list of changes is refused: ${name}`, () => {
    assert.throws(
      () => parseChanges(bytes),
      (error: unknown) => error instanceof RangeError,
    );
  });
}

test('the index: tags, modes, stages', () => {
  const listed = parseIndex(
    raw(
      `H 100644 ${A} 0\ta`,
      `S 100755 ${A} 0\tb c`,
      `M 100644 ${A} 1\td`,
      `M 100644 ${B} 2\td`,
      `H 160000 ${A} 0\tlib`,
    ),
  );
  assert.equal(
    listed.map(({ entry, absent }) => `${entry.path} ${entry.mode} ${entry.status} ${entry.oid?.[0]} ${absent}`),
    [
      'a file unchanged a false',
      'b c executable unchanged a true',
      'd file unmerged a false',
      'lib submodule unchanged a false',
    ],
  );
});

test('a name in the index or a tree may hold tabs and newlines', () => {
  assert.is(parseIndex(raw(`H 100644 ${A} 0\ta\tb\nc`))[0]?.entry.path, 'a\tb\nc');
  assert.is(parseTree(raw(`100644 blob ${A}\ta\tb\nc`))[0]?.path, 'a\tb\nc');
});

test('a tree: modes', () => {
  const listed = parseTree(raw(`100644 blob ${A}\ta`, `120000 blob ${A}\tb`, `160000 commit ${A}\tlib`));
  assert.equal(
    listed.map(({ path, mode, status, oid }) => `${path} ${mode} ${status} ${oid?.[0]}`),
    ['a file unchanged a', 'b symlink unchanged a', 'lib submodule unchanged a'],
  );
});

test('a listing of the index or a tree is refused in another shape', () => {
  for (const line of [`H 100644 ${A} 0\t`, `H 100644 ${ZERO} 0\ta`, '100644 a', `H 100644 ${A} 0 a`, 'fatal: no', '']) {
    assert.throws(() => parseIndex(raw(line)), /git listed/);
    assert.throws(() => parseTree(raw(line)), /git listed/);
  }
  assert.throws(() => parseTree(Buffer.from(`100644 blob ${A}\ta`)), /cut a list short/);
});

test('a tree object: names are bytes, ids are as long as the repository has them', () => {
  for (const length of [20, 32]) {
    const id = Buffer.alloc(length, 0xab); // has no NUL and no space
    const zeros = Buffer.alloc(length, 0); // is all NUL
    const item = (mode: string, name: string | Buffer, oid: Buffer) =>
      Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.from([0]), oid]);
    const bytes = Buffer.concat([
      item('100644', 'a b', zeros),
      item('120000', Buffer.from('\xe9', 'latin1'), id),
      item('40000', 'sub', id),
      item('160000', 'lib', zeros),
    ]);
    const oid = 'ab'.repeat(length);
    assert.equal(
      [...parseTreeObject(bytes, length)],
      [
        ['a b', { mode: 'file', oid: '00'.repeat(length) }],
        ['\xe9', { mode: 'symlink', oid }],
        ['sub', { mode: 'folder', oid }],
        ['lib', { mode: 'submodule', oid: '00'.repeat(length) }],
      ],
    );
    for (const cut of [1, length, length + 1, length + 8]) {
      assert.throws(() => parseTreeObject(bytes.subarray(0, -cut), length), /another shape/, String(cut));
    }
  }
});

test('modes', () => {
  assert.equal(['100644', '100755', '120000', '160000', '100664'].map(modeOf), [
    'file',
    'executable',
    'symlink',
    'submodule',
    'file',
  ]);
});

test.run();
