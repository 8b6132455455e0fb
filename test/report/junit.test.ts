import { readFileSync } from 'node:fs';
import { XmlDocument, type XmlElement, XsdValidator } from 'libxml2-wasm';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { junit } from '../../src/report/junit.js';
import { finding, PLAIN, report, ruleReport, undecided } from '../helpers/check-result.js';
import { commandsIn } from '../helpers/ci-commands.js';
import { MESSAGES, PATHS } from '../helpers/hostile.js';

const jenkins = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync('test/fixtures/report/junit-10.xsd')));

/** Parses with libxml2, which takes XML 1.0 only, and holds the document against both common schemas. */
function parse(xml: string): XmlDocument {
  const document = XmlDocument.fromString(xml);
  jenkins.validate(document);
  assert.equal(againstWindyroad(document), []);
  return document;
}

/** What JUnit.xsd of windyroad/JUnit-Schema asks beyond Jenkins: fixed order and attributes, one outcome a case. */
function againstWindyroad(document: XmlDocument): string[] {
  const all = (path: string) => document.find(path) as XmlElement[];
  const suite = ['package', 'id', 'name', 'timestamp', 'hostname', 'tests', 'failures', 'errors', 'time'];
  return [
    ...all('//testsuite').flatMap((each) => suite.filter((name) => !each.attr(name)?.value)),
    ...all('//testcase').flatMap((each) => ['name', 'classname', 'time'].filter((name) => !each.attr(name)?.value)),
    ...all('//testsuites/@*').map(() => 'testsuites has attributes'),
    ...all('//testcase[count(*) > 1]').map(() => 'more than one outcome'),
    ...all('//testcase/*[not(self::failure or self::error or self::skipped)]').map(({ name }) => name),
    ...all('//testsuite[not(properties[1][not(preceding-sibling::*)])]').map(() => 'properties are not first'),
    ...all('//testcase[following-sibling::properties or preceding-sibling::system-out]').map(
      () => 'cases stand elsewhere',
    ),
    ...all('//testsuite[not(system-out/following-sibling::*[1][self::system-err and position() = last()])]').map(
      () => 'output',
    ),
    ...all('//testsuite').flatMap((each) =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(each.attr('timestamp')!.value) ? [] : ['time'],
    ),
  ];
}

const render = (change: Parameters<typeof report>[0]) => junit(report(change), PLAIN);
const textAt = (document: XmlDocument, path: string) => document.get(path)?.content;

test('the judges of these tests refuse what Jenkins and windyroad refuse', () => {
  const xml = render({});
  assert.throws(() => parse(xml.replace(' tests="1"', '')));
  assert.equal(againstWindyroad(XmlDocument.fromString(xml.replace('<properties/>', ''))), [
    'properties are not first',
  ]);
  assert.throws(() => parse(xml.replace('time="0"/>', 'time="0">\u0000</testcase>')));
});

test('a report, whole', () => {
  const findings = [
    finding({ message: 'A "token" & more', fix: 'Revoke it' }),
    finding({ path: 'b.ts', level: 'warn', message: 'first' }),
    finding({ path: 'c.ts', level: 'warn', message: 'second', line: null, column: null }),
    finding({ state: 'baselined' }),
    finding({ ruleId: 'eol-runtime', state: 'waived' }),
  ];
  const notEvaluated = [undecided(), undecided({ path: null, level: 'warn', reason: 'it ran out of time' })];
  const rules = [
    ruleReport(),
    ruleReport({ id: 'eol-runtime', summary: 'Runtimes get fixes' }),
    ruleReport({ id: 'sbom', summary: 'An SBOM is there', state: 'skipped', reason: 'no file to look at' }),
  ];
  const xml = render({ findings, notEvaluated, rules });
  parse(xml);
  assert.snapshot(
    xml,
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="secrets" package="nonstop-policy" id="0" tests="5" failures="1" errors="1" skipped="1" time="0" timestamp="2026-11-22T00:00:00" hostname="localhost">
    <properties/>
    <testcase classname="nonstop-policy.secrets" name="src/a.ts:3:14 found" time="0">
      <failure type="block" message="A &#34;token&#34; &#38; more">src/a.ts:3:14
A &#34;token&#34; &#38; more
fix: Revoke it
docs: docs/rules/secrets.md#found</failure>
    </testcase>
    <testcase classname="nonstop-policy.secrets" name="b.ts:3:14 found" time="0"/>
    <testcase classname="nonstop-policy.secrets" name="c.ts found" time="0"/>
    <testcase classname="nonstop-policy.secrets" name="big.bin is evaluated" time="0">
      <error type="not-evaluated" message="it has 9 bytes, more than the limit of 8"/>
    </testcase>
    <testcase classname="nonstop-policy.secrets" name="secrets is evaluated" time="0">
      <skipped message="not evaluated: it ran out of time"/>
    </testcase>
    <system-out>b.ts:3:14: first
c.ts: second</system-out>
    <system-err/>
  </testsuite>
  <testsuite name="eol-runtime" package="nonstop-policy" id="1" tests="1" failures="0" errors="0" skipped="0" time="0" timestamp="2026-11-22T00:00:00" hostname="localhost">
    <properties/>
    <testcase classname="nonstop-policy.eol-runtime" name="Runtimes get fixes" time="0"/>
    <system-out/>
    <system-err/>
  </testsuite>
  <testsuite name="sbom" package="nonstop-policy" id="2" tests="1" failures="0" errors="0" skipped="1" time="0" timestamp="2026-11-22T00:00:00" hostname="localhost">
    <properties/>
    <testcase classname="nonstop-policy.sbom" name="An SBOM is there" time="0">
      <skipped message="no file to look at"/>
    </testcase>
    <system-out/>
    <system-err/>
  </testsuite>
</testsuites>
`,
  );
});

test('where nothing blocks nothing is red', () => {
  const findings = [finding({ level: 'warn' })];
  const xml = render({ findings, notEvaluated: [undecided({ level: 'warn' })] });
  assert.equal([parse(xml).find('//failure').length, parse(xml).find('//error').length], [0, 0]);
});

test('every path is read back', () => {
  for (const path of PATHS) {
    const document = parse(render({ findings: [finding({ path })] }));
    assert.is(textAt(document, '//testcase/@name'), `${path}:3:14 found`);
  }
});

test('every message is read back, with escapes for what XML cannot say, and is no command in a log', () => {
  for (const message of MESSAGES) {
    const xml = render({ findings: [finding({ message }), finding({ message, level: 'warn' })] });
    const document = parse(xml);
    const shown = document.get('//failure/@message')!.content;
    assert.equal(
      [textAt(document, '//failure')?.split('\n').slice(1, -1).join('\n'), textAt(document, '//system-out')],
      [shown, `src/a.ts:3:14: ${shown}`],
    );
    assert.equal([commandsIn(xml), shown.length >= message.length], [[], true], message);
  }
  const xml = render({ findings: [finding({ message: 'a\nb ]]> \u001B[31m \uD83D ::x' })] });
  assert.is(parse(xml).get('//failure/@message')?.content, 'a\nb ]]> \\x1b[31m \\ud83d ::x');
});

test.run();
