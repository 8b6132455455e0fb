import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import formats from 'ajv-formats';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sarif } from '../../src/report/sarif.js';
import { finding, PLAIN, report, ruleReport, undecided } from '../helpers/check-result.js';
import { MESSAGES, PATHS } from '../helpers/hostile.js';

const ajv = new Ajv.default({ strict: false, allErrors: true });
formats.default(ajv);
const isValid = ajv.compile(JSON.parse(readFileSync('test/fixtures/report/sarif-schema-2.1.0.json', 'utf8')));

function render(change: Parameters<typeof report>[0]) {
  const log = JSON.parse(sarif(report(change), PLAIN));
  isValid(log);
  assert.equal(isValid.errors, null);
  return log.runs[0];
}

const eol = ruleReport({ id: 'eol-runtime', summary: 'Runtimes get fixes' });

test('the judge of these tests refuses what GitHub refuses', () => {
  const log = JSON.parse(sarif(report({ findings: [finding({ line: 0 })] }), PLAIN));
  log.runs[0].results[0].level = 'warn';
  isValid(log);
  assert.equal(isValid.errors?.map(({ instancePath }) => instancePath).sort(), [
    '/runs/0/results/0/level',
    '/runs/0/results/0/locations/0/physicalLocation/region/startLine',
  ]);
});

test('a log, whole', () => {
  const findings = [
    finding({
      level: 'warn',
      ruleId: 'eol-runtime',
      path: 'Dockerfile',
      line: null,
      column: null,
      endLine: null,
      endColumn: null,
    }),
    finding({ module: 'payments', endLine: 5 }),
    finding({ state: 'baselined' }),
    finding({ state: 'waived' }),
  ];
  const skipped = ruleReport({ id: 'sbom', state: 'skipped', reason: 'off' });
  const text = 'docs/rules/secrets.md says what the rule finds, how to mend it, and when to waive it.';
  assert.equal(JSON.parse(sarif(report({ findings, rules: [ruleReport(), skipped, eol] }), PLAIN)), {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nonstop-policy',
            version: '1.2.3',
            semanticVersion: '1.2.3',
            rules: [
              {
                id: 'secrets',
                shortDescription: { text: 'No credential enters the repository' },
                fullDescription: { text: 'No credential enters the repository' },
                help: { text, markdown: text.replace('docs/rules/secrets.md', '`$&`') },
                properties: {
                  'security-severity': '9.0',
                  precision: 'high',
                  tags: ['security', 'external/cwe/cwe-798'],
                },
              },
              {
                id: 'eol-runtime',
                shortDescription: { text: 'Runtimes get fixes' },
                fullDescription: { text: 'Runtimes get fixes' },
                help: {
                  text: text.replace('secrets', 'eol-runtime'),
                  markdown: text.replace('docs/rules/secrets.md', '`docs/rules/eol-runtime.md`'),
                },
              },
            ],
          },
        },
        automationDetails: { id: 'nonstop-policy/' },
        invocations: [{ executionSuccessful: true, exitCode: 1, toolExecutionNotifications: [] }],
        columnKind: 'utf16CodeUnits',
        results: [
          {
            ruleId: 'secrets',
            ruleIndex: 0,
            level: 'error',
            message: { text: 'GitHub token: ghp_********' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'src/a.ts', uriBaseId: '%SRCROOT%' },
                  region: { startLine: 3, startColumn: 14, endLine: 5, endColumn: 54 },
                },
              },
            ],
            partialFingerprints: { 'nonstopFingerprint/v1': '0123456789abcdef0123456789abcdef' },
            properties: { messageId: 'found', module: 'payments' },
          },
          {
            ruleId: 'eol-runtime',
            ruleIndex: 1,
            level: 'warning',
            message: { text: 'GitHub token: ghp_********' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'Dockerfile', uriBaseId: '%SRCROOT%' },
                  region: { startLine: 1 },
                },
              },
            ],
            partialFingerprints: { 'nonstopFingerprint/v1': '0123456789abcdef0123456789abcdef' },
            properties: { messageId: 'found' },
          },
        ],
      },
    ],
  });
});

test('without findings it is a run without results, which closes the alerts of the run before', () => {
  assert.equal([render({}).results, render({}).tool.driver.rules.length], [[], 1]);
});

test('what was not evaluated is a notification, and under block no success', () => {
  const whole = undecided({ ruleId: 'eol-runtime', path: null, level: 'warn', reason: 'it ran out of time' });
  const rules = [ruleReport({ state: 'not-evaluated' }), eol];
  assert.equal(render({ rules, notEvaluated: [undecided({ path: 'big file' }), whole] }).invocations, [
    {
      executionSuccessful: false,
      exitCode: 2,
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: 'Not evaluated: it has 9 bytes, more than the limit of 8' },
          associatedRule: { id: 'secrets', index: 0 },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'big%20file', uriBaseId: '%SRCROOT%' } } }],
        },
        {
          level: 'warning',
          message: { text: 'Not evaluated: it ran out of time' },
          associatedRule: { id: 'eol-runtime', index: 1 },
        },
      ],
    },
  ]);
  assert.is(render({ rules, notEvaluated: [whole] }).invocations[0].executionSuccessful, true);
});

test('of 30,000 findings GitHub gets the 25,000 that it takes, blocks first, and is told so', () => {
  const warnings = Array.from({ length: 29_990 }, () => finding({ level: 'warn' }));
  const { results, invocations } = render({ findings: [...warnings, ...Array.from({ length: 10 }, () => finding())] });
  const levels = results.map(({ level }: { level: string }) => level);
  assert.equal([levels.length, levels.lastIndexOf('error'), levels.indexOf('warning')], [25_000, 9, 10]);
  assert.equal(invocations[0].toolExecutionNotifications, [
    {
      level: 'warning',
      message: { text: '5000 findings left out, since GitHub takes 25000 in a run; --format json has all' },
    },
  ]);
});

test('every path is a relative URI', () => {
  for (const path of PATHS) {
    const [{ locations }] = render({ findings: [finding({ path })] }).results;
    const { uri } = locations[0].physicalLocation.artifactLocation;
    const base = 'https://example.com/root/';
    assert.equal(
      [new URL(uri, base).href, new URL(uri, base).search, new URL(uri, base).hash],
      [`${base}${uri}`, '', ''],
      path,
    );
  }
});

test('no message has control characters, or a link that a viewer would follow', () => {
  for (const message of MESSAGES) {
    const [result] = render({ findings: [finding({ message })] }).results;
    assert.is(/[\p{Cc}\p{Cs}]|\]\(/u.test(result.message.text), false, message);
  }
});

test('descriptions stay within what GitHub takes, and are never empty', () => {
  const rules = [ruleReport({ summary: '漢'.repeat(2000) }), ruleReport({ id: 'a', summary: '' })];
  const texts = render({ rules }).tool.driver.rules.map(
    (rule: { fullDescription: { text: string } }) => rule.fullDescription.text,
  );
  assert.equal(texts, ['漢'.repeat(1024), 'a']);
});

test.run();
