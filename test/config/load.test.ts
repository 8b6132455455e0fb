import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RULES } from '../../rules/index.js';
import { policyFromText, policyFromValue } from '../../src/config/load.js';
import { PolicyError } from '../../src/errors.js';

const load = (text: string) => policyFromText(text, 'nonstop.config.json', RULES);

/** The help of the error that a config ends with. */
function fault(text: string) {
  try {
    load(text);
  } catch (error) {
    if (error instanceof PolicyError && error.code === 'CONFIG_INVALID') return error.help;
    throw error;
  }
  throw new Error('the config was accepted');
}

/** A setting that says nothing but what is given. */
const setting = (said: object, line: number, at: string) => ({
  level: undefined,
  phase: undefined,
  steps: [],
  lowered: undefined,
  options: {},
  origin: { file: 'nonstop.config.json', line, at },
  ...said,
});

test('one word is the level at both points', () => {
  assert.equal(load('{ "rules": { "secrets": "warn" } }').rules, {
    secrets: setting({ level: { hook: 'warn', ci: 'warn' } }, 1, 'rules.secrets'),
  });
});

test('a level can differ by point, alone or beside options', () => {
  const level = { hook: 'warn', ci: 'block' } as const;
  const alone = load('{ "rules": {\n "secrets": { "hook": "warn", "ci": "block" } } }');
  assert.equal(alone.rules.secrets, setting({ level }, 2, 'rules.secrets'));
  const text = '{ "rules": { "secrets": { "level": { "hook": "warn", "ci": "block" }, "maxBytes": 10 } } }';
  assert.equal(load(text).rules.secrets, setting({ level, options: { maxBytes: 10 } }, 1, 'rules.secrets'));
});

test('steps are sorted by their days and know their place', () => {
  const text =
    '{ "rules": { "secrets": { "level": "off", "steps": [\n{ "on": "2027-03-01", "level": "block" },\n{ "on": "2027-02-01", "level": "warn" }] } } }';
  assert.equal(
    load(text).rules.secrets?.steps.map(({ on, level, origin }) => [on, level?.ci, origin.line, origin.at]),
    [
      ['2027-02-01', 'warn', 3, 'rules.secrets.steps[1]'],
      ['2027-03-01', 'block', 2, 'rules.secrets.steps[0]'],
    ],
  );
});

test('a floor and a waiver have defaults and mandatory parts', () => {
  const { floors, waivers } = load(
    '{ "floors": [{ "rule": "secrets", "files": ["a/**"], "level": "block" }], "waivers": [{ "id": "W", "rule": "secrets", "files": ["a"], "reason": "r", "owner": "@o", "until": "2027-01-01" }] }',
  );
  assert.equal([floors[0]?.waivable, floors[0]?.inlineWaivers, floors[0]?.maxDays], [true, true, undefined]);
  assert.is(waivers[0]?.until, '2027-01-01');
  const lacking = '{ "waivers": [{ "id": "W", "rule": "secrets", "files": ["a"], "reason": "r", "owner": "@o" }] }';
  assert.is(fault(lacking).why, '"until" is required here');
});

test('entries that say nothing, and days that are none, are errors', () => {
  assert.match(fault('{ "floors": [{ "rule": "secrets", "files": ["a"] }] }').what, /floor that says nothing/);
  const waiver = '"id": "W", "rule": "secrets", "reason": "r", "owner": "@o", "until": "2027-01-01"';
  assert.match(fault(`{ "waivers": [{ ${waiver} }] }`).what, /waiver that says nothing/);
  assert.match(
    fault(`{ "waivers": [{ ${waiver}, "files": ["a"] }, { ${waiver}, "files": ["b"] }] }`).what,
    /two waivers of one id/,
  );
  assert.match(
    fault('{ "rules": { "secrets": { "level": "off", "steps": [{ "on": "2027-01-01" }] } } }').what,
    /says nothing/,
  );
  const day = '{ "rules": { "secrets": { "level": "off", "steps": [{ "on": "2027-02-30", "level": "warn" }] } } }';
  assert.is(fault(day).why, '"2027-02-30" stands where a day of the form YYYY-MM-DD is expected');
});

test('comments, trailing commas and a byte order mark are fine', () => {
  const text = '\uFEFF// policy\n{ "rules": { /* all */ "secrets": "block", }, }\n';
  assert.is(load(text).rules.secrets?.level?.ci, 'block');
});

test('a module may leave the level to the default', () => {
  const { modules } = load(
    '{ "modules": [{ "name": "a", "files": ["a/**"], "owner": "@a", "rules": { "secrets": { "maxBytes": 9 } } }] }',
  );
  assert.equal(modules, [
    {
      name: 'a',
      files: ['a/**'],
      owner: '@a',
      rules: { secrets: setting({ options: { maxBytes: 9 } }, 1, 'modules[0].rules.secrets') },
      origin: { file: 'nonstop.config.json', line: 1, at: 'modules[0]' },
    },
  ]);
});

test('an unknown level names the place, what is allowed, and the nearest', () => {
  assert.equal(fault('{\n  "rules": {\n    "secrets": "blok"\n  }\n}\n'), {
    what: 'The config has an unknown level',
    where: 'nonstop.config.json:3:5, rules.secrets',
    why: '"blok" is none of "off", "warn", "block"',
    fix: 'Did you mean "block"?; docs/config.md#levels tells what each does',
  });
});

test('an unknown rule in a module is placed by index', () => {
  const help = fault('{ "modules": [\n{ "name": "a", "files": ["a"], "rules": { "secret": "off" } }] }');
  assert.equal(
    [help.what, help.where, help.fix],
    ['The config has an unknown rule', 'nonstop.config.json:2:43, modules[0].rules.secret', 'Did you mean "secrets"?'],
  );
});

test('an unknown key, option and point are errors with the nearest name', () => {
  assert.is(fault('{ "ruls": {} }').fix, 'Did you mean "rules"?');
  assert.is(fault('{ "rules": { "secrets": { "level": "warn", "maxByte": 3 } } }').fix, 'Did you mean "maxBytes"?');
  assert.is(
    fault('{ "rules": { "secrets": { "hook": "warn", "CI": "block" } } }').why,
    '"ci" is required here (and 1 more fault)',
  );
});

test('a name that is like nothing gets no guess', () => {
  assert.is(fault('{ "zzzzzzzz": 1 }').fix, 'Use one of these, or remove it');
});

test('what is not said is not made up: a level beside options is required', () => {
  assert.is(fault('{ "rules": { "secrets": { "maxBytes": 3 } } }').why, '"level" is required here');
});

test('values of the wrong kind are shown beside the expected', () => {
  assert.is(fault('[]').why, '[] stands where an object is expected');
  assert.is(fault('{ "ignore": "x" }').why, '"x" stands where a list is expected');
  assert.is(fault('{ "ignore": [3] }').why, '3 stands where a text is expected');
  assert.is(
    fault('{ "rules": { "secrets": { "level": "warn", "maxBytes": 0 } } }').why,
    '0 stands where 1 or more is expected',
  );
  assert.is(
    fault('{ "rules": { "secrets": { "level": "warn", "maxBytes": 1.5 } } }').why,
    '1.5 stands where a whole number is expected',
  );
  assert.is(fault('{ "modules": [{ "name": "a", "files": [] }] }').what, 'The config has an empty list');
});

test('two modules of one name are an error', () => {
  const help = fault('{ "modules": [{ "name": "a", "files": ["a"] }, { "name": "a", "files": ["b"] }] }');
  assert.is(help.where, 'nonstop.config.json:1:50, modules[1].name');
});

test('a key set twice is an error at the second', () => {
  const help = fault('{ "rules": { "secrets": "block",\n "secrets": "off" } }');
  assert.equal([help.what, help.where], ['The config has one key twice', 'nonstop.config.json:2:2, rules.secrets']);
});

test('__proto__ and constructor are unknown keys and change nothing', () => {
  assert.is(fault('{ "__proto__": { "rules": {} } }').what, 'The config has an unknown key');
  assert.is(fault('{ "rules": { "constructor": "off" } }').what, 'The config has an unknown rule');
  assert.is(({} as { rules?: unknown }).rules, undefined);
});

test('broken JSON is placed by line and column', () => {
  assert.match(fault('{\n "rules": }\n').why, /^value expected at line 2, column 11$/);
  assert.match(fault('').what, /not valid JSON/);
});

test('a config that is a value is checked in the same way', () => {
  assert.throws(
    () => policyFromValue({ rules: { secrets: 'blok' } }, 'nonstop.config.yaml', RULES),
    (error: PolicyError) => error.help.where === 'nonstop.config.yaml, rules.secrets',
  );
});

test('the config under a key of another file is placed in that file', () => {
  const text = '{ "name": "x",\n "nonstop": { "rules": { "secrets": "blok" } } }';
  assert.throws(
    () => policyFromText(text, 'package.json', RULES, 'nonstop'),
    (error: PolicyError) => error.help.where === 'package.json:2:26, rules.secrets',
  );
});

test.run();
