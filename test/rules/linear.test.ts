import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scan } from '../../rules/secrets/api.js';
import { censor } from '../../rules/secrets/censor.js';
import { check } from '../../src/index.js';
import { githubToken, randomText } from '../helpers/generated-secrets.js';
import { pem } from '../helpers/samples.js';

const SMALL = 300_000;
const GROWTH = 4;
/** Four times the text may take ten times as long, where a quadratic search would take sixteen; noise is tried away. */
const MOST = 10;
/** Too short to be measured, and quick enough in any case. */
const QUICK_MS = 150;
const TRIES = 4;

async function cpuMs(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function assertLinear(make: (length: number) => string, run: (text: string) => unknown): Promise<void> {
  const [small, large] = [make(SMALL), make(SMALL * GROWTH)];
  const seen: string[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [short, long] = [await cpuMs(() => run(small)), await cpuMs(() => run(large))];
    if (long < QUICK_MS || long < short * MOST) return;
    seen.push(`${short.toFixed(0)} → ${long.toFixed(0)} ms`);
  }
  assert.unreachable(seen.join(', '));
}

/** The piece, again and again. */
const repeated = (piece: string) => (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
/** After a start that wakes the detectors. */
const after = (start: string, make: (length: number) => string) => (length: number) => start + make(length);

const header = `-----BEGIN ${'PRIVATE'} KEY-----`;
const footer = header.replace('BEGIN', 'END');
const key = pem(1);

const INPUTS: Readonly<Record<string, (length: number) => string>> = {
  spaces: repeated(' '),
  'spaces after a header': after(header, repeated(' ')),
  'spaces after a name': after('aws_secret_access_key', repeated(' ')),
  'name after name': repeated('aws_secret_access_key '),
  'the letter a': repeated('a'),
  'a after a header': after(`${header}\n`, repeated('a')),
  'words after a scheme': after('https://', repeated('a')),
  '://': repeated('://'),
  'schemes and colons': repeated('https://:'),
  'a URL of colons': after('https://', repeated(':')),
  'a URL of colons and at signs': after('https://a:', repeated('b:c@')),
  'at signs after a colon': after('https://a:', repeated('@')),
  'URLs without a host': repeated('https://abcd:efghijkl@ '),
  'a scheme of many words': repeated('a.b+c-'),
  headers: repeated(header),
  footers: repeated(footer),
  'headers on lines': repeated(`${header}\n`),
  'footers on lines': repeated(`${footer}\n`),
  'footers after short lines': repeated(`${randomText(20, 1)}\n${footer}`),
  'footers after pluses': repeated(`${'+'.repeat(199)}!\n${footer}`),
  'one footer after many short lines': (length) => `${repeated(`${randomText(20, 1)}\n`)(length)}${footer}`,
  'headers with a long body each': repeated(`${header}\n${randomText(900, 1)}!`),
  'a body of short lines': after(`${header}\n`, repeated(`${randomText(16, 1)}\n`)),
  'fields after a header': after(header, repeated('Name: value\n')),
  'half a key, many times': repeated(key.slice(0, 300)),
  keys: repeated(`${key}\n`),
  _authToken: repeated('_authToken='),
  '_authToken of letters': repeated('_authToken=a'),
  '_authToken and a long value': after('_authToken=', repeated('a1')),
  npmAuthToken: repeated('npmAuthToken:a'),
  AKIA: repeated('AKIA'),
  'a GitHub prefix': repeated(`${'gh'}p_`),
  'a GitHub app prefix': repeated(`${'gh'}s_1_`),
  'a Slack prefix': repeated('xoxb-'),
  'a Slack prefix and dashes': after('xoxb-', repeated('a-')),
  'a SendGrid prefix': repeated(`SG.a.${'a'.repeat(250)}`),
  'a Vault prefix': repeated('hvs.'),
  'a GitLab prefix': repeated('glpat-'),
  'escapes before nothing': after(githubToken(), repeated('\\n')),
  'real tokens, each another': (length) =>
    Array.from({ length: length / 60 }, (_, at) => `token${at} = ${githubToken(at)}`).join('\n'),
  'real tokens, on one line': (length) => Array.from({ length: length / 60 }, (_, at) => githubToken(at)).join(' '),
  'one token, again and again': repeated(`${githubToken()} `),
  'fifty tokens in a long line': (length) =>
    Array.from({ length: 50 }, (_, at) => `${githubToken(at)}${' '.repeat(length / 50)}`).join(''),
  'a password of four letters that is everywhere': after(`https://bob:${'zqxj'}@corp.io `, repeated('zqxj')),
};

/** Some patterns of secretlint are tried in these files only. */
const pathFor = (name: string) =>
  /auth/i.test(name) ? '.npmrc' : /URL|scheme|:/.test(name) ? 'package.json' : 'a.txt';

for (const [name, make] of Object.entries(INPUTS)) {
  test(name, () => assertLinear(make, (text) => scan(Buffer.from(text), { path: pathFor(name) })));
}

test('one line of 5 MB with a token in its middle', async () => {
  const half = 'const a=1;'.repeat(250_000);
  const bytes = Buffer.from(`${half}"${githubToken()}"${half}`);
  assert.is(scan(bytes)[0]?.column, half.length + 2);
  assert.ok((await cpuMs(() => scan(bytes))) < 1500);
});

test('an error text with many tokens', () => assertLinear(INPUTS['real tokens, on one line']!, censor));

test('a result of 5,000 findings', () =>
  assertLinear(INPUTS['real tokens, each another']!, (text) =>
    check({
      config: { rules: { secrets: 'block' } },
      files: { 'a.txt': text.slice(0, text.length / 4) },
      asOf: '2025-01-01',
    }),
  ));

test.run();
