import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fingerprints } from '../../src/engine/fingerprint.js';
import { check } from '../../src/index.js';
import { githubToken } from '../helpers/generated-secrets.js';

const draft = { messageId: 'found', path: 'a', key: 'x' };
const halves = (print: string | undefined) => [print?.slice(0, 16), print?.slice(16)];

test('one half says where, the other what: a rename changes the first only', () => {
  const [here, there, other] = fingerprints('todo', [draft, { ...draft, path: 'b' }, { ...draft, key: 'y' }]).map(
    halves,
  );
  assert.is(here?.[1], there?.[1]);
  assert.is(here?.[0], other?.[0]);
  assert.is.not(here?.[0], there?.[0]);
  assert.is.not(here?.[1], other?.[1]);
});

test('equal findings of a file are numbered from the second on', () => {
  const [first = '', ...more] = fingerprints('todo', [draft, draft, { ...draft, line: 9 }]);
  assert.match(first, /^[0-9a-f]{32}$/);
  assert.equal(more, [`${first}-2`, `${first}-3`]);
});

test('rule, message and key are kept apart, whatever they hold', () => {
  const prints = [
    ...fingerprints('a', [
      { ...draft, messageId: 'b"', key: 'c' },
      { ...draft, messageId: 'b', key: '"c' },
    ]),
    ...fingerprints('a","b', [{ ...draft, messageId: 'c', key: 'c' }]),
  ];
  assert.is(new Set(prints).size, 3);
});

test('a fingerprint confirms no guess of a secret, in a file or in its name', async () => {
  const printsFor = async (seed: number) => {
    const files = { [`keys/${githubToken(seed)}.txt`]: githubToken(seed + 1) };
    const { findings } = await check({ config: { rules: { secrets: 'block' } }, files, asOf: '2026-01-01' });
    return findings.map(({ fingerprint }) => fingerprint);
  };
  const prints = await printsFor(1);
  assert.is(new Set(prints).size, 2);
  assert.equal(await printsFor(5), prints);
});

test.run();
