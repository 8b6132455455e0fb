import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { byRawPath, displayPath } from '../../src/host/paths.js';

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))));

test('UTF-8 is shown as it is, a byte order mark and controls included', () => {
  for (const name of ['a', 'ä', '日本', '😀', '\uFEFFa', 'a\n\t\u0001', '%E9', '']) {
    assert.is(displayPath(Buffer.from(name)), name);
  }
});

test('every byte that is not UTF-8 is percent-encoded, and only those', () => {
  assert.is(displayPath(bytes('caf', 0xe9, '.txt')), 'caf%E9.txt');
  assert.is(displayPath(bytes('ä', 0xff, 0xfe, '日')), 'ä%FF%FE日');
  assert.is(displayPath(bytes('a', 0xe2, 0x82)), 'a%E2%82'); // cut short
  assert.is(displayPath(bytes(0xc0, 0xaf)), '%C0%AF'); // an overlong slash
  assert.is(displayPath(bytes(0xed, 0xa0, 0x80)), '%ED%A0%80'); // half of a surrogate pair
  assert.is(displayPath(bytes(0xf4, 0x90, 0x80, 0x80)), '%F4%90%80%80'); // above U+10FFFF
});

test('the order is that of the bytes', () => {
  const names = [bytes('b'), bytes('a', 0xff), bytes('a/b'), bytes('a'), bytes('B'), bytes('a.b')];
  const ordered = names.map((rawPath) => ({ rawPath })).sort(byRawPath);
  assert.equal(
    ordered.map(({ rawPath }) => displayPath(rawPath)),
    ['B', 'a', 'a.b', 'a/b', 'a%FF', 'b'],
  );
});

test.run();
