import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { masker } from '../../src/engine/mask.js';

const maskOf = (secrets: readonly string[]) => (reason: string) =>
  masker(new Set(secrets)).notEvaluated({ ruleId: 'r', path: null, level: 'warn', reason }).reason;

test('every place of a secret is masked, the longer before the shorter', () => {
  const mask = maskOf(['password1', 'password1-and-more']);
  assert.is(mask('a password1-and-more b password1 c password1'), 'a ******** b ******** c ********');
});

test('secrets side by side, at the start and at the end', () => {
  assert.is(maskOf(['aaaabbbb', 'ccccdddd'])('aaaabbbbccccdddd'), '****************');
});

test('a secret of seven characters is a word like others', () => {
  assert.is(maskOf(['seven77'])('seven77'), 'seven77');
});

test('in a path only a token is masked', () => {
  const mask = masker(new Set(['services', 'a-token-of-sixteen']));
  const masked = mask.notEvaluated({ ruleId: 'r', path: 'services/a-token-of-sixteen', level: 'warn', reason: '' });
  assert.is(masked.path, 'services/********');
});

test.run();
