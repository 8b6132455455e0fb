import { rmSync, symlinkSync as symlink, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, errorOf, judged, PASSES, refused, scenarios } from '../helpers/scenario.js';

const { test, repo: newRepo, emptyRepo, folder } = scenarios('where the policy is read');
const secret = `token = ${githubToken(81)}\n`;
const STRONG = '{ "rules": { "secrets": "block" } }';
const WEAK = '{ "rules": { "secrets": "off" } }';

/** A secret is staged; the policy that blocks it is committed as `name`. */
function withPolicy(name: string, text: string) {
  const repo = newRepo({ config: null }).write(name, text).commit().write('a.txt', secret);
  repo.git('add', 'a.txt');
  return repo;
}

test('an edit that is not staged weakens no check of what is staged', async () => {
  const repo = withPolicy('nonstop.config.json', STRONG);
  repo.write('nonstop.config.json', WEAK);
  assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:1:9'));
  assert.equal(judged(await repo.look(['--staged', '--config', 'nonstop.config.json'])), blocks('a.txt:1:9'));
  assert.equal(
    judged(await repo.look(['--staged', '--config', repo.path('nonstop.config.json')])),
    blocks('a.txt:1:9'),
  );
  assert.equal(judged(await repo.look([])), PASSES); // the working tree is judged by what stands there
});

test('an edit that is staged holds, and one that is not does not strengthen either', async () => {
  const repo = withPolicy('nonstop.config.json', WEAK);
  repo.write('nonstop.config.json', STRONG);
  assert.equal(judged(repo.check(['--staged'])), PASSES);
  repo.git('add', '--all');
  assert.equal(judged(await repo.look(['--staged'])), blocks('a.txt:1:9'));
});

test('commit FILE is judged by the policy that is committed, not by the one that is staged beside', () => {
  const repo = withPolicy('nonstop.config.json', STRONG).hook();
  repo.git('commit', '--quiet', '--no-verify', '--message', 'x');
  repo.write('nonstop.config.json', WEAK).git('add', 'nonstop.config.json');
  repo.write('a.txt', `\n${secret}`);
  assert.equal(repo.judge(['commit', '--quiet', '--message', 'x', 'a.txt']).judged, blocks('a.txt:2:9'));
});

test('a policy that is left on disk, but staged for removal, is an error', () => {
  const repo = withPolicy('nonstop.config.json', STRONG);
  repo.git('rm', '--quiet', '--cached', 'nonstop.config.json');
  repo.write('nonstop.config.json', WEAK);
  for (const args of [['--staged'], ['--staged', '--all'], ['--staged', '--config', 'nonstop.config.json']]) {
    const ran = repo.run(['check', ...args]);
    assert.equal(errorOf(ran), refused('CONFIG_MISSING'), args.join(' '));
    assert.match(ran.stderr, 'This change removes the policy');
  }
});

test('a policy that is renamed away is removed; one that is renamed to another known name holds', async () => {
  const repo = withPolicy('nonstop.config.json', STRONG);
  repo.git('mv', 'nonstop.config.json', 'old.json');
  assert.equal(errorOf(await repo.call(['check', '--staged'])), refused('CONFIG_MISSING'));
  repo.git('mv', 'old.json', '.nonstoprc.json');
  assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:1:9'));
});

test('a range that removes the policy is an error; one that changes it is judged by what it brings', async () => {
  const repo = withPolicy('nonstop.config.json', STRONG).commit();
  repo.git('rm', '--quiet', 'nonstop.config.json');
  repo.commit();
  for (const args of [
    ['--base', 'HEAD~1'],
    ['--base', 'HEAD~1', '--all'],
    ['--base', 'HEAD~1', '--config', 'nonstop.config.json'],
  ]) {
    repo.write('nonstop.config.json', WEAK); // untracked
    assert.equal(errorOf(await repo.call(['check', ...args])), refused('CONFIG_MISSING'), args.join(' '));
  }
  const weakened = withPolicy('nonstop.config.json', STRONG).write('nonstop.config.json', WEAK).commit();
  weakened.write('nonstop.config.json', STRONG);
  assert.equal(judged(weakened.check(['--base', 'HEAD~1'])), PASSES);
});

test('a policy that was never committed nor staged is read from the working tree, with a note', () => {
  const repo = emptyRepo().write('a.txt', secret);
  repo.git('add', 'a.txt');
  const ran = repo.check(['--staged']);
  assert.equal(judged(ran), blocks('a.txt:1:9'));
  assert.match(
    ran.stderr,
    'note: The policy is read from the working tree, since nonstop.config.json was never committed',
  );
});

test('commits without a policy are judged by none that only stands on disk', async () => {
  const repo = newRepo({ config: null }).write('a.txt', secret).commit().write('nonstop.config.json', WEAK);
  for (const args of [['--all'], ['--base', 'HEAD']]) {
    assert.equal(errorOf(await repo.call(['check', ...args])), refused('CONFIG_MISSING'), args.join(' '));
    const ran = repo.check([...args, '--config', 'nonstop.config.json']);
    assert.match(
      ran.stderr,
      'note: The policy is read from the working tree, since nonstop.config.json is not tracked',
    );
  }
});

test('no policy at all is an error', async () => {
  const repo = newRepo({ config: null }).write('a.txt', secret).commit();
  for (const args of [[], ['--staged'], ['--all'], ['--base', 'HEAD']]) {
    assert.equal(errorOf(await repo.call(['check', ...args])), refused('CONFIG_MISSING'), args.join(' '));
  }
});

test('two policies are an error, wherever they stand', async () => {
  const repo = withPolicy('nonstop.config.json', STRONG);
  repo.write('.nonstoprc', WEAK);
  assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:1:9')); // that one is not staged
  assert.equal(errorOf(await repo.call(['check'])), refused('CONFIG_AMBIGUOUS'));
  repo.git('add', '.nonstoprc');
  const ran = repo.run(['check', '--staged']);
  assert.equal(errorOf(ran), refused('CONFIG_AMBIGUOUS'));
  assert.match(ran.stderr, 'nonstop.config.json, .nonstoprc');
  assert.equal(judged(await repo.look(['--staged', '--config', '.nonstoprc'])), PASSES);
});

test('each name that cosmiconfig would find', async () => {
  const yaml = '# the policy\nrules:\n  secrets: block\n';
  const forms: Record<string, string> = {
    '.nonstoprc': yaml,
    '.nonstoprc.json': STRONG,
    '.nonstoprc.yaml': yaml,
    'nonstop.config.yaml': yaml,
    'nonstop.config.yml': yaml,
    '.config/nonstoprc.json': STRONG,
    '.config/nonstoprc': STRONG,
    'package.json': `{ "name": "x", "nonstop": ${STRONG} }`,
    'package.yaml': 'name: x\n"nonstop":\n  rules: { secrets: block }\n',
  };
  for (const [name, text] of Object.entries(forms)) {
    const repo = withPolicy(name, text);
    assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:1:9'), name);
  }
  const json = withPolicy('.nonstoprc', STRONG);
  assert.equal(judged(await json.look(['--staged'])), blocks('a.txt:1:9'));
  assert.equal(judged(await json.look([])), blocks('a.txt:1:9'));
});

test('a package file that has no policy in it is no policy', () => {
  const others = {
    'package.json': '\uFEFF{ "name": "nonstop", "keywords": ["nonstop"] }',
    'package.yaml': 'name: nonstop\n',
  };
  for (const [name, text] of Object.entries(others)) {
    const repo = withPolicy('nonstop.config.json', STRONG).write(name, text);
    repo.git('add', '--all');
    assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:1:9'), name);
  }
});

test('a config below the top of the repository is none', () => {
  const repo = withPolicy('nonstop.config.json', STRONG)
    .write('sub/nonstop.config.json', WEAK)
    .write('sub/a.txt', secret);
  repo.git('add', '--all');
  assert.equal(judged(repo.check(['--staged'], { cwd: repo.path('sub') })), blocks('a.txt:1:9', 'sub/a.txt:1:9'));
});

test('a folder with the name of a config is none', () => {
  const repo = newRepo({ config: null }).write('nonstop.config.json/x', 'x').write('.nonstoprc.json', STRONG).commit();
  repo.write('a.txt', secret).git('add', 'a.txt');
  for (const args of [['--staged'], []]) assert.equal(judged(repo.check(args)), blocks('a.txt:1:9'));
});

test('--config: a file outside, one below, one that is not tracked, one that is not there', async () => {
  const repo = withPolicy('nonstop.config.json', STRONG);
  const outside = join(folder(), 'weak.json');
  writeFileSync(outside, WEAK);
  assert.equal(judged(repo.check(['--staged', '--config', outside])), PASSES);
  repo.write('sub/weak.json', WEAK);
  const untracked = repo.check(['--staged', '--config', 'weak.json'], { cwd: repo.path('sub') });
  assert.equal(judged(untracked), PASSES);
  assert.match(untracked.stderr, 'note: The policy is read from the working tree, since sub/weak.json is not tracked');
  repo.git('add', '--all');
  repo.write('sub/weak.json', STRONG);
  assert.equal(judged(await repo.look(['--staged', '--config', 'sub/weak.json'])), PASSES);
  for (const name of ['none.json', '', '.', '..', 'sub', '../none.json', 'a\nb.json']) {
    const { exit, errors } = errorOf(await repo.call(['check', '--staged', '--config', name]));
    assert.equal([exit, errors], [2, 1], JSON.stringify(name));
  }
});

test('--config through a link into the repository is the staged file, not the one on disk', () => {
  const repo = withPolicy('nonstop.config.json', STRONG);
  repo.write('nonstop.config.json', WEAK);
  const place = folder();
  const link = join(place, 'link');
  const file = join(place, 'policy.json');
  symlink(repo.top, link);
  symlink(repo.path('nonstop.config.json'), file);
  for (const config of [join(link, 'nonstop.config.json'), file]) {
    assert.equal(judged(repo.check(['--staged', '--config', config])), blocks('a.txt:1:9'), config);
  }
});

test('a preset of the repository is read in the same snapshot as the policy', async () => {
  const config = { extends: ['./policy/base.json'] };
  const floor = { floors: [{ rule: 'secrets', files: ['**'], level: 'block' }] };
  const repo = newRepo({ config: null }).write('nonstop.config.json', JSON.stringify(config));
  repo.write('policy/base.json', JSON.stringify(floor)).commit().write('a.txt', secret).git('add', 'a.txt');
  repo.write('policy/base.json', '{}');
  assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:1:9'));
  assert.is(repo.check([]).code, 0);
  rmSync(repo.path('policy'), { recursive: true });
  const outside = folder();
  writeFileSync(join(outside, 'base.json'), '{}');
  symlink(outside, repo.path('policy'));
  assert.equal(judged(await repo.look(['--staged'])), blocks('a.txt:1:9'));
  assert.equal(errorOf(await repo.call(['check'])), refused('CONFIG_INVALID'));
});

const PROGRAM = "export default { rules: { secrets: 'block' } };\n";
const WEAK_PROGRAM = "export default { rules: { secrets: 'off' } };\n";
const allow = '--allow-js-config';

test('a config that is a program does not run unless it is allowed', () => {
  const program = `import { writeFileSync } from 'node:fs';\nwriteFileSync('ran', '');\n${PROGRAM}`;
  for (const name of ['nonstop.config.js', 'nonstop.config.cjs', 'nonstop.config.ts', '.nonstoprc.mjs']) {
    assert.equal(errorOf(withPolicy(name, program).run(['check'])), refused('CONFIG_UNTRUSTED'), name);
  }
  const repo = withPolicy('nonstop.config.mjs', program);
  for (const args of [
    [],
    ['--staged'],
    ['--all', allow],
    ['--base', 'HEAD', allow],
    ['--base', 'HEAD', '--all', allow],
  ]) {
    assert.equal(errorOf(repo.run(['check', ...args])), refused('CONFIG_UNTRUSTED'), args.join(' '));
  }
  assert.not(repo.git('status', '--porcelain').includes('ran'));
});

test('where it is allowed, a program runs for the working tree', async () => {
  const repo = withPolicy('nonstop.config.mjs', WEAK_PROGRAM).write('nonstop.config.mjs', PROGRAM);
  assert.equal(judged(repo.check([allow])), blocks('a.txt:1:9'));
  assert.equal(judged(await repo.look([], { env: { NONSTOP_ALLOW_JS_CONFIG: '1' } })), blocks('a.txt:1:9'));
  const common = withPolicy('nonstop.config.cjs', "module.exports = { rules: { secrets: 'block' } };\n");
  assert.equal(judged(await common.look([allow])), blocks('a.txt:1:9'));
});

test('a program in TypeScript runs where Node.js can run it, and is an error where it cannot', () => {
  const repo = withPolicy(
    'nonstop.config.ts',
    `const rules: object = { secrets: 'block' };\nexport default { rules };\n`,
  );
  const ran = repo.run(['check', allow]);
  if ('typescript' in process.features) assert.is(ran.code, 1);
  else {
    assert.equal(errorOf(ran), refused('CONFIG_INVALID'));
    assert.match(ran.stderr, 'Node.js 22.18 or later, or jiti');
  }
});

test('for what is staged a program runs only when it is the staged one that stands on disk', () => {
  const repo = withPolicy('nonstop.config.mjs', PROGRAM);
  assert.equal(judged(repo.check(['--staged', allow])), blocks('a.txt:1:9'));
  repo.write('nonstop.config.mjs', WEAK_PROGRAM);
  const ran = repo.run(['check', '--staged', allow]);
  assert.equal(errorOf(ran), refused('CONFIG_UNTRUSTED'));
  assert.match(ran.stderr, 'git add nonstop.config.mjs');
  rmSync(repo.path('nonstop.config.mjs'));
  assert.equal(errorOf(repo.run(['check', '--staged', allow])), refused('CONFIG_UNTRUSTED'));
  symlink('/dev/null', repo.path('nonstop.config.mjs'));
  assert.equal(errorOf(repo.run(['check', '--staged', allow])), refused('CONFIG_UNTRUSTED'));
});

test('a program that fails, ends the process, or gives no config is an error', async () => {
  const programs = {
    "throw new Error('no');": 'CONFIG_INVALID',
    'export default 7;': 'CONFIG_INVALID',
    'export default undefined;': 'CONFIG_INVALID',
    'export const x = 1;': 'CONFIG_INVALID',
    'this is no program': 'CONFIG_INVALID',
    'export default { rules: { secrets: "blok" } };': 'CONFIG_INVALID',
    'export default { plugins: [7] };': 'CONFIG_INVALID',
  };
  for (const [text, code] of Object.entries(programs)) {
    const repo = withPolicy('nonstop.config.mjs', text);
    assert.equal(errorOf(repo.run(['check', allow])), refused(code), text);
  }
  for (const text of [
    'process.exit(0);',
    'await new Promise(() => {}); export default {};',
    'setTimeout(() => { throw 1; }, 1); await new Promise(() => {});',
    'process.exitCode = 0; await new Promise(() => {});',
  ]) {
    const { exit, errors, stdout } = errorOf(withPolicy('nonstop.config.mjs', text).run(['check', allow]));
    assert.equal({ exit, errors, stdout }, { exit: 2, errors: 1, stdout: '' }, text);
  }
});

test.run();
