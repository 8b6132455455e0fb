// How often git merges a baseline by itself after two branches have each mended different findings: 200 random pairs for each layout of
// the file, merged by `git merge-tree`. In the first case the layout we chose is merged by `git merge` in a work tree, and each result
// must be that of our own merge. Run: node --import tsx bench/baseline-merge.mjs [PAIRS]; docs/performance.md has the figures.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASELINE_FILE } from '../src/engine/baseline/baseline.ts';
import { mergeTexts } from '../src/engine/baseline/merge.ts';
import { renderBaseline } from '../src/engine/baseline/render.ts';
import { accepting, findingsOf } from '../test/helpers/findings.ts';
import { seeded } from '../test/helpers/generated-secrets.ts';
import { LAYOUTS, OURS } from './baseline-layouts.mjs';
import { HABITS, pairOf } from './baseline-pairs.mjs';

const PAIRS = Number(process.argv[2] ?? 200);
const CASES = [
  { name: '20 to 400 entries, all habits', size: (random) => 20 + Math.floor(random() * 381) },
  ...Object.keys(HABITS).flatMap((habit) =>
    [50, 300].map((size) => ({ name: `${size} entries, ${habit}`, habit, size: () => size })),
  ),
];
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

for (const { name, habit, size } of CASES) {
  process.stdout.write(`\n${name}: of ${PAIRS} pairs git merges\n`);
  for (const [layout, linesOf] of Object.entries(LAYOUTS)) {
    const random = seeded(1); // the same pairs for each layout
    const pairs = Array.from({ length: PAIRS }, () => pairOf(size(random), habit, random));
    const merged = layout === OURS && habit === undefined ? mergeAll(pairs) : tryAll(pairs, linesOf);
    process.stdout.write(`${String(merged).padStart(5)}  ${layout}\n`);
  }
}

/** Real merges of the real file. Ours must solve every pair, and agree with git wherever git does. */
function mergeAll(pairs) {
  const texts = pairs.map((sides) => sides.map((drafts) => renderBaseline(accepting(findingsOf(drafts)))));
  return inRepository(texts, (top, commits) => {
    const clean = commits.filter(([, ours, theirs], at) => {
      run(top, 'checkout', '--quiet', '--force', '--detach', ours);
      const { status } = spawnSync('git', ['merge', '--quiet', '--no-edit', theirs], {
        cwd: top,
        env,
        stdio: 'ignore',
      });
      const [base, one, two] = texts[at];
      const solved = mergeTexts({ base, ours: one, theirs: two });
      if (!solved.ok) throw solved.error;
      if (status !== 0) run(top, 'reset', '--quiet', '--hard');
      else if (readFileSync(join(top, BASELINE_FILE), 'utf8') !== solved.value) throw new Error(`pair ${at} differs`);
      return status === 0;
    });
    return clean.length;
  });
}

/** The same merge machinery without a work tree. */
function tryAll(pairs, linesOf) {
  const texts = pairs.map((sides) => sides.map((drafts) => `${linesOf(entriesOf(drafts)).join('\n')}\n`));
  const loop =
    'while read ours theirs; do git merge-tree --write-tree --no-messages $ours $theirs >&2 && echo clean; done';
  return inRepository(texts, (top, commits) => {
    const input = commits.map(([, ours, theirs]) => `${ours} ${theirs}\n`).join('');
    const { stdout } = spawnSync('bash', ['-c', loop], { cwd: top, env, input, stdio: ['pipe', 'pipe', 'ignore'] });
    return String(stdout).split('\n').length - 1;
  });
}

function entriesOf(drafts) {
  const entryOf = ({ path, ruleId, messageId, fingerprint }) => ({
    path,
    rule: ruleId,
    message: messageId,
    print: fingerprint,
  });
  return findingsOf(drafts).map(entryOf);
}

/** Commits each base with its two branches, in one stream. */
function inRepository(texts, use) {
  const top = mkdtempSync(join(tmpdir(), 'nonstop-bench-'));
  try {
    run(top, 'init', '--quiet');
    const stream = texts.flatMap((sides, at) => sides.map((text, side) => commitOf(text, at * 3 + 1, side)));
    const marks = join(top, '.git/marks');
    const args = ['fast-import', '--quiet', '--force', `--export-marks=${marks}`];
    execFileSync('git', args, { cwd: top, env, input: stream.join('') });
    const lines = readFileSync(marks, 'utf8').trim().split('\n');
    const ids = new Map(lines.map((line) => line.split(' ')));
    return use(
      top,
      texts.map((sides, at) => sides.map((_, side) => ids.get(`:${at * 3 + 1 + side}`))),
    );
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

/** @param base number of the base's commit; the sides follow it */
function commitOf(text, base, side) {
  const from = side === 0 ? 'deleteall' : `from :${base}`;
  const start = side === 0 ? 'reset refs/heads/x\n\n' : '';
  const head = `commit refs/heads/x\nmark :${base + side}\ncommitter A <a@example.com> 0 +0000\ndata 0\n${from}\n`;
  return `${start}${head}M 644 inline ${BASELINE_FILE}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function run(top, ...args) {
  execFileSync('git', args, { cwd: top, env, stdio: ['ignore', 'ignore', 'inherit'] });
}
