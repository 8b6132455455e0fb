import type { AnyRule, Spec } from '../rule/index.js';
import { configSpec } from './definition.js';

type Schema = Record<string, unknown>;

/** The JSON Schema (draft-07, which SchemaStore and editors read) of a config. */
export function configJsonSchema(rules: readonly AnyRule[]): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'nonstop.config.json',
    ...toSchema(configSpec(rules)),
  };
}

function toSchema(spec: Spec): Schema {
  const described = {
    ...(spec.summary === undefined ? {} : { description: spec.summary }),
    ...(spec.default === undefined ? {} : { default: spec.default }),
  };
  return { ...described, ...body(spec) };
}

function body(spec: Spec): Schema {
  switch (spec.type) {
    case 'either':
      return { anyOf: spec.forms.map(({ spec: form }) => toSchema(form)) };
    case 'string':
      if (spec.values) return { enum: spec.values };
      return spec.format === 'day' ? { type: 'string', format: 'date' } : { type: 'string', minLength: 1 };
    case 'integer':
      return { type: 'integer', minimum: spec.minimum, maximum: spec.maximum };
    case 'boolean':
      return { type: 'boolean' };
    case 'array':
      return { type: 'array', items: toSchema(spec.items), minItems: spec.minItems || undefined };
    case 'object':
      return closed(spec.properties, spec.required ?? []);
    case 'map':
      return closed(spec.values, []);
  }
}

function closed(properties: Readonly<Record<string, Spec>>, required: readonly string[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(properties).map(([name, spec]) => [name, toSchema(spec)])),
    required: required.length > 0 ? required : undefined,
    additionalProperties: false,
  };
}
