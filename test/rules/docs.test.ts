import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DETECTORS } from '../../rules/secrets/detectors/index.js';
import { KEY_STORE } from '../../rules/secrets/detectors/private-key.js';
import { SECRETLINT_KINDS } from '../../rules/secrets/secretlint-kinds.js';
import { KNOWN_RULES } from '../../src/cli/known-rules.js';
import type { OptionSchema } from '../../src/rule/index.js';

const page = (id: string) => readFileSync(`docs/rules/${id}.md`, 'utf8');

/** The text below a heading, up to the next of its level. */
function section(text: string, heading: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

/** The cells of a table's rows, without its head. */
function rows(text: string): string[][] {
  const lines = [...text.matchAll(/^\| (.*) \|$/gm)].map((match) => match[1]!.split(' | ').map((cell) => cell.trim()));
  return lines.slice(2);
}

for (const { meta } of KNOWN_RULES) {
  const text = page(meta.id);

  test(`${meta.id}: the page has the sections of every rule, in their order`, () => {
    const [title, ...headings] = [...text.matchAll(/^##? (.*)$/gm)].map((match) => match[1]);
    assert.is(title, meta.id);
    assert.equal(headings, ['Messages', 'Options', 'From warn to block', 'When to waive', 'Limits']);
  });

  test(`${meta.id}: each message has a heading, and the other way round`, () => {
    const headings = [...section(text, 'Messages').matchAll(/^### (.*)$/gm)].map((match) => match[1]);
    assert.equal(headings.sort(), Object.keys(meta.messages).sort());
  });

  test(`${meta.id}: each option is in the table, with its default and its words`, () => {
    const options = Object.entries(meta.options as OptionSchema).map(([name, { default: value, summary }]) => [
      `\`${name}\``,
      `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``,
      summary,
    ]);
    assert.equal(rows(section(text, 'Options')), options);
    if (options.length === 0) assert.match(section(text, 'Options'), /\nNone\.\n/);
  });
}

test('secrets: the table of detectors is that of the code', () => {
  const kinds = [...DETECTORS, ...Object.values(SECRETLINT_KINDS), KEY_STORE].map(({ id, title }) => [
    `\`${id}\``,
    title,
  ]);
  const expected = [...new Map(kinds.map(([id = '', title = '']) => [id, title]))].sort(([a], [b]) => (a < b ? -1 : 1));
  const [intro = ''] = page('secrets').split(/^## /m);
  assert.equal(rows(intro), expected);
});

test('secrets: a detector has one title, whoever finds it', () => {
  const kinds = [...DETECTORS, ...Object.values(SECRETLINT_KINDS)];
  for (const { id, title } of kinds)
    assert.equal([...new Set(kinds.filter((kind) => kind.id === id).map((kind) => kind.title))], [title]);
});

test.run();
