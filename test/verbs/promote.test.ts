import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configOf, found, leak, repoWith, using } from '../helpers/verb-repo.js';

const test = suite('promote');
const lowered = { level: 'off', reason: 'r', owner: 'o', ticket: 't', until: '2027-09-09' };

function module(name: string, secrets?: unknown) {
  return { name, files: [`${name}/**`], ...(secrets === undefined ? {} : { rules: { secrets } }) };
}

test('what is clean is listed, nearest to block first, then by how many files gain', () => {
  const config = {
    rules: { secrets: 'warn' },
    modules: [
      module('off', 'off'),
      module('near', { hook: 'warn', ci: 'block' }),
      module('few', 'warn'),
      module('many', 'warn'),
      module('dirty', 'warn'),
      module('done', 'block'),
      module('lowered', { level: 'block', lowered }),
      module('empty', 'warn'),
    ],
  };
  const files = { 'off/a': '', 'near/a': '', 'few/a': '', 'many/a': '', 'many/b': '', 'done/a': '', 'lowered/a': '' };
  using(repoWith(config, { ...files, 'dirty/a': leak(), 'a.txt': '' }), (repo) => {
    const ran = repo.run(['promote']);
    assert.equal(ran.stdout.trimEnd().split('\n'), [
      'near secrets: hook warn, ci block → block  (1 file, nothing new)',
      'default secrets: warn → block  (2 files, nothing new)',
      'many secrets: warn → block  (2 files, nothing new)',
      'few secrets: warn → block  (1 file, nothing new)',
      'off secrets: off → warn  (1 file, nothing new)',
    ]);
    assert.equal([ran.code, repo.git('status', '--porcelain')], [0, '']);
  });
});

test('the default is not clean while a module that says nothing of the rule is not', () => {
  const config = { rules: { secrets: 'warn' }, modules: [module('quiet')] };
  using(repoWith(config, { 'quiet/a': leak(), 'a.txt': '' }), (repo) => {
    const ran = repo.run(['promote', '--apply']);
    assert.equal([ran.code, ran.stdout], [0, 'nothing can be raised: every rule finds something, or is at block\n']);
    assert.is(repo.check().code, 0);
  });
});

test('a rule that the config does not name is not switched on', () => {
  using(repoWith({ rules: {} }, { 'a.txt': '' }), (repo) => {
    assert.match(repo.run(['promote']).stdout, /^nothing can be raised/);
  });
});

test('what cannot be evaluated is not clean', () => {
  using(repoWith({ rules: { secrets: { level: 'warn', maxBytes: 3 } } }, { 'a.txt': 'four\n' }), (repo) => {
    assert.match(repo.run(['promote']).stdout, /^nothing can be raised/);
  });
});

test('--apply raises each by one level, and nothing is red afterwards', () => {
  const config = {
    rules: { secrets: 'warn' },
    modules: [module('near', { hook: 'warn', ci: 'block' }), module('dirty', 'warn')],
  };
  using(repoWith(config, { 'near/a': '', 'dirty/a': leak(), 'a.txt': '' }), (repo) => {
    const dry = repo.run(['promote', '--apply', '--dry-run']);
    assert.equal([dry.code, /^\+.*"block"/m.test(dry.stdout), repo.git('status', '--porcelain')], [0, true, '']);
    assert.is(repo.run(['promote', '--apply']).code, 0);
    const { rules, modules } = JSON.parse(configOf(repo));
    assert.equal([rules.secrets, modules[0].rules.secrets, modules[1].rules.secrets], ['block', 'block', 'warn']);
    assert.is(repo.commit().check().code, 0);
  });
});

test('what only a preset names can be raised by a line of the config; a module of a preset cannot', () => {
  const preset = { rules: { secrets: 'warn' }, modules: [module('theirs', 'warn')] };
  const files = { 'preset.json': JSON.stringify(preset), 'theirs/a': '', 'a.txt': '' };
  using(repoWith({ extends: ['./preset.json'] }, files), (repo) => {
    const ran = repo.run(['promote', '--apply']);
    assert.equal([ran.code, ran.stderr], [0, '']);
    assert.equal(JSON.parse(configOf(repo)), { extends: ['./preset.json'], rules: { secrets: 'block' } });
  });
});

const STEPS = `[{ "on": "2027-02-01", "level": "warn" }, { "on": "2027-03-01", "level": "block" }]`;

test('--due writes the steps that are due into plain levels, day by day', () => {
  const config = (entry: string) => `{\n  // why\n  "rules": { "secrets": ${entry} }\n}\n`;
  const before = config(`{ "level": "off", "steps": ${STEPS} }`);
  for (const [day, after] of [
    ['2027-01-31', before],
    ['2027-02-01', config('{ "level": "warn", "steps": [{ "on": "2027-03-01", "level": "block" }] }')],
    ['2027-02-28', config('{ "level": "warn", "steps": [{ "on": "2027-03-01", "level": "block" }] }')],
    ['2027-03-01', config('{ "level": "block" }')],
  ] as const) {
    using(repoWith(before, { 'a.txt': leak() }), (repo) => {
      const dry = repo.run(['promote', '--due', '--as-of', day, '--dry-run']);
      assert.equal([dry.code, configOf(repo)], [0, before]);
      assert.is(repo.run(['promote', '--due', '--as-of', day]).code, 0);
      assert.is(configOf(repo), after);
      const verdicts = ['2027-01-31', '2027-02-01', '2027-03-01'].filter((each) => each >= day);
      const were = { '2027-01-31': 'pass', '2027-02-01': 'warn', '2027-03-01': 'block' } as Record<string, string>;
      for (const each of verdicts) assert.is(repo.check(['--as-of', each]).result.verdict, were[each]);
    });
  }
});

test('--due is silent to policy-change, for it only says what holds already', () => {
  const config = `{ "rules": { "policy-change": "block", "secrets": { "level": "off", "steps": ${STEPS} } } }`;
  using(repoWith(config, { 'a.txt': '' }), (repo) => {
    repo.run(['promote', '--due', '--as-of', '2027-03-01']);
    repo.git('add', '--all');
    assert.equal(repo.check(['--staged', '--as-of', '2027-03-01']).result.findings, []);
  });
});

test('--due in a module that takes its level from the default leaves the steps of the default in force', () => {
  const config = {
    rules: { secrets: { level: 'off', steps: [{ on: '2027-03-01', level: 'block' }] } },
    modules: [module('pay', { steps: [{ on: '2027-02-01', level: 'warn' }] })],
  };
  using(repoWith(config, { 'pay/a': leak() }), (repo) => {
    assert.is(repo.run(['promote', '--due', '--as-of', '2027-02-01']).code, 0);
    const at = (day: string) => found(repo.check(['--as-of', day]).result);
    assert.equal([at('2027-02-01'), at('2027-03-01')], [['new warn pay/a:1'], ['new block pay/a:1']]);
  });
});

test('--due --apply does both in one change', () => {
  const config = `{ "rules": { "secrets": { "level": "off", "steps": ${STEPS} } } }`;
  using(repoWith(config, { 'a.txt': '' }), (repo) => {
    const ran = repo.run(['promote', '--due', '--apply', '--as-of', '2027-02-01']);
    assert.equal([ran.code, ran.stderr], [0, '']);
    assert.is(JSON.parse(configOf(repo)).rules.secrets.level, 'block');
  });
});

test.run();
