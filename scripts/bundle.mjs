// Builds dist/: the command line and the library as ES modules, each with lazily loaded chunks; types; schema.json; the licences of
// what is bundled. The two share no chunks, so that a hook loads one file and not a dozen parts of two programs.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(join(root, 'dist'), { recursive: true, force: true });

const inputs = [
  ...(await bundle({ 'cli/bin': 'src/cli/bin.ts' }, 'cli')),
  ...(await bundle({ index: 'src/index.ts', secrets: 'rules/secrets/api.ts' }, 'lib')),
];
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.types.json')],
  {
    stdio: ['ignore', 2, 2],
  },
);
const bin = join(root, 'dist/cli/bin.js');
chmodSync(bin, 0o755);
writeFileSync(join(root, 'schema.json'), execFileSync(process.execPath, [bin, 'config', 'schema']));
writeFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), licences(inputs));

/** Returns the names of the files that went in. */
async function bundle(entryPoints, name) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    chunkNames: `${name}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'], // jsonc-parser's `main` is UMD, which does not bundle
    external: ['typescript'], // cosmiconfig asks for it only to load a TypeScript config, which we do not leave to it
    metafile: true,
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
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
