import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TempRepo } from '../helpers/temp-repo.js';
import { configOf, found, leak, messages, repoWith, said, using } from '../helpers/verb-repo.js';

const test = suite('waive');
const TODAY = ['--as-of', '2027-01-10'];
const WHY = ['--reason', 'revoked', '--owner', '@me', '--until', '2027-01-31', ...TODAY];

function fingerprints(repo: TempRepo): string[] {
  return repo.check(TODAY).result.findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
}

test('the entry is written, and the check passes until its last day', () => {
  using(repoWith({ rules: { secrets: 'block' } }, { 'a.txt': leak() }), (repo) => {
    const [fingerprint] = fingerprints(repo);
    assert.is(repo.run(['waive', fingerprint!, ...WHY, '--ticket', 'OPS-7']).code, 0);
    const entry = { id: 'W-1', rule: 'secrets', files: ['a.txt'], fingerprint, reason: 'revoked', owner: '@me' };
    assert.equal(JSON.parse(configOf(repo)).waivers, [{ ...entry, ticket: 'OPS-7', until: '2027-01-31' }]);
    const on = (day: string) => repo.check(['--as-of', day]);
    assert.equal([on('2027-01-31').code, found(on('2027-01-31').result)], [0, ['waived block a.txt:1']]);
    const over = on('2027-02-01').result;
    assert.equal([over.exitCode, found(over), messages(over, 'policy')], [1, ['new block a.txt:1'], ['expiredWaiver']]);
    repo.write('a.txt', 'clean\n').commit();
    assert.equal(messages(on('2027-01-20').result, 'policy'), ['unusedWaiver']);
  });
});

test('one of two equal findings, and a second waiver gets the next id', () => {
  using(repoWith({ rules: { secrets: 'block' } }, { 'a.txt': leak(1, 'key') + leak(2, 'key') }), (repo) => {
    const [first, second] = fingerprints(repo);
    assert.equal([second?.startsWith(first!), second?.endsWith('-2')], [true, true]);
    assert.is(repo.run(['waive', second!, ...WHY]).code, 0);
    assert.equal(found(repo.check(TODAY).result), ['new block a.txt:1', 'waived block a.txt:2']);
    assert.is(repo.run(['waive', first!, ...WHY]).code, 0);
    assert.equal(
      JSON.parse(configOf(repo)).waivers.map(({ id }: { id: string }) => id),
      ['W-1', 'W-2'],
    );
    const again = repo.run(['waive', first!, ...WHY]);
    assert.equal([again.code, said(again)], [2, 'error  This finding does not count already  USAGE']);
  });
});

test('an id that is taken, an unknown fingerprint, a missing owner, a day that is over', () => {
  using(repoWith({ rules: { secrets: 'block' } }, { 'a.txt': leak(1), 'b.txt': leak(2) }), (repo) => {
    const [one, two] = fingerprints(repo);
    repo.run(['waive', one!, ...WHY, '--id', 'W-9']);
    const err = (...args: string[]) => said(repo.run(['waive', ...args]));
    assert.is(err(two!, ...WHY, '--id', 'W-9'), 'error  A waiver has this id  USAGE');
    assert.is(err('0'.repeat(32), ...WHY), 'error  No finding has this fingerprint  USAGE');
    assert.is(err(two!, '--reason', 'x', '--until', '2027-01-31'), 'error  Mandatory options are missing  USAGE');
    assert.is(
      err(two!, '--reason', 'x', '--owner', 'y', '--until', '2027-01-09', ...TODAY),
      'error  This waiver would not hold  USAGE',
    );
    assert.is(err(), 'error  One fingerprint is expected  USAGE');
  });
});

test('a floor forbids it, or a last day that far ahead', () => {
  const floors = [
    { rule: 'secrets', files: ['pay/**'], waivable: false },
    { rule: 'secrets', files: ['shop/**'], maxDays: 7 },
  ];
  using(repoWith({ rules: { secrets: 'block' }, floors }, { 'pay/a': leak(1), 'shop/a': leak(2) }), (repo) => {
    const [pay, shop] = fingerprints(repo);
    const why = (fingerprint: string, ...more: string[]) =>
      /^why +(.*)$/m.exec(repo.run(['waive', fingerprint, ...WHY, ...more]).stderr)?.[1];
    assert.is(why(pay!), 'a floor does not allow waivers there');
    assert.is(why(shop!), 'a floor does not allow a last day that far ahead');
    assert.is(repo.git('status', '--porcelain'), '');
    assert.is(why(shop!, '--until', '2027-01-17'), undefined);
    assert.equal(found(repo.check(TODAY).result), ['new block pay/a:1', 'waived block shop/a:1']);
  });
});

test('a waiver written by hand where a floor forbids it does not hold, and is told', () => {
  const floors = [{ rule: 'secrets', files: ['pay/**'], waivable: false }];
  const waivers = [{ id: 'W', rule: 'secrets', files: ['pay/**'], reason: 'r', owner: 'o', until: '2027-09-09' }];
  const text = leak().replace('\n', ' # nonstop-waive secrets\n');
  using(repoWith({ rules: { secrets: 'block' }, floors, waivers }, { 'pay/a': text }), (repo) => {
    const { code, result } = repo.check(TODAY);
    assert.equal([code, found(result), messages(result, 'policy')], [1, ['new block pay/a:1'], ['forbiddenWaiver']]);
  });
});

test('names that are no plain globs', () => {
  const names = ['app/[id]/a.txt', '!odd.txt', 'a{b,c}.txt', 'q?.txt', 'star*.txt', 'a(b).txt'];
  using(repoWith({ rules: { secrets: 'block' } }, Object.fromEntries(names.map((name) => [name, leak()]))), (repo) => {
    for (const fingerprint of fingerprints(repo)) assert.is(repo.run(['waive', fingerprint, ...WHY]).code, 0);
    const { code, result } = repo.check(TODAY);
    assert.equal([code, result.counts.waived, messages(result, 'policy')], [0, names.length, []]);
  });
});

test('a file whose name holds a secret', () => {
  const name = `${leak(3, '').slice(4, 44)}.txt`;
  using(repoWith({ rules: { secrets: 'block' } }, { [name]: 'x\n' }), (repo) => {
    const [fingerprint] = fingerprints(repo);
    assert.is(repo.run(['waive', fingerprint!, ...WHY]).code, 0);
    assert.is(repo.check(TODAY).code, 0);
    assert.not.match(configOf(repo), /ghp_[A-Za-z0-9]{36}/);
  });
});

test('a check of one rule does not call the waivers of another unused', () => {
  const waivers = [{ id: 'W', rule: 'policy-change', files: ['*'], reason: 'r', owner: 'o', until: '2027-09-09' }];
  using(repoWith({ rules: { secrets: 'block' }, waivers }, { 'a.txt': 'x\n' }), (repo) => {
    assert.equal(messages(repo.check(TODAY).result, 'policy'), []);
    assert.equal(messages(repo.check([...TODAY, '--rule', 'secrets']).result, 'policy'), []);
  });
});

test('a finding on the policy itself is mended and not waived', () => {
  const config = { rules: { secrets: 'block' }, modules: [{ name: 'gone', files: ['gone/**'] }] };
  using(repoWith(config, { 'a.txt': 'x\n' }), (repo) => {
    const ran = repo.run(['waive', fingerprints(repo)[0]!, ...WHY]);
    assert.equal([ran.code, said(ran)], [2, 'error  This finding is not waived  USAGE']);
  });
});

test('every other byte of the config is kept, and the new entry is written like its neighbours', () => {
  const first = `\t\t// keep\r\n\t\t{ "id": "W-1", "rule": "secrets", "files": ["x"], "reason": "r", "owner": "o", "until": "2027-09-09" }, // first`;
  const before = `{\r\n\t"rules": { "secrets": "block" },\r\n\t"waivers": [\r\n${first}\r\n\t],\r\n}\r\n`;
  using(repoWith(before, { 'a.txt': leak(), x: leak() }), (repo) => {
    const fingerprint = repo
      .check(TODAY)
      .result.findings.find(({ state }: { state: string }) => state === 'new').fingerprint;
    assert.is(repo.run(['waive', fingerprint, ...WHY]).code, 0);
    const after = configOf(repo);
    const [head, tail] = [before.slice(0, before.indexOf(first) + first.length), '\r\n\t],\r\n}\r\n'];
    assert.equal([after.startsWith(head), after.endsWith(tail), /(?<!\r)\n/.test(after)], [true, true, false]);
    assert.is(repo.check(TODAY).code, 0);
  });
});

test.run();
