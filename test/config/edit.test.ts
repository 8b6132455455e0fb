import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { appendItem, removeValue, setValue } from '../../src/config/edit.js';
import type { Result } from '../../src/errors.js';
import { FILE } from '../helpers/edit-table.js';

/** The help of an edit that is refused. */
function refusal(result: Result<string>) {
  if (result.ok) throw new Error(`the edit was made: ${result.value}`);
  assert.is(result.error.code, 'CONFIG_INVALID');
  return result.error.help;
}

test('a config that does not parse, or has a key twice, is not touched', () => {
  assert.match(refusal(setValue('{ "a": }', ['a'], 1, FILE)).what, /not valid JSON/);
  const twice = '{ "rules": { "a": 1 },\n "rules": {} }';
  for (const result of [
    setValue(twice, ['rules', 'a'], 2, FILE),
    appendItem(twice, ['b'], 2, FILE),
    removeValue(twice, ['rules'], FILE),
  ]) {
    assert.equal(
      [refusal(result).what, refusal(result).where],
      ['The config has one key twice', 'nonstop.config.json:2:2, rules'],
    );
  }
});

test('a path through what is no object, or no list, is refused where it stands', () => {
  assert.equal(refusal(setValue('{ "rules":\n { "secrets": "warn" } }', ['rules', 'secrets', 'level'], 'off', FILE)), {
    what: 'The config has a value of the wrong kind',
    where: 'nonstop.config.json:2:4, rules.secrets',
    why: '"warn" stands where an object is expected',
    fix: 'Write an object there',
  });
  assert.is(refusal(setValue('{ "a": null }', ['a', 'b'], 1, FILE)).why, 'null stands where an object is expected');
  assert.is(refusal(setValue('{ "a": {} }', ['a', 0], 1, FILE)).why, '{} stands where a list is expected');
  assert.is(refusal(appendItem('{ "a": {} }', ['a'], 1, FILE)).why, '{} stands where a list is expected');
  assert.is(refusal(setValue('{ "a": [] }', ['a', 'b'], 1, FILE)).why, '[] stands where an object is expected');
});

test('an item or a property that is not there is not made up', () => {
  assert.equal(refusal(setValue('{ "a": [1, 2] }', ['a', 2], 3, FILE)), {
    what: 'The config cannot be edited there',
    where: 'nonstop.config.json:1:3, a',
    why: 'there is no item 2',
    fix: 'Name a place that is in the config',
  });
  assert.is(refusal(setValue('{}', ['modules', 0, 'name'], 'x', FILE)).why, 'there is no item 0');
  assert.is(refusal(removeValue('{}', ['a'], FILE)).why, '"a" is not there to be removed');
  assert.is(refusal(removeValue('{}', [], FILE)).why, 'it is the whole config');
});

test('a value that JSON cannot hold is a fault of the caller', () => {
  assert.throws(() => setValue('{}', ['a'], { b: Number.NaN }, FILE), /NaN cannot be written in JSON/);
});

test.run();
