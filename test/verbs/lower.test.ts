import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configOf, found, leak, messages, repoWith, said, using } from '../helpers/verb-repo.js';

const test = suite('lower');
const TODAY = ['--as-of', '2027-01-10'];
const WHY = { reason: 'old fixtures', owner: '@team-qa', ticket: 'QA-3', until: '2027-01-31' };

function args(change: Partial<Record<keyof typeof WHY | 'to' | 'at', string>> = {}): string[] {
  return Object.entries({ to: 'warn', ...WHY, ...change }).flatMap(([name, value]) => [`--${name}`, value]);
}

test('it writes an entry with its reason, which comes back by itself', () => {
  using(repoWith({ rules: { secrets: 'block' } }, { 'a.txt': leak() }), (repo) => {
    assert.is(repo.run(['lower', 'default', 'secrets', ...args(), ...TODAY]).code, 0);
    assert.equal(JSON.parse(configOf(repo)).rules.secrets, { level: 'block', lowered: { level: 'warn', ...WHY } });
    const at = (day: string) => repo.check(['--as-of', day]).code;
    assert.equal([at('2027-01-10'), at('2027-01-31'), at('2027-02-01')], [0, 0, 1]);
  });
});

test('all four reasons and a level are mandatory, and must say something', () => {
  using(repoWith({ rules: { secrets: 'block' } }), (repo) => {
    for (const name of ['to', 'reason', 'owner', 'ticket', 'until'] as const) {
      const all = args();
      all.splice(all.indexOf(`--${name}`), 2);
      const ran = repo.run(['lower', 'default', 'secrets', ...all, ...TODAY]);
      assert.equal([ran.code, /^where +(.*)$/m.exec(ran.stderr)?.[1]], [2, `--${name}`]);
    }
    const ran = repo.run(['lower', 'default', 'secrets', ...args({ reason: ' ', owner: '' }), ...TODAY]);
    assert.equal([ran.code, /^where +(.*)$/m.exec(ran.stderr)?.[1]], [2, '--reason, --owner']);
    assert.is(repo.run(['lower', 'default', 'secrets', ...args({ until: '2027-01-09' }), ...TODAY]).code, 2);
    assert.is(repo.git('status', '--porcelain'), '');
  });
});

test('it is not gone below a floor', () => {
  const config = {
    rules: { secrets: 'block' },
    modules: [
      { name: 'pay', files: ['pay/**'], rules: { secrets: 'block' } },
      { name: 'shop', files: ['shop/**'] },
    ],
    floors: [{ rule: 'secrets', files: ['pay/**'], level: 'block' }],
  };
  using(repoWith(config, { 'pay/a.txt': 'x\n', 'shop/a.txt': 'x\n' }), (repo) => {
    const ran = repo.run(['lower', 'pay', 'secrets', ...args(), ...TODAY]);
    assert.equal([ran.code, said(ran)], [2, 'error  A floor does not allow this  USAGE']);
    assert.match(
      ran.stderr,
      /^where +nonstop\.config\.json:\d+, floors\[0\]\nwhy +it keeps secrets at "block" in pay\/a\.txt$/m,
    );
    // the default decides nothing in pay, which has a level of its own
    assert.is(repo.run(['lower', 'default', 'secrets', ...args(), ...TODAY, '--dry-run']).code, 0);
    assert.is(repo.run(['lower', 'shop', 'secrets', ...args(), ...TODAY]).code, 0);
    repo.write('shop/a.txt', leak()).write('pay/a.txt', leak()).commit();
    assert.equal(found(repo.check(TODAY).result), ['new block pay/a.txt:1', 'new warn shop/a.txt:1']);
  });
});

test('what a step has brought is lowered as well, and the other point keeps it', () => {
  const steps = [{ on: '2027-01-01', level: 'block' }];
  using(repoWith({ rules: { secrets: { level: 'off', steps } } }, { 'a.txt': leak() }), (repo) => {
    assert.is(repo.run(['lower', 'default', 'secrets', ...args({ at: 'hook' }), ...TODAY]).code, 0);
    const at = (point: string) => found(repo.check([...TODAY, '--point', point]).result);
    assert.equal([at('hook'), at('ci')], [['new warn a.txt:1'], ['new block a.txt:1']]);
  });
});

test('each form of a setting', () => {
  const lowered = `"lowered": { "level": "warn", "reason": "old fixtures", "owner": "@team-qa", "ticket": "QA-3", "until": "2027-01-31" }`;
  for (const [before, after] of [
    ['"secrets": "block"', `"secrets": { "level": "block", ${lowered} }`],
    ['"secrets": { "maxBytes": 9 }', `"secrets": { "maxBytes": 9, ${lowered} }`],
    ['', `"secrets": { ${lowered} }`],
    [
      '"secrets": { "hook": "off", "ci": "block" }',
      `"secrets": { "level": { "hook": "off", "ci": "block" }, ${lowered} }`.replace(
        '"level": "warn"',
        '"level": { "hook": "off", "ci": "warn" }',
      ),
    ],
  ]) {
    const config = `{ "rules": { "secrets": "block" }, "modules": [{ "name": "pay", "files": ["pay/**"], "rules": { ${before} } }] }\n`;
    using(repoWith(config, { 'pay/a.txt': 'x\n' }), (repo) => {
      const at = before?.includes('hook') ? { at: 'ci' } : {};
      const ran = repo.run(['lower', 'pay', 'secrets', ...args(at), ...TODAY]);
      assert.is(ran.code, 0, ran.stderr);
      assert.is(
        JSON.stringify(JSON.parse(configOf(repo)).modules[0].rules),
        JSON.stringify(JSON.parse(`{ ${after} }`)),
      );
    });
  }
});

test('what would not lower is told', () => {
  using(repoWith({ rules: { secrets: 'warn' } }), (repo) => {
    const ran = repo.run(['lower', 'default', 'secrets', ...args(), ...TODAY]);
    assert.equal([ran.code, said(ran)], [2, 'error  This would not lower it  USAGE']);
  });
});

test('policy-change sees it, with its reason, and lets it through', () => {
  const config = { rules: { secrets: 'block', 'policy-change': 'block' } };
  using(repoWith(config, { 'a.txt': 'x\n' }), (repo) => {
    repo.run(['lower', 'default', 'secrets', ...args(), ...TODAY]);
    repo.git('add', '--all');
    const { code, result } = repo.check(['--staged', ...TODAY]);
    const [finding] = result.findings;
    assert.equal(
      [code, result.findings.length, finding.messageId, finding.state, finding.waiver],
      [0, 1, 'lowered', 'waived', 'lowered (QA-3)'],
    );
    assert.is(
      finding.message,
      'secrets for every file is lowered to warn until 2027-01-31 by @team-qa (QA-3): old fixtures',
    );
    // the same by hand, without an entry, blocks
    repo.write('nonstop.config.json', JSON.stringify({ rules: { secrets: 'warn', 'policy-change': 'block' } }));
    repo.git('add', '--all');
    const byHand = repo.check(['--staged', ...TODAY]);
    assert.equal([byHand.code, messages(byHand.result, 'policy-change')], [1, ['level']]);
  });
});

test('every other byte of the config is kept', () => {
  const before = '// head\r\n{\r\n  "rules": {\r\n    /* a */ "secrets": "block" /* b */, // c\r\n  },\r\n}';
  using(repoWith(before, { 'a.txt': 'x\n' }), (repo) => {
    assert.is(repo.run(['lower', 'default', 'secrets', ...args(), ...TODAY]).code, 0);
    const [start, end] = before.split('"block"');
    const after = configOf(repo);
    assert.equal([after.startsWith(start!), after.endsWith(end!), /(?<!\r)\n/.test(after)], [true, true, false]);
  });
});

test.run();
