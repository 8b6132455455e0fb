// Builds dist/: the command line, the library, types, schema.json and the licences of what is bundled.
//
// The command line is CommonJS in one file, because Node.js loads that some 30 ms faster than the same code as ES modules in a
// dozen chunks; libraries that few runs need stand beside it and are loaded on first use. The library is ES modules.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(join(root, 'dist'), { recursive: true, force: true });

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'], // jsonc-parser's `main` is UMD, which does not bundle
  external: ['typescript'], // cosmiconfig asks for it only to load a TypeScript config, which we do not leave to it
  metafile: true,
  logLevel: 'warning',
};
/** Loaded on first use: packages by their name, and the command line proper, so that `bin` can switch on the compile cache before. */
const APART = {
  './main.js': { file: 'main.cjs', entry: 'src/cli/main.ts' },
  '@secretlint/secretlint-rule-preset-recommend': { file: 'secretlint.cjs' },
  cosmiconfig: { file: 'cosmiconfig.cjs' },
  diff: { file: 'diff.cjs' },
};

const inputs = [
  ...(await commandLine('src/cli/bin.ts', 'bin.cjs')),
  ...(await commandLine(APART['./main.js'].entry, 'main.cjs')),
  ...(
    await Promise.all(Object.entries(APART).map(([name, { file, entry }]) => (entry ? [] : standingApart(name, file))))
  ).flat(),
  ...(await library()),
];
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.types.json')],
  {
    stdio: ['ignore', 2, 2],
  },
);
const bin = join(root, 'dist/cli/bin.cjs');
chmodSync(bin, 0o755);
writeFileSync(join(root, 'schema.json'), execFileSync(process.execPath, [bin, 'config', 'schema']));
writeFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), licences(inputs));

async function commandLine(entry, file) {
  return filesOf(
    await build({
      ...shared,
      entryPoints: [entry],
      outfile: `dist/cli/${file}`,
      format: 'cjs',
      minifyWhitespace: true, // what is not there need not be parsed; names stay, for the stacks of faults
      minifySyntax: true,
      banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
      define: { 'import.meta.url': '__moduleUrl' },
      plugins: [{ name: 'apart', setup: (builder) => leaveApart(builder, file) }],
    }),
  );
}

function leaveApart({ onResolve }, file) {
  onResolve(
    { filter: /^(\.\/main\.js|@secretlint\/secretlint-rule-preset-recommend|cosmiconfig|diff)$/ },
    ({ path }) => (APART[path].file === file ? undefined : { path: `./${APART[path].file}`, external: true }),
  );
}

async function standingApart(name, file) {
  const stdin = { contents: `export * from '${name}'`, resolveDir: root };
  return filesOf(await build({ ...shared, stdin, outfile: `dist/cli/${file}`, format: 'cjs' }));
}

async function library() {
  return filesOf(
    await build({
      ...shared,
      entryPoints: { index: 'src/index.ts', secrets: 'rules/secrets/api.ts' },
      outdir: 'dist',
      chunkNames: 'lib/[name]-[hash]',
      splitting: true,
      format: 'esm',
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    }),
  );
}

/** The names of the files that went in. */
function filesOf({ metafile }) {
  return Object.keys(metafile.inputs);
}

/** The licence text of every package of which a file is in the bundle. */
function licences(files) {
  const folders = files
    .map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
    .filter((folder) => folder !== undefined);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e(\.|$)/i.test(each));
    const text = file === undefined ? `License: ${license}` : readFileSync(join(root, folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
