import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scan } from '../../rules/secrets/api.js';
import { BASE64, randomText } from '../helpers/generated-secrets.js';
import { pem } from '../helpers/samples.js';

/** `line:column-endLine:endColumn` of each private key. */
const keysIn = (text: string | Uint8Array, path = 'a.txt') =>
  scan(typeof text === 'string' ? Buffer.from(text) : text, { path }).map(
    ({ detector, line, column, endLine, endColumn }) =>
      `${detector === 'private-key' ? '' : `${detector} `}${line}:${column}-${endLine}:${endColumn}`,
  );
const lines = pem(1).split('\n');
const [HEADER = '', FOOTER = ''] = [lines[0], lines.at(-1)];
const [BEGIN, END, PRIVATE] = ['-----BEGIN', '-----END', 'PRIVATE'];

test('a whole key ends behind its footer', () => {
  assert.equal(keysIn(`${pem(1)}\n`), ['1:1-8:30']);
  assert.equal(keysIn(`a\n${pem(1)}`), ['2:1-9:30']);
  assert.equal(keysIn(pem(1, { end: '\r\n' })), ['1:1-8:30']);
  assert.equal(keysIn(pem(1, { label: 'ENCRYPTED ' })), ['1:1-8:36']);
  assert.equal(keysIn(pem(1, { label: '', lines: 1 })), ['1:1-3:26'], 'the shortest, of Ed25519');
});

test('several keys are several findings', () => {
  assert.equal(keysIn(`${pem(1)}\n${pem(2)}\n\n${pem(3, { label: 'EC ' })}`), ['1:1-8:30', '9:1-16:30', '18:1-25:29']);
});

test('a key with fields, encrypted as OpenSSL and PuTTY export it', () => {
  const [header, ...rest] = lines;
  const fields = ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF', ''];
  assert.equal(keysIn([header, ...fields, ...rest].join('\n')), ['1:1-11:30']);
  const ssh2 = [`---- BEGIN SSH2 ENCRYPTED ${PRIVATE} KEY ----`, 'Comment: "2048-bit rsa"', ...lines.slice(1, -1)];
  assert.equal(keysIn([...ssh2, `---- END SSH2 ENCRYPTED ${PRIVATE} KEY ----`].join('\n')), ['1:1-9:41']);
});

test('the own format of PuTTY, of which only the private lines are secret', () => {
  const ppk = [
    'PuTTY-User-Key-File-3: ssh-ed25519',
    'Encryption: none',
    'Comment: me',
    'Public-Lines: 2',
    'AAAAC3Nz',
    'AAAA',
  ];
  const body = [randomText(64, 1, BASE64), `${randomText(42, 2, BASE64)}==`];
  const file = (lineEnd: string) => [...ppk, 'Private-Lines: 2', ...body, 'Private-MAC: 0a1b', ''].join(lineEnd);
  assert.equal(keysIn(file('\n')), ['8:1-9:45']);
  assert.equal(keysIn(file('\r\n')), ['8:1-9:45']);
  assert.equal(keysIn('Private-Lines: 2\nfour short words\n'), []);
});

test('PGP armour with its checksum', () => {
  const block = (end: string) => `${end} PGP ${PRIVATE} KEY BLOCK-----`;
  const armour = [block(BEGIN), 'Version: GnuPG v2', '', ...lines.slice(1, -1), '=aB3d', block(END)];
  assert.equal(keysIn(armour.join('\n')), ['1:1-11:36']);
});

test('a key that lacks its end goes as far as its lines of base 64', () => {
  assert.equal(keysIn(lines.slice(0, -1).join('\n')), ['1:1-7:43']);
  assert.equal(keysIn([...lines.slice(0, 3), 'next: value', ''].join('\n')), ['1:1-3:65']);
  assert.equal(keysIn(lines.slice(0, 2).join('\n')), ['1:1-2:65']);
});

test('a key that lacks its beginning starts at its first whole line', () => {
  assert.equal(keysIn(lines.slice(2).join('\n')), ['1:1-6:30']);
  assert.equal(keysIn(['a: b', ...lines.slice(4), ''].join('\n')), ['2:1-5:30']);
  assert.equal(
    keysIn(
      `@@ -1,9 +1,4 @@\n${lines
        .slice(4)
        .map((line) => `+${line}`)
        .join('\n')}`,
    ),
    ['2:2-5:31'],
  );
});

test('one half, then another key whole', () => {
  const half = lines.slice(0, 3).join('\n');
  assert.equal(keysIn(`${half}\n${pem(2, { lines: 1 })}`), ['1:1-3:65', '4:1-6:30']);
});

test('in a patch', () => {
  const patch = ['@@ -0,0 +1,8 @@', ...lines.map((line) => `+${line}`), '+'].join('\n');
  assert.equal(keysIn(patch), ['2:2-9:31']);
  const removed = ['@@ -1,8 +0,0 @@', ...lines.map((line) => `-${line}`), '-'].join('\n');
  assert.equal(keysIn(removed), ['2:2-9:31'], 'the file holds what it takes away');
});

test('indented in YAML', () => {
  assert.equal(keysIn(`key: |\n${lines.map((line) => `    ${line}`).join('\n')}\nother: 1\n`), ['2:5-9:34']);
});

test('escaped, once or twice, on one line', () => {
  for (const end of ['\\n', '\\r\\n', '\\\\n', '%0A', '%0D%0A', '&#10;', '&#xA;', '<br>', '<br/>', '\\u000a', ' ']) {
    const key = pem(1, { end });
    assert.equal(keysIn(`{"a": "${key}${end}"}`), [`1:8-1:${8 + key.length}`], end);
  }
});

test('as strings that are joined', () => {
  for (const [before, after] of [
    ['"', '\\n" +'],
    ["  '", "\\n',"],
    ['  "', '\\n"'],
    ['# ', ''],
    [' * ', ''],
    ['| ', ' |'],
    ['> ', ''],
  ]) {
    const text = lines.map((line) => `${before}${line}${after}`).join('\n');
    const column = 1 + before!.length;
    assert.equal(keysIn(`x\n${text}\n`), [`2:${column}-9:${column + FOOTER.length}`], `${before}…${after}`);
  }
});

test('a header in prose, an empty key and a made-up one are none', () => {
  for (const text of [
    `A key begins with ${HEADER} and ends with ${FOOTER}.`,
    `if (!text.includes('${HEADER}')) throw new Error('not a key');`,
    `${HEADER}\n${FOOTER}`,
    `${HEADER}\n...\n${FOOTER}`,
    `${HEADER}\n<your key>\n${FOOTER}`,
    `${HEADER}\n{{ private_key }}\n${FOOTER}`,
    `${HEADER}\nMIIEpAIBAAKCAQEA...\n${FOOTER}`,
    `${HEADER}\n${'x'.repeat(64)}\n${'x'.repeat(64)}\n${FOOTER}`,
    `${HEADER}\n${'*'.repeat(64)}\n${FOOTER}`,
    `${HEADER}\n${randomText(38, 1, BASE64)}\n${FOOTER}`,
    `${HEADER} /usr/share/documentation/private/keys`,
    `${pem(1).replaceAll(PRIVATE, 'PUBLIC')}\n`,
    `${pem(1).replaceAll(`RSA ${PRIVATE} KEY`, 'CERTIFICATE')}\n`,
  ]) {
    assert.equal(keysIn(text), [], text);
  }
});

test('a certificate before its key is not part of it', () => {
  const certificate = pem(5).replaceAll(`RSA ${PRIVATE} KEY`, 'CERTIFICATE');
  assert.equal(keysIn(`${certificate}\n${pem(1)}`), ['9:1-16:30']);
});

test('a PKCS#12 store, by its name and its first bytes', () => {
  const store = (...length: number[]) =>
    Buffer.from([0x30, ...length, 0x02, 0x01, 0x03, 0x30, 0x82, 0x09, 0x10, 0, 1, 2]);
  for (const length of [[0x82, 0x0a, 0x10], [0x80], [0x83, 1, 0, 0], [0x81, 0xf0]]) {
    assert.equal(keysIn(store(...length), 'etc/store.p12'), ['pkcs12-key-store 1:1-1:1']);
    assert.equal(keysIn(store(...length), 'store.PFX'), ['pkcs12-key-store 1:1-1:1']);
  }
  assert.equal(keysIn(store(0x82, 1, 1), 'store.bin'), []);
  assert.equal(keysIn(Buffer.from('not a store'), 'store.p12'), []);
});

test('a text with a key that is named like a store is read from its bytes alone', () => {
  assert.equal(keysIn(`${pem(1)}\n`, 'package.p12'), ['1:1-8:30']);
});

test.run();
