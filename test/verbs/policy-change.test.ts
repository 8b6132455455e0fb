import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TempRepo } from '../helpers/temp-repo.js';
import { found, leak, messages, repoWith, using } from '../helpers/verb-repo.js';

const test = suite('policy-change');
const BLOCK = { rules: { secrets: 'block', 'policy-change': 'block' } };

function stage(repo: TempRepo, config: object, file = 'nonstop.config.json'): TempRepo {
  repo.write(file, JSON.stringify(config)).git('add', '--all');
  return repo;
}

const told = (repo: TempRepo, args: readonly string[] = ['--staged']) => {
  const { code, result } = repo.check([...args, '--as-of', '2027-01-10']);
  return [code, ...messages(result, 'policy-change')];
};

test('the index against HEAD, and a range against its merge base', () => {
  using(repoWith(BLOCK, { 'a.txt': 'x\n' }), (repo) => {
    repo.git('branch', 'old');
    stage(repo, { rules: { ...BLOCK.rules, secrets: 'warn' } });
    assert.equal(told(repo), [1, 'level']);
    repo.commit();
    assert.equal(told(repo), [0]);
    for (const args of [
      ['--base', 'old'],
      ['--range', 'old..HEAD'],
      ['--base', 'old', '--all'],
    ])
      assert.equal(told(repo, args), [1, 'level']);
    // what the base did meanwhile is none of ours
    repo.git('checkout', '-q', 'old');
    stage(repo, { rules: { ...BLOCK.rules, secrets: { level: 'block', maxBytes: 9999 } } }).commit();
    repo.git('checkout', '-q', '-b', 'mine', 'old~1');
    repo.write('b.txt', 'y\n').commit();
    assert.equal(told(repo, ['--base', 'old']), [0]);
    assert.equal([told(repo, []), told(repo, ['--all'])], [[0], [0]]);
  });
});

test('raising is silent', () => {
  using(repoWith({ rules: { secrets: 'warn', 'policy-change': 'block' } }, { 'a.txt': 'x\n' }), (repo) => {
    const floors = [{ rule: 'secrets', files: ['**'], level: 'warn' }];
    assert.equal(told(stage(repo, { ...BLOCK, floors })), [0]);
  });
});

test('a change cannot switch off its own judge, nor remove the policy', () => {
  using(repoWith(BLOCK, { 'a.txt': 'x\n' }), (repo) => {
    assert.equal(told(stage(repo, { rules: { secrets: 'block' } })), [1, 'level']);
    assert.equal(told(stage(repo, { rules: { secrets: 'block', 'policy-change': 'off' } })), [1, 'level']);
    repo.git('rm', '-q', '--cached', 'nonstop.config.json');
    assert.is(repo.run(['check', '--staged']).code, 2);
  });
});

test('its own steps and floors count', () => {
  const steps = [{ on: '2027-01-10', level: 'block' }];
  using(
    repoWith({ rules: { secrets: 'block', 'policy-change': { level: 'off', steps } } }, { 'a.txt': 'x\n' }),
    (repo) => {
      stage(repo, { rules: { secrets: 'warn', 'policy-change': { level: 'off', steps } } });
      assert.equal([told(repo), repo.check(['--staged', '--as-of', '2027-01-09']).code], [[1, 'level'], 0]);
    },
  );
  const floors = [{ rule: 'policy-change', files: ['**'], level: 'block' }];
  using(repoWith({ rules: { secrets: 'block' }, floors }, { 'a.txt': 'x\n' }), (repo) => {
    assert.equal(told(stage(repo, { rules: { secrets: 'warn' }, floors })), [1, 'level']);
  });
});

test('a config under another name is compared with the old one; the first config with none', () => {
  using(repoWith(BLOCK, { 'a.txt': 'x\n' }), (repo) => {
    repo.git('rm', '-q', 'nonstop.config.json');
    assert.equal(told(stage(repo, { rules: { ...BLOCK.rules, secrets: 'warn' } }, '.nonstoprc.json')), [1, 'level']);
    repo.git('rm', '-q', '-f', '.nonstoprc.json');
    stage(repo, { name: 'x', nonstop: { rules: { ...BLOCK.rules, secrets: 'off' } } }, 'package.json');
    assert.equal(told(repo), [1, 'level']);
  });
  using(repoWith(BLOCK, { 'a.txt': 'x\n' }), (repo) => {
    repo.git('checkout', '-q', '--orphan', 'fresh');
    assert.equal(told(repo), [0]);
  });
});

test('a baseline that grows, and one that comes with a policy', () => {
  using(repoWith(BLOCK, { 'a.txt': leak(1), 'b.txt': leak(2) }), (repo) => {
    repo.run(['baseline', 'update']);
    repo.git('add', '--all');
    const { code, result } = repo.check(['--staged']);
    assert.equal(
      [code, result.findings.map(({ message }: { message: string }) => message).sort()],
      [1, ['The baseline accepts 1 more of secrets in a.txt', 'The baseline accepts 1 more of secrets in b.txt']],
    );
    repo.commit();
    repo.write('a.txt', 'clean\n');
    repo.run(['baseline', 'prune']);
    repo.git('add', '--all');
    assert.equal(told(repo), [0]);
  });
});

test('a waiver lets an agreed change through, for its time', () => {
  const waiver = {
    id: 'W',
    rule: 'policy-change',
    files: ['nonstop.config.json'],
    reason: 'agreed',
    owner: '@lead',
    until: '2027-01-10',
  };
  using(repoWith(BLOCK, { 'a.txt': 'x\n' }), (repo) => {
    stage(repo, { rules: { ...BLOCK.rules, secrets: 'warn' }, waivers: [waiver] });
    const { code, result } = repo.check(['--staged', '--as-of', '2027-01-10']);
    assert.equal([code, found(result, 'policy-change').map((text) => text.split(' ')[0])], [0, ['waived', 'waived']]);
    assert.is(repo.check(['--staged', '--as-of', '2027-01-11']).code, 1);
  });
});

test('a preset that is edited in the change', () => {
  const preset = { floors: [{ rule: 'secrets', files: ['**'], level: 'block' }] };
  using(repoWith({ extends: ['./preset.json'], ...BLOCK }, { 'preset.json': JSON.stringify(preset) }), (repo) => {
    repo.write('preset.json', '{}').git('add', '--all');
    assert.equal(told(repo), [1, 'floor']);
  });
});

test('a config before that cannot be read is not evaluated, and that is no pass', () => {
  using(repoWith(BLOCK, { 'a.txt': 'x\n' }), (repo) => {
    repo.write('nonstop.config.json', '{ broken').commit();
    stage(repo, BLOCK);
    const { code, result } = repo.check(['--staged']);
    assert.equal(
      [code, result.rules.find(({ id }: { id: string }) => id === 'policy-change').state],
      [2, 'not-evaluated'],
    );
  });
});

test.run();
