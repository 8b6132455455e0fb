import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gitlab } from '../../src/report/gitlab.js';
import { finding, PLAIN, report, undecided } from '../helpers/check-result.js';
import { MESSAGES, PATHS } from '../helpers/hostile.js';

const render = (change: Parameters<typeof report>[0]) => JSON.parse(gitlab(report(change), PLAIN));

test('findings and what was not evaluated are entries of Code Quality', () => {
  const findings = [
    finding(),
    finding({ level: 'warn', line: null, column: null, path: 'b', fingerprint: 'f'.repeat(32) }),
    finding({ state: 'baselined' }),
    finding({ state: 'waived' }),
  ];
  const notEvaluated = [undecided(), undecided({ path: null, level: 'warn', reason: 'it ran out of time' })];
  assert.equal(render({ findings, notEvaluated }), [
    {
      description: 'GitHub token: ghp_********',
      check_name: 'secrets',
      fingerprint: '0123456789abcdef0123456789abcdef',
      severity: 'blocker',
      location: { path: 'src/a.ts', lines: { begin: 3 } },
    },
    {
      description: 'GitHub token: ghp_********',
      check_name: 'secrets',
      fingerprint: 'f'.repeat(32),
      severity: 'minor',
      location: { path: 'b', lines: { begin: 1 } },
    },
    {
      description: 'Not evaluated: it has 9 bytes, more than the limit of 8',
      check_name: 'secrets',
      fingerprint: 'not-evaluated:secrets:big.bin',
      severity: 'blocker',
      location: { path: 'big.bin', lines: { begin: 1 } },
    },
    {
      description: 'Not evaluated: it ran out of time',
      check_name: 'secrets',
      fingerprint: 'not-evaluated:secrets:',
      severity: 'minor',
      location: { path: 'nonstop.config.json', lines: { begin: 1 } },
    },
  ]);
});

test('nothing found is an empty array, without a byte order mark', () => {
  assert.is(gitlab(report(), PLAIN), '[]\n');
});

test('equal fingerprints are told apart, since GitLab shows one of them only', () => {
  const prints = render({ findings: [finding(), finding(), finding()] }).map(
    (entry: { fingerprint: string }) => entry.fingerprint,
  );
  assert.equal(new Set(prints).size, 3);
});

test('paths are as they are, and no message brings control characters', () => {
  const paths = render({ findings: PATHS.map((path) => finding({ path })) });
  assert.equal(
    paths.map((entry: { location: { path: string } }) => entry.location.path),
    PATHS,
  );
  for (const message of MESSAGES) {
    const [entry] = render({ findings: [finding({ message })] });
    assert.is(/[\p{Cc}\p{Cs}]/u.test(entry.description), false, message);
  }
});

test.run();
