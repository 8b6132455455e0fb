import type { AnyRule, Spec } from '../rule/index.js';
import type { EitherSpec, ObjectSpec } from '../rule/spec.js';
import { LEVELS } from './policy.js';

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const hasPoint = (value: unknown) => isObject(value) && ('hook' in (value as object) || 'ci' in (value as object));

const word = { type: 'string', values: LEVELS, summary: 'off, warn or block' } as const;
const byPoint: ObjectSpec = {
  type: 'object',
  summary: 'One level at the hook, one in CI',
  properties: { hook: word, ci: word },
  required: ['hook', 'ci'],
};
const level: EitherSpec = {
  type: 'either',
  summary: 'How much a finding counts',
  forms: [
    { when: isObject, spec: byPoint },
    { when: () => true, spec: word },
  ],
};

/** A rule's level, or its level with options. In a module the level may be left to the default. */
function setting(rule: AnyRule, levelRequired: boolean): EitherSpec {
  const withOptions: ObjectSpec = {
    type: 'object',
    properties: { level, ...rule.meta.options },
    required: levelRequired ? ['level'] : [],
  };
  return {
    type: 'either',
    summary: rule.meta.summary,
    forms: [
      { when: (value) => hasPoint(value), spec: byPoint },
      { when: isObject, spec: withOptions },
      { when: () => true, spec: word },
    ],
  };
}

const globs = (summary: string, minItems: number): Spec => ({
  type: 'array',
  items: { type: 'string', format: 'glob' },
  minItems,
  summary,
});

/** The one definition of a config: its check, its error wording and `schema.json` come from here. */
export function configSpec(rules: readonly AnyRule[]): ObjectSpec {
  const settings = (levelRequired: boolean, summary: string): Spec => ({
    type: 'map',
    keyName: 'rule',
    summary,
    values: Object.fromEntries(rules.map((rule) => [rule.meta.id, setting(rule, levelRequired)])),
  });
  return {
    type: 'object',
    summary: 'The policy of a repository',
    properties: {
      $schema: { type: 'string', summary: 'Where editors find the schema' },
      rules: settings(true, 'The default for every file; a rule that is not named is off'),
      modules: {
        type: 'array',
        summary: 'Named parts of the repository; a file belongs to the last that matches',
        items: {
          type: 'object',
          properties: {
            name: { type: 'string', summary: 'Shown with each finding' },
            files: globs('Globs from the root of the repository', 1),
            owner: { type: 'string', summary: 'A person or team, such as @team-pay' },
            rules: settings(false, 'What differs from the default'),
          },
          required: ['name', 'files'],
        },
      },
      ignore: globs('Globs of files that no rule looks at', 0),
    },
  };
}
