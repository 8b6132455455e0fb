// How long it takes to say which level holds for each of 100,000 files under 500 modules and 50 floors, in one process. The bar is
// 300 ms. The layers are bundled as they are, without a build of their own.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const outfile = join(mkdtempSync(join(tmpdir(), 'nonstop-bench-')), 'resolve.mjs');
await build({
  stdin: {
    contents:
      "export { resolver } from './src/engine/resolve.js'; export { policyFromValue } from './src/config/load.js';",
    resolveDir: new URL('..', import.meta.url).pathname,
    loader: 'ts',
  },
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
const { resolver, policyFromValue } = await import(pathToFileURL(outfile).href);

const rule = { meta: { id: 'r', summary: 's', options: {}, messages: {} }, check: () => [] };
const modules = Array.from({ length: 500 }, (_, at) => ({
  name: `m${at}`,
  files: at % 10 === 0 ? [`services/s${at}/**/*.{ts,js}`, `!services/s${at}/vendor/**`] : [`services/s${at}/**`],
  rules: { r: at % 2 === 0 ? 'block' : { level: 'warn', steps: [{ on: '2026-01-01', level: 'block' }] } },
}));
const floors = Array.from({ length: 50 }, (_, at) => ({
  rule: 'r',
  files: [`services/s${at * 10}/**`],
  level: 'warn',
}));
const policy = policyFromValue(
  {
    rules: { r: 'warn' },
    modules: [...modules, { name: 'tests', files: ['**/*.test.ts'], rules: { r: 'off' } }],
    floors,
  },
  'bench',
  [rule],
);
const paths = Array.from(
  { length: 100_000 },
  (_, at) => `services/s${at % 520}/src/d${at % 37}/file${at}${at % 9 === 0 ? '.test' : ''}.ts`,
).sort(); // as git lists them

const from = performance.now();
const { resolve } = resolver(policy, { point: 'ci', asOf: '2026-11-22' });
const counts = {};
for (const path of paths) {
  const { level } = resolve(rule, path);
  counts[level] = (counts[level] ?? 0) + 1;
}
const ms = performance.now() - from;
process.stdout.write(
  `${ms < 300 ? 'met   ' : 'MISSED'} levels of ${paths.length} files under ${modules.length} modules: ${ms.toFixed(0)} ms (${JSON.stringify(counts)}); bar: 300 ms\n`,
);
process.exitCode = ms < 300 ? 0 : 1;
