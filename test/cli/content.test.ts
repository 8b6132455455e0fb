import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, judged, PASSES, quoted, scenarios, undecidedOn } from '../helpers/scenario.js';

const { test, repo: newRepo, folder } = scenarios('bytes of a file');
const token = githubToken(31);
const secret = `token = ${token}\n`;
const MIB = 1024 * 1024;
const withLimit = (maxBytes: number, level = 'block') => ({ rules: { secrets: { level, maxBytes } } });
const filesOf = ({ result }: { result: { rules: { files: number; bytes: number }[] } }) => [
  result.rules[0]?.files,
  result.rules[0]?.bytes,
];

test('line ends are those of the blob where git converts them', () => {
  const repo = newRepo();
  repo.git('config', 'core.autocrlf', 'true');
  repo.write('a.txt', `one\r\n${secret.replace('\n', '\r\n')}`).git('add', 'a.txt');
  const ran = repo.check(['--staged']);
  assert.equal(judged(ran), blocks('a.txt:2:9'));
  assert.equal(filesOf(ran), [1, `one\n${secret}`.length]);
  repo.commit();
  assert.equal(filesOf(repo.check(['--all', 'a.txt'])), [1, `one\n${secret}`.length]);
  assert.equal(filesOf(repo.check(['a.txt'])), [1, `one\r\n${secret}\r`.length]);
});

test('CRLF, CR and no line end at all give the same positions', () => {
  const repo = newRepo();
  repo.git('config', 'core.autocrlf', 'false');
  repo.write('crlf', `one\r\n\r\n${secret}`).write('last', `one\n\ntoken = ${token}`).write('tab', `\t\t${secret}`);
  repo.git('add', '--all');
  assert.equal(judged(repo.check(['--staged'])), blocks('crlf:3:9', 'last:3:9', 'tab:1:11'));
});

test('of a file in Git LFS the pointer is what is committed, and what is judged', async () => {
  const repo = newRepo();
  repo.git(
    'config',
    'filter.lfs.clean',
    'printf "version https://git-lfs.github.com/spec/v1\\noid sha256:1\\nsize 9\\n"',
  );
  repo.git('config', 'filter.lfs.smudge', `printf ${quoted(token)}`);
  repo.git('config', 'filter.lfs.required', 'true');
  repo.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n').write('a.bin', secret);
  repo.git('add', '--all');
  assert.equal(judged(repo.check(['--staged'])), PASSES);
  assert.equal(judged(await repo.look()), blocks('a.bin:1:9')); // as it stands in the working tree
});

test('no attribute makes git run a program, and none hides a file', async () => {
  const repo = newRepo()
    .write('a.evil', 'clean\n')
    .write('b.evil', `${'x\n'.repeat(50)}`)
    .commit();
  const marker = join(folder(), 'ran');
  const evil = `touch ${quoted(marker)}; echo clean; true`;
  repo.write('.gitattributes', '* diff=evil merge=evil filter=evil\n*.flat -diff -text\n').git('add', '.gitattributes');
  repo.git('commit', '--quiet', '--no-verify', '--message', 'attributes');
  repo.write('a.evil', secret).write('b.flat', secret).git('mv', 'b.evil', 'c.evil');
  repo.git('add', '--all');
  const tree = repo.git('write-tree').trim();
  const commit = repo.git('commit-tree', tree, '-p', 'HEAD', '-m', 'x').trim();
  // git itself runs them when it adds or checks out, so they are set when that is over
  for (const kind of [
    'diff.evil.command',
    'diff.evil.textconv',
    'diff.external',
    'merge.evil.driver',
    'core.fsmonitor',
  ])
    repo.git('config', kind, evil);
  for (const kind of ['clean', 'smudge', 'process']) repo.git('config', `filter.evil.${kind}`, evil);
  repo.write('.git/info/attributes', '* filter=evil diff=evil working-tree-encoding=UTF-16\n');
  const env = { GIT_EXTERNAL_DIFF: evil, GIT_PAGER: evil, GIT_EDITOR: evil, GIT_ASKPASS: evil, GIT_SSH_COMMAND: evil };
  const found = blocks('a.evil:1:9', 'b.flat:1:9');
  assert.equal(judged(repo.check(['--staged'], { env })), found);
  assert.equal(judged(await repo.look([], { env })), found);
  assert.equal(judged(await repo.look(['--range', `HEAD..${commit}`], { env })), found);
  assert.equal(judged(await repo.look(['--range', `HEAD..${commit}`, '--all'], { env })), found);
  assert.not(existsSync(marker));
});

test('UTF-16 of either order, with a mark or without', () => {
  const repo = newRepo();
  const little = Buffer.from(`first\r\n${secret}${'more text\r\n'.repeat(20)}`, 'utf16le');
  const big = Buffer.from(little).swap16();
  repo.write('le-mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])).write('le', little);
  repo.write('be-mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])).write('be', big);
  repo.git('add', '--all');
  const found = blocks('be:2:9', 'be-mark:2:9', 'le:2:9', 'le-mark:2:9');
  assert.equal(judged(repo.check(['--staged'])), found);
});

test('a byte order mark, bytes that are not UTF-8, and bytes that are not text', () => {
  const repo = newRepo();
  repo.write('bom', `\uFEFF${secret}`);
  repo.write('latin1', Buffer.from(`gr\xfc\xdfe ${secret}`, 'latin1'));
  repo.write('binary', Buffer.concat([Buffer.from([0, 1, 2, 255, 10, 32]), Buffer.from(secret), Buffer.from([0])]));
  repo.git('add', '--all');
  assert.equal(judged(repo.check(['--staged'])), blocks('binary:2:10', 'bom:1:9', 'latin1:1:15'));
});

test('an empty file is read, and counts as one', () => {
  const repo = newRepo().write('empty', '');
  repo.git('add', 'empty');
  const ran = repo.check(['--staged']);
  assert.equal([judged(ran), filesOf(ran)], [PASSES, [1, 0]]);
});

test('a file of exactly the limit is read; one byte more is not evaluated', async () => {
  const repo = newRepo({ config: withLimit(1000) });
  const exact = secret + '.'.repeat(1000 - secret.length);
  repo.write('exact', exact).git('add', '--all');
  assert.equal(judged(repo.check(['--staged'])), blocks('exact:1:9'));
  repo.write('exact', `${exact}.`).git('add', '--all');
  assert.equal(judged(await repo.look(['--staged'])), undecidedOn('exact'));
  assert.equal(judged(await repo.look()), undecidedOn('exact'));
});

test('what is too large for the default limit is never a pass in silence', () => {
  const repo = newRepo();
  repo.write('big.bin', Buffer.concat([Buffer.from(secret), Buffer.alloc(60 * MIB, '.')]));
  repo.write('small.txt', secret);
  repo.git('-c', 'core.compression=0', 'add', '--all');
  const ran = repo.check(['--staged']);
  const { exit, found, undecided } = judged(ran);
  assert.equal([exit, found, undecided], [2, ['small.txt:1:9'], ['big.bin']]);
  assert.is(ran.result.verdict, 'error');
  assert.match(
    ran.result.notEvaluated[0].reason,
    `it has ${60 * MIB + secret.length} bytes, more than the limit of ${50 * MIB}`,
  );
  const pretty = repo.run(['check', '--staged', 'big.bin']);
  assert.is(pretty.code, 2);
  assert.match(pretty.stdout, 'Not evaluated: this is not a pass');
  repo.write('nonstop.config.json', JSON.stringify({ rules: { secrets: 'warn' } })).git('add', 'nonstop.config.json');
  for (const quiet of [[], ['--quiet']]) {
    const warned = repo.run(['check', '--staged', 'big.bin', ...quiet]);
    assert.is(warned.code, 0);
    assert.match(warned.stdout, '1 not evaluated');
  }
  const json = repo.check(['--staged', 'big.bin']).result;
  assert.equal([json.verdict, json.counts.notEvaluated], ['warn', 1]);
});

test('two secrets in one line are two findings, and neither is shown', () => {
  const repo = newRepo();
  const other = githubToken(32);
  repo.write('a.txt', `${token} ${other}\n`).git('add', '--all');
  const ran = repo.check(['--staged']);
  assert.equal(judged(ran), blocks('a.txt:1:1', 'a.txt:1:42'));
  const texts = ['pretty', 'compact', 'json'].map((format) =>
    repo.run(['check', '--staged', '--timings', '--format', format]),
  );
  for (const { stdout, stderr } of [ran, ...texts]) {
    assert.not.match(stdout + stderr, token);
    assert.not.match(stdout + stderr, other);
  }
});

test.run();
