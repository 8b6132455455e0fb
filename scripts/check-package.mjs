// Packs the package, installs the tarball into an empty project with plain `npm install`, and uses it there as a user does: the
// command line on every Node.js line that we promise, the library from JavaScript, its types from TypeScript. publint and attw judge
// the manifest. Ends with `N passed, N failed`.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The oldest that we promise, and the newest of each line; the npm package `node` brings them. */
const NODES = ['20.19.0', '22', '24', '26'];
const count = { passed: 0, failed: 0 };
const work = mkdtempSync(join(tmpdir(), 'nonstop-package-'));

const tarball = join(
  work,
  execFileSync('npm', ['pack', '--silent', '--pack-destination', work], { cwd: root, encoding: 'utf8' }).trim(),
);
step('publint', () =>
  execFileSync('npx', ['--no-install', 'publint', '--strict', tarball], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  }),
);
step('attw', () =>
  execFileSync('npx', ['--no-install', 'attw', '--profile', 'esm-only', tarball], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  }),
);

const project = join(work, 'project');
mkdirSync(project);
writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n');
step('plain npm install brings this package and nothing else', () => {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--offline', tarball], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  equal(
    readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.')),
    ['nonstop-policy'],
  );
});
const bin = join(project, 'node_modules/.bin/nonstop-policy');
const token = `${'gh'}p_${createHash('sha256').update('a seed').digest('hex').slice(0, 36)}`;

for (const version of NODES) {
  step(`the command line on Node.js ${version}`, () => smoke(nodeOf(version)));
  step(`the library on Node.js ${version}`, () => library(nodeOf(version)));
}
step('the types, from a project that has only TypeScript', types);

rmSync(work, { recursive: true, force: true });
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
process.exitCode = count.failed > 0 ? 1 : 0;

/** A scratch repository: a staged secret blocks, is in no output, and a clean one passes. */
function smoke(node) {
  const repo = mkdtempSync(join(work, 'repo-'));
  const git = (...args) =>
    execFileSync('git', args, { cwd: repo, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  const run = (...args) => spawnSync(node, [bin, ...args], { cwd: repo, encoding: 'utf8' });
  git('init', '--quiet');
  writeFileSync(join(repo, 'nonstop.config.json'), '{ "rules": { "secrets": "block" } } // text\n');
  writeFileSync(join(repo, 'a.txt'), 'nothing to see\n');
  git('add', '--all');
  equal(run('check', '--staged').status, 0);
  writeFileSync(join(repo, 'a.txt'), `${token}\n`);
  git('add', '--all');
  for (const format of ['pretty', 'compact', 'json', 'github', 'sarif', 'junit']) {
    const { status, stdout, stderr } = run('check', '--staged', '--format', format);
    equal(status, 1);
    if (!stdout.includes('a.txt')) throw new Error(`${format} does not name the file: ${stdout}${stderr}`);
    if (`${stdout}${stderr}`.includes(token)) throw new Error(`${format} prints the secret`);
  }
  equal(run('config', 'print').status, 0);
  equal(run('chekc').status, 2);
}

function library(node) {
  const script = `
    import assert from 'node:assert/strict';
    import { check, defineConfig, defineRule, PolicyError } from 'nonstop-policy';
    import { scan } from 'nonstop-policy/secrets';
    import schema from 'nonstop-policy/schema.json' with { type: 'json' };
    const token = ${JSON.stringify(token)};
    const [found] = scan(new TextEncoder().encode('x ' + token));
    assert.deepEqual(found, { detector: 'github-token', line: 1, column: 3, endLine: 1, endColumn: 43, masked: found.masked });
    assert.ok(!found.masked.includes(token.slice(4)));
    const rule = defineRule({
      meta: { id: 'no-todo', summary: 's', options: {}, messages: { todo: 'a TODO' } },
      async *check({ files, read }) { for (const file of files) if ((await read(file)).includes('TODO')) yield { messageId: 'todo', path: file.path, key: '' }; },
    });
    const config = defineConfig({ rules: { 'no-todo': 'block', secrets: 'block' } });
    const result = await check({ config, files: { 'a.txt': 'TODO', 'b.txt': 'done' }, asOf: '2026-11-22', rules: [rule] });
    assert.deepEqual([result.verdict, result.findings.map(({ path }) => path)], ['block', ['a.txt']]);
    await assert.rejects(check({ config: { rules: { secrts: 'block' } }, files: {}, asOf: '2026-11-22' }), PolicyError);
    assert.equal(schema.title, 'nonstop.config.json');
  `;
  writeFileSync(join(project, 'library.mjs'), script);
  execFileSync(node, ['library.mjs'], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
}

function types() {
  const script = `
    import { check, defineConfig, defineRule, type CheckResult } from 'nonstop-policy';
    import { scan, type Secret } from 'nonstop-policy/secrets';
    export const found: Secret[] = scan(new Uint8Array(), { path: 'a' });
    export const result: Promise<CheckResult> = check({ config: defineConfig({ rules: { secrets: 'block' } }), files: {}, asOf: '2026-11-22' });
    export const rule = defineRule({
      meta: { id: 'a', summary: 's', options: { days: { type: 'integer', default: 9, summary: 's' } }, messages: { late: '' } },
      *check({ files, options }) {
        const days: number = options.days;
        for (const { path } of files) if (days > 1) yield { messageId: 'late', path, key: '' };
      },
    });
    export const wrong = defineRule({
      meta: { id: 'a', summary: 's', options: {}, messages: { late: '' } },
      // @ts-expect-error a misspelt message id does not compile
      *check() { yield { messageId: 'lat', path: '', key: '' }; },
    });
  `;
  writeFileSync(join(project, 'types.ts'), script);
  const config = {
    compilerOptions: { strict: true, module: 'nodenext', target: 'es2023', noEmit: true, types: [] },
    files: ['types.ts'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
}

/** The path of a Node.js of that version, installed once below .cache/. */
function nodeOf(version) {
  const folder = join(root, '.cache/node', version);
  const node = join(folder, 'node_modules/node/bin/node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', `node@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  return node;
}

function step(name, run) {
  try {
    run();
    count.passed++;
    process.stdout.write(`ok      ${name}\n`);
  } catch (error) {
    count.failed++;
    process.stdout.write(`FAILED  ${name}\n${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}\n`);
  }
}

function equal(got, wanted) {
  if (JSON.stringify(got) !== JSON.stringify(wanted))
    throw new Error(`got ${JSON.stringify(got)}, wanted ${JSON.stringify(wanted)}`);
}
