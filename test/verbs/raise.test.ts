import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configOf, found, leak, repoWith, said, using } from '../helpers/verb-repo.js';

const test = suite('raise');
const TODAY = ['--as-of', '2027-01-10'];

/** What stands in the config for one rule of a module, in the words of the file. */
function entryAfter(entry: string | undefined, args: readonly string[], code = 0): string {
  const rules = entry === undefined ? '' : `"secrets": ${entry}`;
  const config = `{\n  "rules": { "secrets": "warn" },\n  "modules": [{ "name": "pay", "files": ["pay/**"], "rules": { ${rules} } }]\n}\n`;
  return using(repoWith(config, { 'pay/a.txt': 'nothing\n' }), (repo) => {
    const ran = repo.run(['raise', 'pay', 'secrets', ...args, ...TODAY]);
    assert.is(ran.code, code, ran.stderr);
    return /"rules": \{ (.*) \} \}\]\n/.exec(configOf(repo))?.[1]?.replace('"secrets": ', '').trim() ?? configOf(repo);
  });
}

test('each form of a setting keeps its form', () => {
  assert.is(entryAfter('"warn"', []), '"block"');
  assert.is(entryAfter('"off"', []), '"warn"');
  assert.is(entryAfter('{ "hook": "off", "ci": "warn" }', []), '"warn"');
  assert.is(entryAfter('{ "hook": "warn", "ci": "block" }', ['--at', 'hook']), '"block"');
  assert.is(entryAfter('"warn"', ['--at', 'ci']), '{ "hook": "warn", "ci": "block" }');
  assert.is(entryAfter('{ "level": "warn", "maxBytes": 9 }', []), '{ "level": "block", "maxBytes": 9 }');
  assert.is(entryAfter('{ "maxBytes": 9 }', []), '{ "maxBytes": 9, "level": "block" }');
  assert.is(entryAfter(undefined, []), '"block"');
  assert.is(entryAfter('"off"', ['--to', 'block', '--at', 'hook']), '{ "hook": "block", "ci": "off" }');
});

test('a day ahead writes a step', () => {
  const on = ['--on', '2027-03-01'];
  const step = '[{ "on": "2027-03-01", "level": "block" }]';
  assert.is(entryAfter('"warn"', on), `{ "level": "warn", "steps": ${step} }`);
  assert.is(entryAfter('{ "maxBytes": 9 }', on), `{ "maxBytes": 9, "steps": ${step} }`);
  assert.is(entryAfter(undefined, on), `{ "steps": ${step} }`);
  assert.is(
    entryAfter('{ "level": "off", "steps": [{ "on": "2027-02-01", "level": "warn" }] }', [...on, '--to', 'block']),
    '{ "level": "off", "steps": [{ "on": "2027-02-01", "level": "warn" }, { "on": "2027-03-01", "level": "block" }] }',
  );
  assert.is(entryAfter('"warn"', ['--on', '2027-01-10'], 2), '"warn"');
});

test('raising takes a lowering away', () => {
  const lowered = '"lowered": { "level": "off", "reason": "r", "owner": "o", "ticket": "t", "until": "2027-09-09" }';
  assert.is(entryAfter(`{ "level": "block", ${lowered} }`, []), '{ "level": "block" }');
});

test('while it finds something it is refused with the list, and nothing is written', () => {
  using(repoWith({ rules: { secrets: 'warn' } }, { 'a.txt': leak(1) + leak(2), 'b.txt': 'x\n' }), (repo) => {
    const before = configOf(repo);
    const ran = repo.run(['raise', 'default', 'secrets']);
    const lines = ran.stderr.trimEnd().split('\n');
    assert.equal([ran.code, ran.stdout, lines.length], [1, '', 3]);
    assert.match(lines[0]!, /^a\.txt:1:\d+: block .* \[secrets\]$/);
    assert.is(lines[2], 'not raised: mend these 2 first, or accept with --with-baseline');
    assert.is(configOf(repo), before);
    assert.not.match(ran.stderr, /ghp_[A-Za-z0-9]{36}/);
  });
});

test('a step may be written over findings, since there is time to mend them', () => {
  using(repoWith({ rules: { secrets: 'warn' } }, { 'a.txt': leak() }), (repo) => {
    assert.is(repo.run(['raise', 'default', 'secrets', '--on', '2027-03-01', ...TODAY]).code, 0);
    const at = (day: string) => repo.check(['--as-of', day]).code;
    assert.equal([at('2027-02-28'), at('2027-03-01'), at('2027-03-02')], [0, 1, 1]);
    assert.match(repo.run(['check', '--as-of', '2027-02-15']).stdout, /secrets becomes block on 2027-03-01/);
    assert.not.match(repo.run(['check', '--as-of', '2027-02-14']).stdout, /becomes/);
  });
});

test('--with-baseline accepts what is found and raises; what is new then blocks', () => {
  const files = { 'pay/a.txt': leak(1), 'other/b.txt': leak(2) };
  const config = { rules: { secrets: 'warn' }, modules: [{ name: 'pay', files: ['pay/**'] }] };
  using(repoWith(config, files), (repo) => {
    const dry = repo.run(['raise', 'pay', 'secrets', '--with-baseline', '--dry-run']);
    assert.is(dry.code, 0);
    assert.is(repo.git('status', '--porcelain'), '');
    assert.is(repo.run(['raise', 'pay', 'secrets', '--with-baseline']).code, 0);
    const { code, result } = repo.commit().check();
    assert.equal([code, found(result)], [0, ['new warn other/b.txt:1', 'baselined block pay/a.txt:1']]);
    repo.write('pay/a.txt', leak(3) + leak(1)).commit();
    assert.is(repo.check().code, 1);
  });
});

test('--with-baseline is refused in CI, and the config stays', () => {
  using(repoWith({ rules: { secrets: 'warn' } }, { 'a.txt': leak() }), (repo) => {
    const ran = repo.run(['raise', 'default', 'secrets', '--with-baseline'], { env: { CI: 'true' } });
    assert.equal([ran.code, said(ran)], [2, 'error  The baseline is frozen in CI  USAGE']);
    assert.is(repo.git('status', '--porcelain'), '');
  });
});

test('what could not be evaluated is no pass', () => {
  const config = { rules: { secrets: { level: 'warn', maxBytes: 5 } } };
  using(repoWith(config, { 'a.txt': 'more than five bytes\n' }), (repo) => {
    const ran = repo.run(['raise', 'default', 'secrets']);
    assert.is(ran.code, 2);
    assert.match(ran.stderr, /^not evaluated: a\.txt: it has 21 bytes, more than the limit of 5 \[secrets\]\n/m);
    assert.is(repo.git('status', '--porcelain'), '');
  });
});

test('a file of another module that could not be evaluated is no hindrance', () => {
  const big = { name: 'big', files: ['big/**'], rules: { secrets: { level: 'warn', maxBytes: 5 } } };
  const config = { rules: { secrets: 'warn' }, modules: [big], ignore: ['nonstop.config.json'] };
  using(repoWith(config, { 'big/a.txt': 'more than five\n', 'b.txt': 'x\n' }), (repo) => {
    assert.is(repo.run(['raise', 'default', 'secrets']).code, 0);
    assert.is(repo.run(['raise', 'big', 'secrets']).code, 2);
  });
});

test('the default covers the modules that say nothing of the rule, and no other', () => {
  const modules = [
    { name: 'quiet', files: ['quiet/**'] },
    { name: 'own', files: ['own/**'], rules: { secrets: 'warn' } },
  ];
  using(repoWith({ rules: { secrets: 'warn' }, modules }, { 'own/a.txt': leak() }), (repo) => {
    assert.is(repo.run(['raise', 'default', 'secrets', '--dry-run']).code, 0);
    repo.write('quiet/a.txt', leak()).commit();
    const ran = repo.run(['raise', 'default', 'secrets']);
    assert.equal([ran.code, ran.stderr.startsWith('quiet/a.txt:1:')], [1, true]);
  });
});

test('raising to warn does not ask that the findings are mended, whatever the other point says', () => {
  const config = { rules: { secrets: { hook: 'off', ci: 'block' } } };
  using(repoWith(config, { 'a.txt': leak() }), (repo) => {
    assert.is(repo.run(['raise', 'default', 'secrets', '--at', 'hook']).code, 0);
    assert.match(configOf(repo), /"hook": "warn",\s+"ci": "block"/);
  });
});

test('raising at one point what is lowered at both is tried at both', () => {
  const lowered = { level: 'off', reason: 'r', owner: 'o', ticket: 't', until: '2027-09-09' };
  const config = { rules: { secrets: { level: { hook: 'off', ci: 'block' }, lowered } } };
  using(repoWith(config, { 'a.txt': leak() }), (repo) => {
    const ran = repo.run(['raise', 'default', 'secrets', '--at', 'hook', ...TODAY]);
    assert.equal([ran.code, ran.stderr.startsWith('a.txt:1:')], [1, true]);
  });
});

test('a level of its own does not end the steps that the default brings', () => {
  const steps = [{ on: '2027-03-01', level: 'block' }];
  const config = {
    rules: { secrets: { level: 'off', steps } },
    modules: [{ name: 'pay', files: ['pay/**'] }],
  };
  using(repoWith(config, { 'pay/a.txt': leak() }), (repo) => {
    assert.is(repo.run(['raise', 'pay', 'secrets', ...TODAY]).code, 0);
    assert.equal(
      ['2027-01-10', '2027-03-01'].map((day) => found(repo.check(['--as-of', day]).result)),
      [['new warn pay/a.txt:1'], ['new block pay/a.txt:1']],
    );
  });
});

test('a step of the default that is due is not undone by raising one point', () => {
  const steps = [{ on: '2027-01-01', level: { hook: 'off', ci: 'block' } }];
  const config = { rules: { secrets: { level: 'off', steps } }, modules: [{ name: 'pay', files: ['pay/**'] }] };
  using(repoWith(config, { 'pay/a.txt': 'x\n' }), (repo) => {
    assert.is(repo.run(['raise', 'pay', 'secrets', '--at', 'hook', ...TODAY]).code, 0);
    repo.write('pay/a.txt', leak()).commit();
    assert.equal(found(repo.check(TODAY).result), ['new block pay/a.txt:1']);
  });
});

test('wrong words are told with the nearest right ones', () => {
  using(repoWith({ rules: { secrets: 'warn' }, modules: [{ name: 'pay', files: ['pay/**'] }] }), (repo) => {
    const err = (...args: string[]) => {
      const { code, stderr } = repo.run(['raise', ...args]);
      return [code, ...stderr.split('\n').flatMap((line) => /^(?:error|fix) +(.*?)(?: {2}.*)?$/.exec(line)?.[1] ?? [])];
    };
    assert.equal(err('pay', 'secrts'), [2, 'There is no rule of this name', 'Did you mean "secrets"?']);
    assert.equal(err('pya', 'secrets'), [
      2,
      'There is no such module in this config',
      'Name one of these; "default" is for every file',
    ]);
    assert.is(err('pay')[1], 'A module and a rule are expected');
    assert.is(err('pay', 'secrets', '--to', 'off')[1], 'This would lower it');
    assert.is(err('pay', 'secrets', '--to', 'warn')[1], 'There is nothing to raise');
    assert.is(err('pay', 'secrets', '--at', 'cli')[1], 'There is no point of this name');
    assert.is(err('pay', 'secrets', '--on', '2027-02-30')[1], 'The day is not understood');
    assert.is(repo.git('status', '--porcelain'), '');
  });
});

test('every other byte of the config is kept', () => {
  const before =
    '\uFEFF// head\r\n{\r\n\t"rules": {\r\n\t\t"secrets": /* why */ "warn", // until the move\r\n\t},\r\n\t// the end\r\n}\r\n';
  using(repoWith(before, { 'a.txt': 'x\n' }), (repo) => {
    assert.is(repo.run(['raise', 'default', 'secrets']).code, 0);
    assert.is(configOf(repo), before.replace('"warn"', '"block"'));
  });
});

test('--dry-run shows the change and writes nothing', () => {
  using(repoWith({ rules: { secrets: 'warn' } }), (repo) => {
    const { code, stdout } = repo.run(['raise', 'default', 'secrets', '--dry-run']);
    assert.is(code, 0);
    assert.match(stdout, /-\s+"secrets": "warn"\n\+\s+"secrets": "block"\n/);
    assert.is(repo.git('status', '--porcelain'), '');
  });
});

test('in package.json, in an rc file and by --config', () => {
  using(repoWith({ rules: {} }, { 'p/package.json': '', 'a.txt': 'x\n' }), (repo) => {
    repo.git('rm', '-q', 'nonstop.config.json');
    repo.write('package.json', '{ "name": "x", "nonstop": { "rules": { "secrets": "warn" } } }\n').commit();
    assert.is(repo.run(['raise', 'default', 'secrets']).code, 0);
    assert.is(configOf(repo, 'package.json'), '{ "name": "x", "nonstop": { "rules": { "secrets": "block" } } }\n');
    repo.write('package.json', '{}\n').write('.nonstoprc', '{ "rules": { "secrets": "warn" } }').commit();
    assert.is(repo.run(['raise', 'default', 'secrets']).code, 0);
    assert.is(configOf(repo, '.nonstoprc'), '{ "rules": { "secrets": "block" } }');
    repo.write('p/own.json', '{ "rules": { "secrets": "warn" } }').commit();
    assert.is(repo.run(['raise', 'default', 'secrets', '--config', 'own.json'], { cwd: repo.path('p') }).code, 0);
    assert.is(configOf(repo, 'p/own.json'), '{ "rules": { "secrets": "block" } }');
    assert.is(repo.run(['raise', 'default', 'secrets', '--config', 'own.json']).code, 2);
  });
});

test('a config outside of the repository, and one in YAML', () => {
  using(repoWith({ rules: { secrets: 'warn' } }), (other) => {
    using(repoWith({ rules: {} }), (repo) => {
      const path = other.path('nonstop.config.json');
      assert.is(repo.run(['raise', 'default', 'secrets', '--config', path]).code, 0);
      assert.match(configOf(other), /"secrets": "block"/);
      repo.git('rm', '-q', 'nonstop.config.json');
      repo.write('.nonstoprc.yaml', 'rules:\n  secrets: warn\n').commit();
      const ran = repo.run(['raise', 'default', 'secrets']);
      assert.equal([ran.code, said(ran)], [2, 'error  This config is not edited by a command  USAGE']);
    });
  });
});

test.run();
