import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findingsOf, firstOfEachRule, undecidedOf } from '../../src/report/select.js';
import { checkResult, finding, undecided } from '../helpers/check-result.js';

const found = [
  finding({ path: 'warn', level: 'warn' }),
  finding({ path: 'baselined', state: 'baselined' }),
  finding({ path: 'waived', state: 'waived' }),
  finding({ path: 'block' }),
];
const pathsOf = (entries: readonly { path: string | null }[]) => entries.map(({ path }) => path);

test('what is in the baseline or waived does not count', () => {
  assert.equal(pathsOf(findingsOf(checkResult({ findings: found }), false)), ['warn', 'block']);
});

test('quiet leaves only what blocks', () => {
  const notEvaluated = [undecided({ path: 'a', level: 'warn' }), undecided({ path: 'b' })];
  const result = checkResult({ findings: found, notEvaluated });
  assert.equal([pathsOf(findingsOf(result, true)), pathsOf(undecidedOf(result, true))], [['block'], ['b']]);
});

test('where there are too many warnings, it is they that block', () => {
  const result = checkResult({ findings: [found[0]!], verdict: 'block', exitCode: 1 });
  assert.equal(pathsOf(findingsOf(result, true)), ['warn']);
});

test('of each rule the first are kept, warnings leave before blocks, and the order stays', () => {
  const entries = ['a warn 1', 'a block 2', 'b warn 3', 'a warn 4', 'a block 5'].map((text) => {
    const [ruleId, level, path] = text.split(' ') as [string, 'warn' | 'block', string];
    return finding({ ruleId, level, path });
  });
  const { shown, left } = firstOfEachRule(entries, 3);
  assert.equal([pathsOf(shown), left], [['1', '2', '3', '5'], [{ ruleId: 'a', count: 1 }]]);
});

test.run();
