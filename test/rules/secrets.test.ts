import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/secrets/index.js';
import { check } from '../../src/index.js';
import { MASK } from '../../src/rule/index.js';
import { githubToken, randomText } from '../helpers/generated-secrets.js';
import { ruleTester, runOn } from '../helpers/rule-tester.js';
import { pem } from '../helpers/samples.js';

const token = githubToken(1);
const line = `token = "${token}"\n`;

ruleTester(rule, [
  { name: 'no file', repo: {} },
  { name: 'text without a credential', repo: { 'a.ts': 'export const token = process.env.TOKEN;\n', 'empty.txt': '' } },
  { name: 'a token in a file', repo: { 'a.ts': '', 'src/b.ts': `\n${line}` }, finds: ['found src/b.ts:2'] },
  {
    name: 'several in one file, in the order of the text',
    repo: { 'a.ts': `${line}\n${githubToken(2)} ${githubToken(3)}` },
    finds: ['found a.ts:1', 'found a.ts:3', 'found a.ts:3'],
  },
  { name: 'a token as the name of a file', repo: { [`dump/${token}.txt`]: '' }, finds: [`path dump/${token}.txt`] },
  {
    name: 'a token in the name and in the file',
    repo: { [token]: token, 'z.txt': line },
    finds: [`path ${token}`, `found ${token}:1`, 'found z.txt:1'],
  },
  {
    name: 'a file of just maxBytes is scanned',
    repo: { 'a.txt': token },
    options: { maxBytes: 40 },
    finds: ['found a.txt:1'],
  },
  {
    name: 'a file of one byte more is not evaluated, and no pass',
    repo: { 'a.txt': `${token}\n`, 'b.txt': token },
    options: { maxBytes: 40 },
    finds: ['found b.txt:1'],
    undecided: ['a.txt: it has more than 40 bytes'],
  },
  {
    name: 'a file that cannot be read is not evaluated, and its name is checked all the same',
    repo: { 'a.txt': null, [token]: null },
    finds: [`path ${token}`],
    undecided: ['a.txt: it cannot be read', `${token}: it cannot be read`],
  },
  { name: 'a binary file', repo: { 'a.bin': Buffer.from(`\0\x01${token}\0`) }, finds: ['found a.bin:1'] },
  {
    name: 'a key store',
    repo: { 'a.p12': Buffer.from([0x30, 0x82, 1, 2, 2, 1, 3, 0x30, 0]) },
    finds: ['found a.p12:1'],
  },
]);

const drafts = suite('what a draft of secrets says');

drafts('the kind, the place and the masked form; the kind and the variable are the key', async () => {
  const { drafts: found } = await runOn(rule, { 'a.ts': `\tconst t = "${token}"; // mine\n` });
  assert.equal(found, [
    {
      messageId: 'found',
      path: 'a.ts',
      key: 'github-token t',
      data: { detector: 'github-token', title: 'GitHub token', masked: `ghp_${MASK}` },
      line: 1,
      column: 13,
      endLine: 1,
      endColumn: 53,
      excerpt: { text: `const t = "ghp_${MASK}"; // mine`, start: 11, length: 12 },
    },
  ]);
});

drafts('the key has the name that the secret is the value of, and no secret in the place of one', async () => {
  const other = githubToken(7);
  const keys = async (text: string) => (await runOn(rule, { a: text })).drafts.map(({ key }) => key);
  assert.equal(await keys(`API_KEY=${token}`), ['github-token API_KEY']);
  assert.equal(await keys(`{"api-key": "${token}"}`), ['github-token api-key']);
  assert.equal(await keys(`run --api.key = '${token}'`), ['github-token api.key']);
  assert.equal(await keys(`login(${token})`), ['github-token login']);
  assert.equal(await keys(`just ${token}`), ['github-token ']);
  assert.equal(await keys(`${other}=${token}`), ['github-token ', 'github-token ']);
});

drafts('the excerpt of a long line is cut, and never within a character', async () => {
  const pad = '🔑'.repeat(300);
  const { drafts: found } = await runOn(rule, { 'a.ts': `${pad}x${token}x${pad}`.replace(`x${token}x`, ` ${token} `) });
  const { text, start, length } = found[0]!.excerpt!;
  assert.is(text.slice(start, start + length), `ghp_${MASK}`);
  assert.ok(text.startsWith('…🔑') && text.endsWith('🔑…'));
  assert.ok(text.length < 100 && Buffer.from(text).toString() === text);
});

drafts('a secret that stands on the line once more, where no detector sees it, is masked there too', async () => {
  const { drafts: found } = await runOn(rule, { 'a.ts': `old${token}new = ${token}\n` });
  assert.is(found.length, 1);
  assert.is(found[0]!.excerpt!.text, `…${MASK}new = ghp_${MASK}`);
});

drafts('a copy that the cut would halve shows nothing of itself', async () => {
  const { drafts: found } = await runOn(rule, { 'a.ts': `old${token}new = ${'.'.repeat(20)} ${token}\n` });
  assert.is(found[0]!.excerpt!.text, `…${MASK}new = ${'.'.repeat(20)} ghp_${MASK}`);
});

drafts('nothing behind a private key is shown: it may be more of it', async () => {
  const cut = pem(1).split('\n').slice(0, 3).join('\\n');
  const { drafts: found } = await runOn(rule, { 'a.json': `{"key": "${cut}~${randomText(60, 3)}"}` });
  assert.is(found[0]!.excerpt!.text, `{"key": "${MASK}`);
});

drafts('of two that overlap the one that knows more is reported, and all of both is hidden', async () => {
  const url = `https://${'x'.repeat(3)}:${token}%21@corp.io`;
  const { drafts: found, trace } = await runOn(rule, { 'a.txt': url });
  assert.equal(
    found.map(({ data, excerpt }) => [data?.detector, excerpt?.text]),
    [['github-token', `https://xxx:ghp_${MASK}${MASK}@corp.io`]],
  );
  assert.equal([...trace.secrets].sort(), [token, `${token}%21`]);
});

drafts('each line of a private key is hidden on its own', async () => {
  const key = pem(1);
  const { trace } = await runOn(rule, { 'id.pem': key });
  for (const each of [key, ...key.split('\n').slice(1, -1)]) assert.ok(trace.secrets.has(each));
});

drafts('a token in a path is masked in the result', async () => {
  const result = await check({
    config: { rules: { secrets: 'block' } },
    files: { [`a/${token}/b.txt`]: line },
    asOf: '2025-01-01',
  });
  assert.equal(
    result.findings.map(({ messageId, path, message }) => [messageId, path, message]),
    [
      ['path', `a/${MASK}/b.txt`, `The name of a file holds a GitHub token: ghp_${MASK}`],
      ['found', `a/${MASK}/b.txt`, `GitHub token: ghp_${MASK}`],
    ],
  );
  assert.not.match(JSON.stringify(result), token.slice(4, 12));
});

drafts.run();
