import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler'; // comes with core
import { rules as PRESET, creator as preset } from '@secretlint/secretlint-rule-preset-recommend';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scan } from '../../rules/secrets/api.js';
import { suspect } from '../../rules/secrets/prefilter.js';
import { runSecretlint } from '../../rules/secrets/secretlint.js';
import { SECRETLINT_KINDS } from '../../rules/secrets/secretlint-kinds.js';
import { SECRETLINT_TRIGGERS } from '../../rules/secrets/secretlint-triggers.js';
import { BASE64, randomText } from '../helpers/generated-secrets.js';
import { SAMPLES } from '../helpers/samples.js';

secretLintProfiler.mark = () => {}; // its time grows with the square of the marks

/** Off by default in the preset, of the binary form of a key (which `isKeyStore` knows), or of the filter of comments. */
const NOT_OF_TEXT = ['AWSAccountID', 'AWSAccessKeyID', 'PrivateKeyP12', 'IGNORE_MESSAGE'];
const FROM_SECRETLINT = SAMPLES.filter(({ secretlint }) => secretlint.length > 0);

/** What secretlint itself reports. */
async function oracle(content: string, path: string) {
  const { messages } = await lintSource({
    source: { content, filePath: path, ext: /\.[^./]*$/.exec(path)?.[0] ?? '', contentType: 'text' },
    options: { noPhysicFilePath: true, config: { rules: [{ id: 'preset', rule: preset }] } },
  });
  return messages;
}

/** UTF-8 without a byte order mark, which would not be part of the text. */
const bytesOf = (text: string) => Buffer.from(text.replace(/^\ufeff/, ''));

test('each message of the preset has a kind and a sample', () => {
  const ids = PRESET.flatMap(({ messages }) => Object.keys(messages)).filter((id) => !NOT_OF_TEXT.includes(id));
  assert.ok(ids.length > 30);
  assert.equal(Object.keys(SECRETLINT_KINDS).sort(), ids.sort());
  assert.equal([...new Set(SAMPLES.flatMap(({ secretlint }) => secretlint))].sort(), ids);
});

for (const kind of FROM_SECRETLINT) {
  test(`secretlint reports ${kind.name}, and so do we, at the same place`, async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { before, secret, after } = kind.make(seed);
      const content = kind.secretlint.includes('PrivateKeyJSON')
        ? before + secret + after
        : `\n${before}${secret}${after}\n`;
      const messages = await oracle(content, kind.path);
      assert.equal([...new Set(messages.map(({ messageId }) => messageId))].sort(), [...kind.secretlint].sort());
      const [ours, ...more] = scan(Buffer.from(content), { path: kind.path });
      assert.equal(more, []);
      const lines = content.split('\n');
      const start = lines.slice(0, ours!.line - 1).join('\n').length + (ours!.line > 1 ? 1 : 0) + ours!.column - 1;
      assert.is(start, content.indexOf(secret));
      for (const { range, data } of messages) {
        const value = Object.values((data ?? {}) as Record<string, string>)[0] ?? '';
        const at = content.indexOf(value, range[0]);
        const covered = at === -1 ? content.slice(...range) : content.slice(at, at + value.length);
        assert.ok(
          covered.includes(secret) || secret.includes(covered),
          'what it reports is our secret, or has it in it',
        );
      }
    }
  });

  test(`${kind.name} is a suspicion, for the scanners that find it`, async () => {
    const { before, secret, after } = kind.make(3);
    const text = `${before}${secret}${after}`;
    assert.equal(scannersLeftOut(await oracle(text, kind.path), text, kind.path), []);
  });
}

/** The scanners that report something, and that the prefilter would not run. */
function scannersLeftOut(messages: readonly { readonly ruleId: string }[], content: string, path: string): string[] {
  const wanted = suspect(bytesOf(content), path)?.scanners ?? new Set();
  const reporting = messages.map(({ ruleId }) => ruleId.replace('@secretlint/secretlint-rule-', ''));
  return reporting.filter((scanner) => !wanted.has(scanner));
}

test('each trigger is that of a sample', () => {
  const texts = FROM_SECRETLINT.map(({ make }) => make(1)).map(({ before, secret, after }) => before + secret + after);
  for (const { keywords, confirm = /(?:)/ } of SECRETLINT_TRIGGERS) {
    for (const keyword of keywords) {
      const isAbout = (text: string) => text.toLowerCase().includes(keyword) && confirm.test(text);
      assert.ok(texts.some(isAbout), keyword);
    }
  }
});

test('a space beyond ASCII before the sign of assignment', async () => {
  for (const space of ['\u00a0', '\u3000', ' \ufeff']) {
    const content = `secretAccessKey${space}= ${randomText(39, 1, BASE64)}a\n`;
    assert.is((await oracle(content, 'a.txt')).length, 1);
    assert.is(scan(Buffer.from(content)).length, 1, JSON.stringify(space));
  }
});

test('whatever the preset reports is a suspicion', async () => {
  const edits = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.integer({ min: 0, max: 2 }),
      insert: fc.oneof(
        fc.constantFrom(
          '',
          ' ',
          '\u00a0',
          '\u3000',
          '\t',
          '\n',
          '"',
          "'",
          'à',
          '密',
          '🔑',
          '\ufeff',
          '=',
          ':',
          '@',
          '_',
        ),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
    }),
    { maxLength: 3 },
  );
  const text = fc
    .tuple(fc.constantFrom(...FROM_SECRETLINT), fc.integer({ min: 1, max: 1000 }), edits, fc.string({ unit: 'binary' }))
    .map(([kind, seed, changes, around]) => {
      const { before, secret, after } = kind.make(seed);
      let content = `${before}${secret}${after}`;
      for (const { at, remove, insert } of changes) {
        const place = Math.floor(at * content.length);
        content = content.slice(0, place) + insert + content.slice(place + remove);
      }
      const isJson = kind.secretlint.includes('PrivateKeyJSON');
      return { path: kind.path, content: Buffer.from(isJson ? content : around + content + around).toString() };
    });
  let reported = 0;
  await fc.assert(
    fc.asyncProperty(text, async ({ path, content }) => {
      const messages = await oracle(content, path);
      if (messages.length === 0) return;
      reported++;
      assert.equal(scannersLeftOut(messages, content, path), []);
    }),
    { numRuns: 600, seed: 1 },
  );
  assert.ok(reported > 200, `${reported} of the texts have something in them`);
});

test('no file is read from the disk, whatever it is called', async () => {
  const read = fs.readFileSync;
  const paths: unknown[] = [];
  fs.readFileSync = ((path: never, options: never) => {
    paths.push(path);
    return read(path, options);
  }) as typeof read;
  syncBuiltinESMExports();
  try {
    runSecretlint('', 'store.p12', new Set(['gcp']));
    await setTimeout(20); // secretlint would load `fs` first
  } finally {
    fs.readFileSync = read;
    syncBuiltinESMExports();
  }
  assert.not(paths.includes('store.p12'));
});

test('its data may hold the name of the file, which is no place in it', () => {
  const gcp = FROM_SECRETLINT.find(({ secretlint }) => secretlint.includes('PrivateKeyJSON'))!;
  const { before, secret, after } = gcp.make(1);
  const content = `${before.replace('{', '{"file": "account.json", ')}${secret}${after}`;
  const [found] = scan(Buffer.from(content), { path: 'config/account.json' });
  assert.equal([found?.detector, found?.column], ['gcp-service-account-key', content.indexOf(secret) + 1]);
});

test.run();
