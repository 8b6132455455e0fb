import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, judged, PASSES, scenarios } from '../helpers/scenario.js';
import { BIN, cleanEnv } from '../helpers/temp-repo.js';

const { test, repo: newRepo } = scenarios('file names');

/** How each is shown in JSON; the same bytes on disk, unless said otherwise. */
const NAMES: readonly (readonly [shown: string, raw?: Buffer])[] = [
  ['new\nline.txt'],
  ['line feed at the end\n'],
  ['carriage\rreturn.txt'],
  ['quote".txt'],
  ["quote'.txt"],
  ['tab\t.txt'],
  ['-dash.txt'],
  ['--staged'],
  [' leading space.txt'],
  ['trailing space.txt '],
  ['.'.repeat(3)],
  [':(glob)x'],
  [':!x'],
  ['[b].js'],
  ['*'],
  ['?'],
  ['{a,b}.txt'],
  ['!x.txt'],
  ['#x.txt'],
  ['$(id)'],
  ['`id`'],
  ['a;b&c|d.txt'],
  ['back\\slash.txt'],
  ['back\\'],
  ['%E9.txt'],
  ['%00'],
  ['caf%E9.txt', Buffer.from('caf\xe9.txt', 'latin1')],
  ['%FF%FE', Buffer.from([0xff, 0xfe])],
  ['sub%C3/a.txt', Buffer.from('sub\xc3/a.txt', 'latin1')],
  ['ä日本😀.txt'],
  ['a\u0301.txt'],
  ['\u202Etxt.exe'],
  ['\u0001\u001B[31mred\u001B[0m.txt'],
  ['\u007F\u0085.txt'],
  ['\uFEFFbom.txt'],
  ['::error::x'],
  ['##[error]x'],
  ['x -> y'],
  ['100644 blob'],
  ['CON'],
  ['constructor'],
  ['__proto__'],
  ['n'.repeat(255)],
  [`${'deep/'.repeat(400)}x.txt`],
];
const seedOf = (at: number) => 3000 + at;

function withAllNames() {
  const repo = newRepo();
  for (const [at, [shown, raw = Buffer.from(shown)]] of NAMES.entries()) {
    const path = Buffer.concat([Buffer.from(`${repo.top}/in/`), raw]);
    mkdirSync(path.subarray(0, path.lastIndexOf(0x2f)), { recursive: true });
    writeFileSync(path, `token = ${githubToken(seedOf(at))}\n`);
  }
  repo.git('add', '--all');
  return repo;
}

const expected = NAMES.map(([shown]) => `in/${shown}:1:9`).sort();
const sorted = ({ exit, found, undecided }: ReturnType<typeof judged>) => ({
  exit,
  found: [...found].sort(),
  undecided,
});
const repo = withAllNames();

test('a file of any name is scanned where it is staged, and named in JSON', () => {
  assert.equal(sorted(judged(repo.check(['--staged']))), blocks(...expected));
});

test('a file of any name is scanned in the whole index, the working tree, a range, and a tree', () => {
  assert.equal(sorted(judged(repo.check(['--staged', '--all']))), blocks(...expected));
  assert.equal(sorted(judged(repo.check())), blocks(...expected));
  const committed = withAllNames().commit();
  assert.equal(sorted(judged(committed.check(['--base', 'HEAD~1']))), blocks(...expected));
  assert.equal(sorted(judged(committed.check(['--all']))), blocks(...expected));
  committed.git('mv', 'in', 'moved');
  const moved = NAMES.map(([shown]) => `moved/${shown}:1:9`).sort();
  assert.equal(sorted(judged(committed.check(['--staged']))), blocks(...moved));
});

test('reports for people hold no control character and no workflow command from a name', () => {
  for (const format of ['pretty', 'compact']) {
    const { stdout, stderr } = repo.run(['check', '--staged', '--format', format]);
    assert.not.match(stdout + stderr, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E\uFEFF]/);
    assert.not.match(stdout + stderr, /^::|##\[/m);
    assert.is(stdout.match(/github-token|GitHub/gi)!.length >= NAMES.length, true);
    for (const at of NAMES.keys()) assert.not.match(stdout, githubToken(seedOf(at)));
  }
});

test('JSON holds no raw control character', () => {
  const { stdout } = repo.run(['check', '--staged', '--format', 'json']);
  assert.not.match(stdout, /[\u0000-\u0009\u000B-\u001F]/);
});

test('a name that holds a secret blocks, and is masked everywhere', () => {
  const token = githubToken(4000);
  for (const name of [`${token}.txt`, `a\n${token}`, `keys/${token}/a.txt`, `\u0001${token}`]) {
    const named = newRepo().write(name, 'clean\n');
    named.git('add', '--all');
    const { code, stdout, stderr } = named.run([
      'check',
      '--staged',
      '--timings',
      '--format',
      'json',
      '--format',
      'pretty',
    ]);
    assert.is(code, 1, name);
    assert.not.match(stdout + stderr, token);
  }
});

test('a secret in a name is masked where the file itself is not evaluated', () => {
  const token = githubToken(4001);
  const named = newRepo({ config: { rules: { secrets: { level: 'block', maxBytes: 10 } } } });
  named.write(`${token}.txt`, 'more than ten bytes\n').git('add', '--all');
  const { code, stdout, stderr } = named.run([
    'check',
    '--staged',
    '--format',
    'json',
    '--format',
    'compact',
    '--format',
    'pretty',
  ]);
  assert.is(code, 2);
  assert.not.match(stdout + stderr, token);
});

test('a secret that is named in a wrong call is masked', async () => {
  const token = githubToken(4002);
  for (const args of [
    [token],
    ['--config', `${token}.json`],
    ['--base', token],
    [`--${token}`],
    ['--range', `a\u0001${token}..b`],
  ]) {
    const { code, stdout, stderr } = await repo.call(['check', ...args]);
    assert.is(code, 2, args.join(' '));
    assert.not.match(stdout + stderr, token, args.join(' '));
  }
});

test('a module holds files whose names have a newline', () => {
  const rules = { secrets: 'block' };
  const globs = ['services/**', '**/*.ts', 'services/*/*', 'services/a?b/*'];
  for (const glob of globs) {
    const named = newRepo({ config: { modules: [{ name: 'm', files: [glob], rules }] } });
    named.write('services/a\nb/c\nd.ts', `token = ${githubToken(4003)}\n`).git('add', '--all');
    assert.equal(judged(named.check(['--staged'])), blocks('services/a\nb/c\nd.ts:1:9'), glob);
  }
});

test('an ignored folder stays ignored for names with a newline', () => {
  const named = newRepo({ config: { rules: { secrets: 'block' }, ignore: ['vendor/**'] } });
  named.write('vendor/a\nb', `token = ${githubToken(4004)}\n`).git('add', '--all');
  assert.equal(judged(named.check(['--staged'])), PASSES);
});

test('PATH names a file of any name', () => {
  const odd = NAMES.filter(([shown, raw]) => raw === undefined && shown.length < 100).map(([shown]) => shown);
  const { code, stdout } = repo.run(['check', '--staged', '--format', 'json', '--', ...odd], { cwd: repo.path('in') });
  const found = odd.map((shown) => `in/${shown}:1:9`).sort();
  assert.equal(sorted(judged({ code, result: JSON.parse(stdout) })), blocks(...found));
});

test('PATH names a file that is not UTF-8, whose bytes do not reach us as they are', () => {
  const line = (name: string) => `"$0" "$1" check --staged --format json -- "$(printf '${name}')"`;
  for (const [name, shown] of [
    ['in/caf\\351.txt', 'in/caf%E9.txt'],
    ['in/sub\\303/a.txt', 'in/sub%C3/a.txt'],
    ['in/sub\\303', 'in/sub%C3/a.txt'],
  ] as const) {
    assert.equal(judged(shell(line(name))), blocks(`${shown}:1:9`));
  }
});

function shell(line: string) {
  const options = { cwd: repo.top, env: cleanEnv(), encoding: 'utf8', stdio: 'pipe' } as const;
  try {
    return { code: 0, result: JSON.parse(execFileSync('sh', ['-c', line, process.execPath, BIN], options)) };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { code: status, result: JSON.parse(stdout) };
  }
}

test('a repository in a folder of an odd name', async () => {
  for (const name of [
    'new\nline',
    'end\n',
    ' space ',
    "quo'te",
    '$(id)',
    'ä',
    'back\\slash',
    '-dash',
    ':(top)',
    'a..b',
  ]) {
    const outer = newRepo({ config: null });
    const top = join(outer.top, name);
    mkdirSync(top);
    for (const entry of readdirSync(outer.top))
      if (entry === '.git') rmSync(join(outer.top, entry), { recursive: true });
    execFileSync('git', ['init', '--quiet', top], { env: cleanEnv() });
    writeFileSync(join(top, 'nonstop.config.json'), '{"rules":{"secrets":"block"}}');
    mkdirSync(join(top, 'sub'));
    writeFileSync(join(top, 'sub/a.txt'), `token = ${githubToken(4005)}\n`);
    execFileSync('git', ['add', '--all'], { cwd: top, env: cleanEnv() });
    const args = ['check', '--staged', join(top, 'sub/a.txt'), '--format', 'json'];
    const { code, stdout } = await outer.call(args, { cwd: join(top, 'sub') });
    assert.equal(judged({ code, result: JSON.parse(stdout) }), blocks('sub/a.txt:1:9'), name);
  }
});

test.run();
