import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inert, jsonText, printable } from '../../src/report/escape.js';
import { commandsIn } from '../helpers/ci-commands.js';
import { MESSAGES } from '../helpers/hostile.js';

const PARTS = [':', '::', '#', '##[', '##vso[', '[', ']', 'error', 'add-mask', 'task.setvariable', ' '];
const SIGNS = ['\n', '\r', '\t', '\u001B[0m', '\u200B', '\u00AD', '\u0000', '\uFEFF', 'x'];
/** Text that is almost a command, in any way. */
export const nearCommand = fc
  .array(fc.constantFrom(...PARTS, ...SIGNS), { maxLength: 12 })
  .map((parts) => parts.join(''));

test('the judge of these tests sees commands', () => {
  assert.equal(
    commandsIn('  ::error file=a::b\nx ##[add-mask]y\rz ##vso[task.setvariable variable=a]b\nx ::error::y'),
    ['error', 'add-mask', 'task.setvariable'],
  );
});

test('no command is left in inert text, nor a line of it', () => {
  fc.assert(
    fc.property(nearCommand, (text) => {
      assert.equal([commandsIn(inert(text)), inert(text).split(/[\r\n]/).length], [[], 1]);
    }),
    { numRuns: 2000 },
  );
});

test('a colon more does not bring a command back', () => {
  assert.equal(inert(':::error:::x').includes('::'), false);
  assert.equal(inert('###[error]x').includes('##['), false);
});

test('what is no print is shown as an escape', () => {
  assert.equal(
    printable('a\tb\nc\rd\u001Be\u009Bf\u202Eg\uFEFFh\uD83Di\uDE00j\u2028k\uFFFEl😀é'),
    'a b\\nc\\rd\\x1be\\x9bf\\u202eg\\ufeffh\\ud83di\\ude00j\\u2028k\\ufffel😀é',
  );
});

test('JSON says the same in print and without commands', () => {
  for (const message of MESSAGES) {
    const text = jsonText({ message: [message] });
    assert.equal(JSON.parse(text), { message: [message] });
    assert.equal([commandsIn(text), /[^\P{Cc}\n]/u.test(text)], [[], false], message);
  }
  fc.assert(
    fc.property(nearCommand, (text) =>
      assert.equal([commandsIn(jsonText([text])), JSON.parse(jsonText([text]))], [[], [text]]),
    ),
  );
});

test.run();
