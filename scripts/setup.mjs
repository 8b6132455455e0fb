// Makes a clone ready: installs what package-lock.json names, builds dist/ and sets the hooks. Each step is skipped while nothing it
// depends on has changed, so that a second run needs no network and next to no time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

once('node_modules/.nonstop-setup', ['package-lock.json'], () => run('npm', ['ci', '--no-audit', '--no-fund']));
once(
  'dist/.nonstop-setup',
  ['src', 'rules', 'scripts/bundle.mjs', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.types.json'],
  () => run(process.execPath, ['scripts/bundle.mjs']),
);
if (!process.env.CI && existsSync(join(root, '.git')) && !existsSync(join(root, '.husky/_')))
  run(process.execPath, ['node_modules/husky/bin.js']);

/** Does a step unless its marker says that it was done for these very inputs. */
function once(marker, inputs, step) {
  const digest = createHash('sha256');
  for (const input of inputs) addTo(digest, input);
  const wanted = digest.digest('hex');
  const path = join(root, marker);
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return;
  step();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
}

function addTo(digest, input) {
  const path = join(root, input);
  if (!existsSync(path)) return;
  const entries = readdirOrNull(path);
  if (entries === null) digest.update(`${input}\0`).update(readFileSync(path));
  else for (const name of entries.sort()) addTo(digest, `${input}/${name}`);
}

function readdirOrNull(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(
    `setup: ${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ` with exit code ${status}`}\n`,
  );
  process.exit(2);
}
