import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { github } from '../../src/report/github.js';
import { finding, PLAIN, report, undecided } from '../helpers/check-result.js';
import { commandsIn } from '../helpers/ci-commands.js';
import { MESSAGES, PATHS } from '../helpers/hostile.js';

const LOG = ['scanned by secrets: 12 files, 35 kB', ''];
const render = (change: Parameters<typeof report>[0], quiet = false) =>
  github(report(change), { ...PLAIN, quiet }).split('\n');

/** The properties and the message of a command, read as GitHub reads them. */
function parse(line: string) {
  const [, name, list, data] = /^::(\w+) (.*?)::(.*)$/.exec(line)!;
  const decode = (text: string) =>
    ['%0D=\r', '%0A=\n', '%3A=:', '%2C=,', '%25=%'].reduce(
      (all, pair) => all.replaceAll(pair.slice(0, 3), pair.slice(4)),
      text,
    );
  const properties = list!
    .split(',')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]);
  return { name, data: decode(data!), ...Object.fromEntries(properties) };
}

test('a finding is an annotation on its place, with the fix', () => {
  assert.equal(render({ findings: [finding({ fix: 'Revoke it' }), finding({ level: 'warn', path: 'b' })] }), [
    '::error file=src/a.ts,line=3,endLine=3,col=14,endColumn=54,title=secrets::GitHub token: ghp_********%0Afix: Revoke it',
    '::warning file=b,line=3,endLine=3,col=14,endColumn=54,title=secrets::GitHub token: ghp_********',
    'block: 1 blocked, 1 warning in the working tree',
    ...LOG,
  ]);
});

test('over several lines GitHub takes no columns, and a whole file has no line', () => {
  const whole = { line: null, column: null, endLine: null, endColumn: null };
  assert.equal(render({ findings: [finding({ endLine: 9 }), finding({ path: 'Dockerfile', ...whole })] }), [
    '::error file=src/a.ts,line=3,endLine=9,title=secrets::GitHub token: ghp_********',
    '::error file=Dockerfile,title=secrets::GitHub token: ghp_********',
    'block: 2 blocked in the working tree',
    ...LOG,
  ]);
});

test('what was not evaluated is an annotation of its level', () => {
  const notEvaluated = [undecided(), undecided({ path: null, level: 'warn', reason: 'it ran out of time' })];
  assert.equal(render({ notEvaluated }), [
    '::error file=big.bin,title=secrets%2C not evaluated::it has 9 bytes, more than the limit of 8',
    '::warning title=secrets%2C not evaluated::it ran out of time',
    'error: 2 not evaluated in the working tree',
    ...LOG,
  ]);
});

test('blocks come before the warnings found before them', () => {
  const warnings = Array.from({ length: 12 }, (_, at) => finding({ level: 'warn', path: `a${at}` }));
  const blocks = Array.from({ length: 3 }, (_, at) => finding({ path: `b${at}` }));
  const lines = render({ findings: [...warnings, ...blocks], notEvaluated: [undecided()] });
  const shown = lines.map((line) => /^::(\w+) (?:file=(\w+))?/.exec(line)?.slice(1).join(' ') ?? line);
  assert.equal(shown, [
    ...['b0', 'b1', 'b2', 'big'].map((path) => `error ${path}`),
    ...Array.from({ length: 10 }, (_, at) => `warning a${at}`),
    'notice ',
    'error: 3 blocked, 12 warnings, 1 not evaluated in the working tree',
    ...LOG,
  ]);
  assert.is(
    lines[14],
    '::notice title=nonstop-policy::2 warnings more, since GitHub shows 10 of each; the job summary and --format json have all',
  );
});

test('of more than ten errors the rest is counted too', () => {
  const findings = Array.from({ length: 11 }, () => finding());
  const notices = (more: typeof findings) => render({ findings: more }).filter((line) => line.startsWith('::notice'));
  assert.equal(notices(findings.slice(1)), []);
  assert.equal(notices(findings), [
    '::notice title=nonstop-policy::1 error more, since GitHub shows 10 of each; the job summary and --format json have all',
  ]);
});

test('quiet leaves the blocks', () => {
  const lines = render(
    { findings: [finding({ level: 'warn' }), finding()], notEvaluated: [undecided({ level: 'warn' })] },
    true,
  );
  assert.equal(lines.filter((line) => line.startsWith('::')).length, 1);
});

test('any path arrives at GitHub as it is', () => {
  for (const path of PATHS) assert.equal(parse(render({ findings: [finding({ path })] })[0]!).file, path);
});

test('any message is one command, and its lines stay lines', () => {
  for (const message of MESSAGES) {
    const output = github(report({ findings: [finding({ message })] }), PLAIN);
    assert.equal(commandsIn(output), ['error'], message);
    assert.is(/[^\P{Cc}\n]/u.test(output), false);
  }
  assert.equal(
    parse(render({ findings: [finding({ message: '100%\r\nb, c: d%0A' })] })[0]!).data,
    '100%\r\nb, c: d%0A',
  );
});

test.run();
