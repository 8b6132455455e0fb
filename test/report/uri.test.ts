import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { displayPath } from '../../src/host/paths.js';
import { uriOf } from '../../src/report/uri.js';

const cases: readonly (readonly [string, string])[] = [
  ['src/a.ts', 'src/a.ts'],
  ['@scope/a+b=(c)!,;.ts', '@scope/a+b=(c)!,;.ts'],
  ['with space.ts', 'with%20space.ts'],
  ['a#b?.ts', 'a%23b%3F.ts'],
  ['100%.md', '100%25.md'],
  ['a%20b', 'a%2520b'],
  [`it's "q".ts`, `it's%20%22q%22.ts`],
  ['new\nline', 'new%0Aline'],
  ['naïve/漢字', 'na%C3%AFve/%E6%BC%A2%E5%AD%97'],
  ['a:b/c:d', 'a%3Ab/c:d'],
  ['back\\slash[1]|^`{}<>', 'back%5Cslash%5B1%5D%7C%5E%60%7B%7D%3C%3E'],
  ['half\uD83D', 'half%EF%BF%BD'],
];

for (const [path, uri] of cases) test(`${JSON.stringify(path)} is ${uri}`, () => assert.equal(uriOf(path), uri));

test('bytes that are not UTF-8 are in the URI what they are in the file name', () => {
  const raw = Buffer.from([0x63, 0xe9, 0xff, 0x2f, 0x25, 0x20, 0xc3, 0xa9]);
  const uri = uriOf(displayPath(raw));
  assert.equal(uri, 'c%E9%FF/%25%20%C3%A9');
  assert.equal(Buffer.from(unescape(uri), 'latin1'), raw);
});

test('percent-encoded UTF-8 in a name is the text of that name', () => {
  assert.equal(uriOf('caf%C3%A9'), 'caf%25C3%25A9');
  assert.equal(uriOf('caf%e9'), 'caf%25e9');
});

test.run();
