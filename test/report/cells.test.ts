import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cells, fit, shorten, shortenStart, wrap } from '../../src/report/cells.js';

test('East Asian characters and emoji take two cells, marks and joiners none', () => {
  const widths = ['abc', '漢字', 'ｶﾅ', '한글', '😀', 'e\u0301', '\u200B', 'é', '…', '│', '⌚'].map(cells);
  assert.equal(widths, [3, 4, 2, 4, 2, 1, 0, 1, 1, 1, 2]);
});

test('a wide character is not cut in half', () => {
  assert.equal([fit('漢字', 3), shorten('漢字漢字', 5), shortenStart('漢字漢字', 5)], ['漢', '漢字…', '…漢字']);
});

test('what fits is left whole', () => {
  assert.equal(
    [shorten('abc', 3), shorten('abcd', 3), shortenStart('abc', 3), shortenStart('abcd', 3)],
    ['abc', 'ab…', 'abc', '…cd'],
  );
});

test('text is broken at spaces, and within a word only where it is longer than a line', () => {
  assert.equal(wrap('one two three', 7), ['one two', 'three']);
  assert.equal(wrap('a 12345678901 b', 5), ['a', '12345', '67890', '1 b']);
  assert.equal(wrap('', 5), ['']);
});

test('no line is wider than the room, and no character is lost', () => {
  const text = fc.array(fc.constantFrom('a', '漢', '😀', ' ', 'e\u0301', 'word ', 'longer-word-than-the-room'), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 12 }), (parts, room) => {
      const lines = wrap(parts.join(''), room);
      assert.equal(
        lines.filter((line) => cells(line) > room),
        [],
      );
      assert.equal(lines.join('').replaceAll(' ', ''), parts.join('').replaceAll(' ', ''));
    }),
  );
});

test.run();
