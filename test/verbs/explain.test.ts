import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leak, repoWith, said, using } from '../helpers/verb-repo.js';

const test = suite('explain');
const TODAY = ['--as-of', '2027-01-10'];
const CONFIG = `{
  "rules": { "secrets": { "level": "warn", "steps": [{ "on": "2027-03-01", "level": "block" }] } },
  "modules": [
    { "name": "pay", "files": ["pay/**"], "owner": "@pay",
      "rules": { "secrets": { "level": "block",
        "lowered": { "level": "off", "reason": "r", "owner": "o", "ticket": "t", "until": "2027-01-31" } } } }
  ],
  "floors": [
    { "rule": "secrets", "files": ["pay/**"], "level": "warn" },
    { "rule": "secrets", "files": ["pay/**"], "waivable": false, "maxDays": 7 }
  ],
  "waivers": [
    { "id": "W-1", "rule": "secrets", "files": ["pay/old.txt"], "reason": "r", "owner": "@o", "until": "2027-01-09" }
  ],
  "ignore": ["vendor/**"]
}
`;
const FILES = { 'pay/a.txt': leak(), 'pay/old.txt': leak(2), 'b.txt': leak(3), 'vendor/c.txt': 'x\n' };

/** The lines below the path, each without its column of spaces. */
function lines(target: string, more: readonly string[] = TODAY): string[] {
  return using(repoWith(CONFIG, FILES), (repo) => {
    const { code, stdout, stderr } = repo.run(['explain', target, ...more]);
    assert.is(code, 0, stderr);
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().replace(/ +/g, ' '));
  });
}

test('every contributor with its line, in the order in which it is applied', () => {
  assert.equal(lines('pay/a.txt'), [
    'pay/a.txt',
    'module pay, @pay nonstop.config.json:4 modules[0]',
    'secrets warn',
    'default warn nonstop.config.json:2 rules.secrets',
    'step block from 2027-03-01 (not in force) nonstop.config.json:2 rules.secrets.steps[0]',
    'module block nonstop.config.json:5 modules[0].rules.secrets',
    'lowered off until 2027-01-31 nonstop.config.json:6 modules[0].rules.secrets.lowered',
    'floor warn nonstop.config.json:9 floors[0]',
    'floor not waivable, waivers of at most 7 days nonstop.config.json:10 floors[1]',
  ]);
});

test('the next step, and what ends', () => {
  assert.equal(lines('b.txt').slice(-1), ['next block on 2027-03-01']);
  assert.is(
    lines('b.txt', ['--as-of', '2027-03-01']).find((line) => line.startsWith('secrets')),
    'secrets block',
  );
  assert.ok(lines('pay/a.txt', ['--as-of', '2027-02-01']).includes('secrets block'));
});

test('why a file is not looked at', () => {
  assert.is(lines('vendor/c.txt')[2], 'ignored by the policy: no rule looks at it');
  assert.is(lines('none.txt')[0], 'none.txt (not tracked)');
  assert.ok(lines('none.txt').includes('secrets warn (not looked at: no file of this name is tracked)'));
});

test('a waiver that speaks of the file, and why it does not hold', () => {
  assert.is(
    lines('pay/old.txt').at(-1),
    'waiver W-1 of @o for secrets, does not hold: expired nonstop.config.json:13 waivers[0]',
  );
});

test('a finding by its fingerprint, with what became of it', () => {
  using(repoWith({ rules: { secrets: 'block' } }, { 'a.txt': leak() }), (repo) => {
    const { fingerprint } = repo.check().result.findings[0];
    const first = () => said(repo.run(['explain', fingerprint, ...TODAY]));
    assert.is(first(), 'a.txt:1:9  GitHub token: ghp_********  secrets, block, it counts');
    repo.run(['waive', fingerprint, '--reason', 'r', '--owner', 'o', '--until', '2027-01-31', ...TODAY]);
    assert.is(first(), 'a.txt:1:9  GitHub token: ghp_********  secrets, block, waived by W-1');
    const { stdout } = repo.run(['explain', fingerprint, '--format', 'json', ...TODAY]);
    const { finding, path, rules } = JSON.parse(stdout);
    assert.equal([finding.state, path, rules[0].level], ['waived', 'a.txt', { hook: 'block', ci: 'block' }]);
    repo.git('checkout', '-q', '.');
    repo.run(['baseline', 'update', ...TODAY]);
    assert.is(first(), 'a.txt:1:9  GitHub token: ghp_********  secrets, block, baselined');
    const none = repo.run(['explain', '0'.repeat(32)]);
    assert.equal([none.code, said(none)], [2, 'error  No finding has this fingerprint  USAGE']);
  });
});

test('a path from a folder below, and one outside', () => {
  using(repoWith(CONFIG, FILES), (repo) => {
    const { stdout } = repo.run(['explain', 'a.txt'], { cwd: repo.path('pay') });
    assert.is(stdout.split('\n')[0], 'pay/a.txt');
    assert.is(repo.run(['explain', '../../x']).code, 2);
    assert.is(repo.run(['explain']).code, 2);
  });
});

test.run();
