// The steps of CI, one after the other; every one runs, so that one look shows all that is wrong. The last line counts the tests and
// the other steps together.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const STEPS = [
  ['set-up', ['node', 'scripts/setup.mjs']],
  ['types', ['npx', '--no-install', 'tsc']],
  ['lint and format', ['npx', '--no-install', 'biome', 'ci', '.']],
  ['tests', ['npm', 'test']],
  ['our own policy', ['npm', 'run', '--silent', 'check']],
  ['the packed package', ['node', 'scripts/check-package.mjs']],
];
const total = { passed: 0, failed: 0 };

for (const [name, [command, ...args]] of STEPS) {
  process.stdout.write(`\n=== ${name}\n`);
  const started = Date.now();
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  const output = String(stdout ?? '');
  process.stdout.write(output);
  process.stdout.write(
    `--- ${name}: ${status === 0 ? 'passed' : 'FAILED'} after ${Math.round((Date.now() - started) / 1000)} s\n`,
  );
  const [, passed = status === 0 ? 1 : 0, failed = 0] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  total.passed += Number(passed);
  total.failed += Math.max(Number(failed), status === 0 ? 0 : 1);
}

process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
