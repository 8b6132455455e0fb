import type { AnyRule, Spec } from '../rule/index.js';
import type { EitherSpec, ObjectSpec, StringSpec } from '../rule/spec.js';
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
const text = (summary: string): StringSpec => ({ type: 'string', summary });
const day = (summary: string): StringSpec => ({ type: 'string', format: 'day', summary });
const globs = (summary: string, minItems: number): Spec => ({
  type: 'array',
  items: { type: 'string', format: 'glob' },
  minItems,
  summary,
});

/** The keys that set how tight a rule is: a level, and for a rule with a ladder a phase of it. */
function tightness({ phases }: AnyRule['meta']): Record<string, Spec> {
  if (phases === undefined) return { level };
  return { level, phase: { type: 'integer', minimum: 0, maximum: phases, summary: 'A rung of the ladder' } };
}

/** A rule's level, or its level with options. In a module the level may be left to the default. */
function setting({ meta }: AnyRule, levelRequired: boolean): EitherSpec {
  const tight = tightness(meta);
  const steps: Spec = {
    type: 'array',
    summary: 'Dated changes, which only tighten',
    items: {
      type: 'object',
      properties: { on: day('The UTC day from which it holds'), ...tight },
      required: ['on'],
    },
  };
  const lowered: Spec = {
    type: 'object',
    summary: 'Lower for a time; nonstop-policy lower writes it',
    properties: {
      ...tight,
      reason: text('Why'),
      owner: text('Who answers for it'),
      ticket: text('Where it is followed up'),
      until: day('The last UTC day on which it holds'),
    },
    required: ['reason', 'owner', 'ticket', 'until'],
  };
  const withOptions: ObjectSpec = {
    type: 'object',
    properties: { ...tight, steps, lowered, ...meta.options },
    required: levelRequired ? ['level'] : [],
  };
  return {
    type: 'either',
    summary: meta.summary,
    forms: [
      { when: hasPoint, spec: byPoint },
      { when: isObject, spec: withOptions },
      { when: () => true, spec: word },
    ],
  };
}

function floorSpec(rules: readonly AnyRule[]): ObjectSpec {
  const phases = Math.max(0, ...rules.map(({ meta }) => meta.phases ?? 0));
  return {
    type: 'object',
    properties: {
      rule: { type: 'string', values: rules.map(({ meta }) => meta.id), summary: 'The rule' },
      files: globs('Globs of the files it covers', 1),
      level,
      ...(phases > 0 ? { phase: { type: 'integer', minimum: 0, maximum: phases, summary: 'The least phase' } } : {}),
      waivable: { type: 'boolean', default: true, summary: 'Whether a waiver of the config holds there' },
      inlineWaivers: { type: 'boolean', default: true, summary: 'Whether a comment in a file waives there' },
      maxDays: { type: 'integer', minimum: 0, summary: 'How many days ahead a waiver may reach' },
    },
    required: ['rule', 'files'],
  };
}

function waiverSpec(rules: readonly AnyRule[]): ObjectSpec {
  return {
    type: 'object',
    properties: {
      id: text('A name of its own'),
      rule: { type: 'string', values: rules.map(({ meta }) => meta.id), summary: 'The rule' },
      files: globs('Globs of the files in which it holds', 1),
      fingerprint: text('The one finding that it lets through'),
      reason: text('Why'),
      owner: text('Who answers for it'),
      ticket: text('Where it is followed up'),
      until: day('The last UTC day on which it holds'),
    },
    required: ['id', 'rule', 'reason', 'owner', 'until'],
  };
}

/** The one definition of a config: its check, its error wording and `schema.json` come from here. */
export function configSpec(rules: readonly AnyRule[]): ObjectSpec {
  const settings = (levelRequired: boolean, summary: string): Spec => ({
    type: 'map',
    keyName: 'rule',
    summary,
    values: Object.fromEntries(rules.map((rule) => [rule.meta.id, setting(rule, levelRequired)])),
  });
  const module: ObjectSpec = {
    type: 'object',
    properties: {
      name: text('Shown with each finding'),
      files: globs('Globs from the root of the repository', 1),
      owner: text('A person or team, such as @team-pay'),
      rules: settings(false, 'What differs from the default'),
    },
    required: ['name', 'files'],
  };
  const list = (items: Spec, summary: string): Spec => ({ type: 'array', items, summary });
  return {
    type: 'object',
    summary: 'The policy of a repository',
    properties: {
      $schema: text('Where editors find the schema'),
      extends: list({ type: 'string' }, 'Presets: npm packages, or files relative to this one'),
      rules: settings(true, 'The default for every file; a rule that is not named is off'),
      modules: list(module, 'Named parts of the repository; a file belongs to the last that matches'),
      floors: list(floorSpec(rules), 'The least that holds, whatever a module says'),
      waivers: list(waiverSpec(rules), 'Findings that are let through for a time'),
      ignore: globs('Globs of files that no rule looks at', 0),
    },
  };
}
