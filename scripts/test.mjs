// Runs the tests, a process for each folder of test/, two at a time, and ends with `N passed, N failed`. Arguments are folders to
// run instead of all. uvu passes over a suite that is not run, and over a pattern that matches nothing, so a folder without a single
// test is a failure.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const NOT_TESTS = ['helpers', 'fixtures'];
const all = readdirSync(join(root, 'test'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NOT_TESTS.includes(entry.name))
  .map(({ name }) => name);
const queue = process.argv.length > 2 ? process.argv.slice(2) : all;
const total = { passed: 0, failed: 0 };

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

async function worker() {
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    const { code, output } = await runFolder(folder);
    const count = (name) => Number(new RegExp(`^\\s*${name}:\\s+(\\d+)`, 'm').exec(output)?.[1] ?? 0);
    const [tests, passed, skipped] = ['Total', 'Passed', 'Skipped'].map(count);
    const failed = Math.max(tests - passed, code !== 0 || tests === 0 || skipped > 0 ? 1 : 0);
    total.passed += passed;
    total.failed += failed;
    process.stdout.write(`--- test/${folder}\n${output}`);
    if (tests === 0) process.stdout.write(`no test ran in test/${folder}\n`);
    if (skipped > 0) process.stdout.write(`skipped tests in test/${folder} count as failed\n`);
  }
}

function runFolder(folder) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  for (const name of Object.keys(env)) if (name.startsWith('GIT_')) delete env[name]; // a hook that runs the tests sets them
  const args = ['--import', 'tsx', 'node_modules/uvu/bin.js', `test/${folder}`, '\\.test\\.ts$'];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}
