import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KNOWN_RULES } from '../../src/cli/known-rules.js';
import { configJsonSchema } from '../../src/config/json-schema.js';

test('the shipped schema is the one of the definition', () => {
  const shipped = JSON.parse(readFileSync('schema.json', 'utf8'));
  assert.equal(shipped, JSON.parse(JSON.stringify(configJsonSchema(KNOWN_RULES))));
});

test('every rule, its options and their bounds are in it', () => {
  const schema = JSON.parse(JSON.stringify(configJsonSchema(KNOWN_RULES)));
  assert.is(schema.additionalProperties, false);
  const [, withOptions] = schema.properties.rules.properties.secrets.anyOf;
  assert.equal(withOptions.required, ['level']);
  assert.equal(withOptions.properties.maxBytes, {
    description: 'bytes of the largest file that is scanned; a larger one is reported as not evaluated',
    default: 52428800,
    type: 'integer',
    minimum: 1,
    maximum: 524288000,
  });
});

test.run();
