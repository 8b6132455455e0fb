// Measures what docs/performance.md promises, against the named peers in the same run, and prints a line a bar. The peers are
// installed below .cache/ the first time. Exit code 1 when a bar is missed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare } from './measure.mjs';
import { git, treeOfPackages, withStagedFiles } from './repositories.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const peers = join(root, '.cache/bench');
const PEERS = [
  'husky@9.1.7',
  'lint-staged@16.4.0',
  'secretlint@13.0.6',
  '@secretlint/secretlint-rule-preset-recommend@13.0.6',
];
const RUNS = Number(process.env.BENCH_RUNS ?? 15);
const check = `node ${join(root, 'dist/cli/bin.cjs')} check`;
const scratch = [];
let missed = 0;

if (!existsSync(join(peers, 'node_modules/secretlint'))) {
  mkdirSync(peers, { recursive: true });
  writeFileSync(join(peers, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--force', '--no-audit', '--no-fund', '--silent', ...PEERS], {
    cwd: peers,
    stdio: 'inherit',
  });
}

const small = scratched(withStagedFiles(500));
startUp();
againstLintStaged();
manyTracked();
wholeTree();
for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
process.exitCode = missed > 0 ? 1 : 0;

function startUp() {
  const { a, b, wallDifference } = compare(
    { command: `${check} --staged`, cwd: small },
    { command: 'node -e 0', cwd: small },
    RUNS,
  );
  bar(
    'staged check, 10 small files of 500, beyond bare node',
    `${ms(a.wall)} against ${ms(b.wall)}`,
    wallDifference,
    75,
    'ms',
  );
}

/** Whole commits: husky calls our command line, and in a copy lint-staged with secretlint; each commit is taken back. */
function againstLintStaged() {
  const theirs = scratched(withStagedFiles(500));
  const hook = (top, line) => {
    execFileSync(process.execPath, [join(peers, 'node_modules/husky/bin.js')], { cwd: top });
    writeFileSync(join(top, '.husky/pre-commit'), `${line}\n`);
  };
  hook(small, `${check} --staged`);
  hook(theirs, 'lint-staged');
  writeFileSync(join(theirs, '.lintstagedrc.json'), '{ "*": "secretlint" }\n');
  writeFileSync(
    join(theirs, '.secretlintrc.json'),
    '{ "rules": [{ "id": "@secretlint/secretlint-rule-preset-recommend" }] }\n',
  );
  execFileSync('ln', ['-s', join(peers, 'node_modules'), join(theirs, 'node_modules')]);
  const env = {
    ...process.env,
    PATH: `${join(peers, 'node_modules/.bin')}:${process.env.PATH}`,
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const commit = (top) => {
    const start = git(top, 'rev-parse', 'HEAD').trim();
    return {
      command: 'git commit --quiet --message x',
      cwd: top,
      env,
      prepare: () => git(top, 'reset', '--quiet', '--soft', start),
    };
  };
  mustCommit(commit(small));
  mustCommit(commit(theirs));
  const { a, b, wallRatio } = compare(commit(small), commit(theirs), RUNS);
  git(small, 'reset', '--quiet', '--soft', 'HEAD~1');
  git(small, 'config', '--unset', 'core.hooksPath');
  bar(
    'git commit, 10 small files, against husky + lint-staged 16 + secretlint 13',
    `${ms(a.wall)} against ${ms(b.wall)}`,
    wallRatio,
    0.5,
    'times',
  );
}

function manyTracked() {
  const large = scratched(withStagedFiles(100_000));
  const { a, b, wallRatio } = compare(
    { command: `${check} --staged`, cwd: large },
    { command: `${check} --staged`, cwd: small },
    RUNS,
  );
  bar(
    'staged check, 10 files of 100,000 tracked, against 10 of 500',
    `${ms(a.wall)} against ${ms(b.wall)}`,
    wallRatio,
    1.5,
    'times',
  );
}

function wholeTree() {
  const { top, files, bytes } = treeOfPackages(join(root, 'node_modules'), 2000);
  scratched(top);
  writeFileSync(
    join(top, '.secretlintrc.json'),
    '{ "rules": [{ "id": "@secretlint/secretlint-rule-preset-recommend" }] }\n',
  );
  execFileSync('ln', ['-s', join(peers, 'node_modules'), join(top, 'node_modules')]);
  const secretlint = `node ${join(peers, 'node_modules/secretlint/bin/secretlint.js')} --no-gitignore "tree/**/*"`;
  const runs = Math.max(3, Math.floor(RUNS / 3));
  const { a, b, cpuRatio } = compare({ command: `${check} --all`, cwd: top }, { command: secretlint, cwd: top }, runs);
  bar(
    `check --all, ${files} files of ${(bytes / 1e6).toFixed(1)} MB, against secretlint 13, CPU`,
    `${ms(a.cpu)} against ${ms(b.cpu)}`,
    cpuRatio,
    0.2,
    'times',
  );
  sameFindings(top, secretlint);
}

/** Every place that secretlint reports is one that we report. */
function sameFindings(top, secretlint) {
  const places = (text) =>
    new Set([...text.matchAll(/^(tree\/[^:\n]+):(\d+)/gm)].map(([, path, line]) => `${path}:${line}`));
  const run = (command) =>
    spawnSync('bash', ['-c', command], { cwd: top, encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
  const ours = places(run(`${check} --all --format compact`));
  const theirs = places(run(`${secretlint} --format unix`).replaceAll(`${top}/`, ''));
  const lost = [...theirs].filter((place) => !ours.has(place));
  bar(
    `places that secretlint 13 finds (${theirs.size}) and we do not (we find ${ours.size})`,
    lost.join(' ') || 'none',
    lost.length,
    0,
    '',
  );
}

/** A hook that fails would be fast. */
function mustCommit({ command, cwd, env, prepare }) {
  const { status, stderr } = spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the commit failed: ${stderr}`);
  prepare();
}

function bar(name, figures, value, limit, unit) {
  const met = value <= limit;
  if (!met) missed++;
  process.stdout.write(
    `${met ? 'met   ' : 'MISSED'} ${name}: ${value.toFixed(2)} ${unit} (${figures}); bar: ${limit} ${unit}\n`,
  );
}

function ms(value) {
  return `${Math.round(value)} ms`;
}

function scratched(folder) {
  scratch.push(folder);
  return folder;
}
