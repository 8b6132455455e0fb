import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addedLines } from '../../src/engine/added-lines.js';

test('added and changed lines are ranges of the new text', async () => {
  assert.equal(await addedLines('a\nb\nc\n', 'a\nB\nc\nd\ne\n'), [
    { start: 2, end: 2 },
    { start: 4, end: 5 },
  ]);
});

test('removed lines add nothing', async () => {
  assert.equal(await addedLines('a\nb\nc\n', 'a\nc\n'), []);
});

test('a change of line ends, or a missing last one, is no added line', async () => {
  assert.equal(await addedLines('a\r\nb\r\n', 'a\nb'), []);
});

test('a new text is added whole', async () => {
  assert.equal(await addedLines('', 'a\nb\n'), [{ start: 1, end: 2 }]);
});

test.run();
