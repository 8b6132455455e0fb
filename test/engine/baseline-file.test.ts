import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Accepted, type Baseline, EMPTY } from '../../src/engine/baseline/baseline.js';
import { parseBaseline } from '../../src/engine/baseline/parse.js';
import { renderBaseline } from '../../src/engine/baseline/render.js';
import { check } from '../../src/index.js';
import { accepting, findingsOf } from '../helpers/findings.js';
import { githubToken } from '../helpers/generated-secrets.js';

const three = accepting(
  findingsOf([
    { path: 'src/a.ts', key: 'x' },
    { path: 'src/a.ts', key: 'x' },
    { path: 'src/b c.ts', key: 'x', rule: 'eol-runtime', messageId: 'ended' },
  ]),
);
const text = renderBaseline(three);
const entries = (of: string) => of.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

function read(of: string): Baseline {
  const parsed = parseBaseline(of);
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

function fault(of: string): { where: string; why: string; fix: string } {
  const parsed = parseBaseline(of);
  if (parsed.ok) throw new Error('it was read');
  assert.is(parsed.error.code, 'BASELINE_INVALID');
  return parsed.error.help;
}

test('an entry is one line with fingerprint, rule, message and path; equal ones are told apart by the fingerprint', () => {
  assert.equal(entries(text), [
    '4f35a3347982cf7eeabc134fda7386d9 todo found src/a.ts',
    '4f35a3347982cf7eeabc134fda7386d9-2 todo found src/a.ts',
    'ed4a739c44bee72d054099472228b590 eol-runtime ended "src/b c.ts"',
  ]);
});

test('lines stand in order, whatever came first, and end with LF', () => {
  assert.equal(entries(text), entries(text).sort());
  assert.is(renderBaseline(new Map([...three].reverse())), text);
  assert.not(text.includes('\r'));
  assert.ok(text.endsWith('\n'));
});

test('an empty baseline is its first line and the marks', () => {
  const lines = renderBaseline(EMPTY).split('\n');
  assert.ok(lines[0]?.startsWith('# nonstop-policy baseline 1: '));
  assert.equal([lines.length, lines[1], lines[2], lines[64]], [66, '# 00', '# 04', '# fc']);
  assert.equal(read(renderBaseline(EMPTY)), EMPTY);
});

test('CRLF, as git may check it out, is read as LF', () => {
  assert.equal(read(text.replaceAll('\n', '\r\n')), three);
});

test('the marks of an unresolved merge are an error that names the line and the way out', () => {
  const [first = ''] = entries(text);
  for (const mark of ['<<<<<<< HEAD', '||||||| 1234567', '=======', '>>>>>>> other']) {
    const { where, why, fix } = fault(text.replace(first, `${mark}\n${first}`));
    assert.is(where, `nonstop-baseline.txt, line ${text.split('\n').indexOf(first) + 1}`);
    assert.ok(why.includes(mark));
    assert.match(fix, /baseline merge/);
  }
});

test('a line that is there twice is an error: `merge=union` brings removed lines back so', () => {
  const [first = ''] = entries(text);
  const { where, why } = fault(text.replace(first, `${first}\n${first}`));
  assert.is(where, `nonstop-baseline.txt, line ${text.split('\n').indexOf(first) + 2}`);
  assert.match(why, /twice/);
});

test('whatever else nobody but an editor writes is an error', () => {
  const [one = '', two = '', other = ''] = entries(text);
  const faults: [string, string, RegExp][] = [
    ['nothing', '', /is "", and not "# nonstop-policy baseline 1"/],
    ['another file', 'hello\n', /is "hello"/],
    ['a newer version', text.replace('baseline 1', 'baseline 2'), /newer version/],
    ['a later version with the same first digit', text.replace('baseline 1', 'baseline 12'), /newer version/],
    ['a byte order mark', `\ufeff${text}`, /byte order mark/],
    ['no end', text.slice(0, -1), /cut off/],
    ['a line cut off', text.slice(0, text.indexOf(other) + 20), /cut off/],
    ['no path', text.replace(other, other.split(' ').slice(0, 3).join(' ')), /is not a fingerprint, a rule, a message/],
    ['a broken string', text.replace('"src/b c.ts"', '"src/\\b c\\x.ts"'), /is not a fingerprint, a rule, a message/],
    ['no order', text.replace(`${one}\n${two}`, `${two}\n${one}`), /is in the place of/],
    ['a gap between equal ones', text.replace(`${one}\n`, ''), /is in the place of/],
    ['a needless escape', text.replace('"src/b c.ts"', '"src/b\\u0020c.ts"'), /is in the place of/],
    ['a space at the end', text.replace(other, `${other} `), /is not a fingerprint/],
    ['an empty line', text.replace(other, `\n${other}`), /is not a fingerprint/],
    ['a mark lost', text.replace('# 40\n', ''), /is in the place of "# 40"/],
    ['a comment', text.replace('# 40\n', '# ours\n# 40\n'), /"# ours" is in the place of/],
    ['a line after the end', `${text}# 00\n`, /in the place of the end/],
    [
      'another path for one of equal ones',
      text.replace(two, two.replace('a.ts', 'z.ts')),
      /has the fingerprint of a finding/,
    ],
    ['a path of two places', text.replace('"src/b c.ts"', 'src/a.ts'), /does not begin with 4f35/],
  ];
  for (const [name, broken, why] of faults) {
    assert.not.equal(broken, text, name);
    assert.match(fault(broken).why, why, name);
  }
});

test('no path breaks its line or hides in it', () => {
  const paths = [
    ' ',
    'a\nb',
    'a\rb',
    'a\tb',
    '"',
    '\\',
    '#',
    'a ',
    '\u2028',
    '\u0085',
    '\u202e',
    '\ufeff',
    '\ud800',
    'é/日本.ts',
    'a%20b',
    '-2',
  ];
  const baseline = accepting(findingsOf(paths.map((path) => ({ path }))));
  const rendered = renderBaseline(baseline);
  assert.equal(read(rendered), baseline);
  assert.is(entries(rendered).length, paths.length);
  assert.not.match(rendered, /[\t\r\u0085\u2028\u202e\ufeff\ud800]/);
  assert.ok(rendered.includes(' found é/日本.ts\n'));
});

test('the file neither holds nor confirms a secret, in a file or in its name', async () => {
  const textFor = async (seed: number) => {
    const files = { [`keys/${githubToken(seed)}.txt`]: githubToken(seed + 1) };
    const { findings } = await check({ config: { rules: { secrets: 'block' } }, files, asOf: '2026-01-01' });
    return renderBaseline(accepting(findings));
  };
  const secretive = await textFor(1);
  assert.match(secretive, / secrets path keys\/\*{8}\.txt\n/);
  assert.is(await textFor(5), secretive);
});

const name = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('found', 'src/a.ts', 'a b'));
const drafts = fc.array(fc.record({ path: name, rule: name, messageId: name, key: name }));

test('what is written is read back, and what is read is written back, for any text in any field', () => {
  fc.assert(
    fc.property(drafts, (found) => {
      const baseline = accepting(findingsOf([...found, ...found.slice(0, 3)]));
      const rendered = renderBaseline(baseline);
      assert.equal(read(rendered), baseline);
      assert.is(renderBaseline(read(rendered)), rendered);
    }),
  );
});

test('a changed byte is an error, or changes which finding is meant: never how many are', () => {
  const total = (of: Baseline) => [...of.values()].reduce((sum, { count }: Accepted) => sum + count, 0);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom('0', 'f', 'a', ' ', '\n', '"', '#', '-', ''), (at, char) => {
      const parsed = parseBaseline(text.slice(0, at) + char + text.slice(at + 1));
      if (parsed.ok) assert.is(total(parsed.value), 3);
    }),
    { numRuns: 1000 },
  );
});

test.run();
