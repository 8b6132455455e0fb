import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { setValue } from '../../src/config/edit.js';
import { lineDiff } from '../../src/config/line-diff.js';
import { edited, FILE } from '../helpers/edit-table.js';

test('a diff shows the changed lines with three around them', () => {
  const lines = ['{', '  "a": 1,', '  "b": 2,', '  "c": 3,', '  "d": 4,', '  "e": 5', '}'];
  const before = lines.join('\r\n');
  const after = edited(setValue(`\uFEFF${before}`, ['e'], 6, FILE));
  assert.is(
    lineDiff(`\uFEFF${before}`, after, FILE),
    [
      '--- nonstop.config.json',
      '+++ nonstop.config.json',
      '@@ -3,5 +3,5 @@',
      '   "b": 2,',
      '   "c": 3,',
      '   "d": 4,',
      '-  "e": 5',
      '+  "e": 6',
      ' }',
      '\\ No newline at end of file',
      '',
    ].join('\n'),
  );
});

test('no change is no diff', () => assert.is(lineDiff('{}\n', '{}\n', FILE), ''));

test.run();
