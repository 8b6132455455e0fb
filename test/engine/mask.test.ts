import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { masker } from '../../src/engine/mask.js';
import { MASK } from '../../src/rule/index.js';

const reason = (secrets: string[], text: string) =>
  masker(new Set(secrets)).notEvaluated({ ruleId: 'a', path: null, level: 'warn', reason: text }).reason;

test('of secrets that overlap all is masked, in whichever order they stand', () => {
  assert.is(reason(['first-secret', 'secret-that-is-longer'], 'a first-secret-that-is-longer b'), `a ${MASK} b`);
  assert.is(reason(['secret-that-is-longer', 'longer-last'], 'a secret-that-is-longer-last b'), `a ${MASK} b`);
  assert.is(reason(['secret-that', 'a secret-that-is'], 'b a secret-that-is'), `b ${MASK}`);
});

test('one beside the other, and one twice', () => {
  assert.is(reason(['secret-1', 'secret-2'], 'secret-1secret-2 secret-1'), `${MASK}${MASK} ${MASK}`);
});

test('short words stay', () => {
  assert.is(reason(['secret', ''], 'a secret'), 'a secret');
});

test.run();
