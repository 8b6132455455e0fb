import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, errorOf, judged, PASSES, refused, scenarios } from '../helpers/scenario.js';

const { test, repo: newRepo } = scenarios('faults of a policy');
const secret = `token = ${githubToken(91)}\n`;

/** Text of a config → place and words of the one error. */
const FAULTS: readonly [name: string, text: string, ...says: (string | RegExp)[]][] = [
  ['broken JSON', '{\n  "rules": {\n    "secrets": block\n  }\n}', 'not valid JSON', 'line 3, column 16'],
  ['JSON cut short', '{ "rules": {', 'not valid JSON', 'line 1'],
  ['an empty file', '', 'not valid JSON'],
  ['a comment alone', '// nothing', 'not valid JSON'],
  ['two values', '{} {}', 'not valid JSON'],
  ['a list', '[]', 'an object is expected'],
  ['a text', '"block"', 'an object is expected'],
  ['null', 'null', 'an object is expected'],
  [
    'a key twice',
    '{\n  "rules": { "secrets": "block" },\n  "rules": { "secrets": "off" }\n}',
    'one key twice',
    'nonstop.config.json:3:3, rules',
  ],
  [
    'a rule twice',
    '{ "rules": {\n  "secrets": "block",\n  "secrets": "off" } }',
    'one key twice',
    'nonstop.config.json:3:3, rules.secrets',
  ],
  [
    '__proto__',
    '{ "__proto__": { "rules": { "secrets": "off" } }, "rules": { "secrets": "block" } }',
    'unknown key',
    '__proto__',
  ],
  ['__proto__ as a rule', '{ "rules": { "__proto__": "off" } }', 'unknown rule', 'rules.__proto__'],
  ['constructor', '{ "rules": { "constructor": "off" } }', 'unknown rule', 'rules.constructor'],
  ['toString as a key', '{ "toString": 1 }', 'unknown key', 'toString'],
  ['an unknown key', '{\n  "rulez": {}\n}', 'unknown key', 'nonstop.config.json:2:3, rulez', 'Did you mean "rules"?'],
  [
    'an unknown rule',
    '{\n  "rules": {\n    "secret": "block" } }',
    'unknown rule',
    ':3:5, rules.secret',
    'Did you mean "secrets"?',
  ],
  [
    'an unknown level',
    '{ "rules": {\n  "secrets": "blok" } }',
    'unknown level',
    ':2:3, rules.secrets',
    'Did you mean "block"?',
  ],
  ['a level of another case', '{ "rules": { "secrets": "Block" } }', 'unknown level', 'Did you mean "block"?'],
  [
    'an unknown option',
    '{ "rules": { "secrets": { "level": "block",\n "maxByte": 1 } } }',
    ':2:2, rules.secrets.maxByte',
    'Did you mean "maxBytes"?',
  ],
  [
    'an option of the wrong kind',
    '{ "rules": { "secrets": { "level": "block", "maxBytes": "50" } } }',
    'rules.secrets.maxBytes',
    'a whole number',
  ],
  [
    'an option out of range',
    '{ "rules": { "secrets": { "level": "block", "maxBytes": 0 } } }',
    'rules.secrets.maxBytes',
    '1 or more',
  ],
  ['options without a level', '{ "rules": { "secrets": { "maxBytes": 5 } } }', 'rules.secrets', 'level'],
  ['a level for one point only', '{ "rules": { "secrets": { "hook": "warn" } } }', 'rules.secrets', 'ci'],
  ['a level that is null', '{ "rules": { "secrets": null } }', 'rules.secrets'],
  ['a level that is true', '{ "rules": { "secrets": true } }', 'rules.secrets'],
  ['a module without files', '{ "modules": [\n { "name": "a" } ] }', 'modules[0]', 'files'],
  ['a module with no file', '{ "modules": [{ "name": "a", "files": [] }] }', 'modules[0].files'],
  [
    'two modules of one name',
    '{ "modules": [{ "name": "a", "files": ["a"] },\n { "name": "a", "files": ["b"] }] }',
    ':2:4, modules[1].name',
  ],
  ['a fault after a BOM', '\uFEFF{\n  "rulez": {}\n}', ':2:3, rulez'],
];

const repo = newRepo().write('a.txt', secret);
for (const [name, text, ...says] of FAULTS) {
  test(`${name}: one error that names the place, and no verdict`, async () => {
    repo.write('nonstop.config.json', text);
    const ran = await repo.call(['check']);
    assert.equal(errorOf(ran), refused('CONFIG_INVALID'));
    assert.match(ran.stderr, 'nonstop.config.json');
    for (const words of says) assert.match(ran.stderr, words);
  });
}

test('what JSON for people may hold: a BOM, comments, trailing commas', async () => {
  const staged = newRepo().write('a.txt', secret);
  staged.write('nonstop.config.json', '\uFEFF// first\n{ /* in */ "rules": { "secrets": "block", }, } // last\n');
  staged.git('add', '--all');
  assert.equal(judged(staged.check(['--staged'])), blocks('a.txt:1:9'));
});

test('a fault in YAML', async () => {
  const yaml = newRepo({ config: null }).write('a.txt', secret);
  const faults: [string, string][] = [
    ['rules:\n  secrets: block\n secrets: off\n', 'not valid YAML'],
    ['rules:\n  secrets: block\n  secrets: off\n', 'not valid YAML'],
    ['rules:\n  secrets: blok\n', 'unknown level'],
    ['rules:\n  secrets: off\nrules: {}\n', 'not valid YAML'],
    ['', 'an object is expected'],
    ['block', 'an object is expected'],
    ['__proto__: { rules: {} }\n', 'unknown key'],
    ['a: &a [*a]\n', 'unknown key'],
    ['rules: !!js/function "function () {}"\n', 'not valid YAML'],
  ];
  for (const [text, says] of faults) {
    yaml.write('.nonstoprc.yaml', text);
    const ran = await yaml.call(['check']);
    assert.equal(errorOf(ran), refused('CONFIG_INVALID'), text);
    assert.match(ran.stderr, says, text);
  }
});

test('a fault in the key of a package file, and a package file that is broken', async () => {
  const packaged = newRepo({ config: null }).write('a.txt', secret);
  const faults: [string, string][] = [
    ['{\n  "nonstop": {\n    "rulez": {} } }', 'package.json:3:5, rulez'],
    ['{ "nonstop": "block" }', 'an object is expected'],
    ['{ "nonstop": { "rules": { "secrets": "block" } }', 'not valid JSON'],
    ['{ "nonstop": {}, "nonstop": {} }', 'one key twice'],
  ];
  for (const [text, says] of faults) {
    packaged.write('package.json', text);
    const ran = await packaged.call(['check']);
    assert.equal(errorOf(ran), refused('CONFIG_INVALID'), text);
    assert.match(ran.stderr, says, text);
  }
});

test('a policy above five megabytes is an error', async () => {
  repo.write('nonstop.config.json', `{ "rules": { "secrets": "block" } }${' '.repeat(5 * 1024 * 1024)}`);
  assert.equal(errorOf(await repo.call(['check'])), refused('CONFIG_INVALID'));
});

test('a secret in a policy that is broken is not shown', async () => {
  const token = githubToken(92);
  for (const text of [
    `{ "${token}": 1 }`,
    `{ "rules": { "secrets": "${token}" } }`,
    `{ ${token}`,
    `{ "rules": { "secrets": { "level": "block", "maxBytes": "\\u0001${token}" } } }`,
  ]) {
    repo.write('nonstop.config.json', text);
    const { code, stdout, stderr } = await repo.call(['check']);
    assert.is(code, 2);
    assert.not.match(stdout + stderr, token);
    assert.not.match(stderr, /[\u0000-\u0009\u000B-\u001F]/);
  }
});

test('the rule is off where no policy names it, and the report says that nothing was scanned', async () => {
  repo.write('nonstop.config.json', '{}');
  assert.equal(judged(repo.check()), PASSES);
  assert.match(repo.run(['check']).stdout, 'scanned nothing: every rule is off');
});

test.run();
