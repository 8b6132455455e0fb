// The scratch repositories that the benchmarks run on.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export function git(cwd, ...args) {
  return execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
}

/** A repository with so many small files, ten of them changed and staged. */
export function withStagedFiles(files) {
  const top = mkdtempSync(join(tmpdir(), 'nonstop-bench-'));
  git(top, 'init', '--quiet');
  writeFileSync(join(top, 'nonstop.config.json'), '{ "rules": { "secrets": "block" } }\n');
  for (let at = 0; at < files; at++) {
    const folder = join(top, `d${Math.floor(at / 500)}`);
    if (at % 500 === 0) mkdirSync(folder);
    writeFileSync(join(folder, `f${at}.js`), `export const a${at} = ${at}; // a small file\n`.repeat(10));
  }
  git(top, 'add', '--all');
  git(top, 'commit', '--quiet', '--message', 'start');
  for (let at = 0; at < 10; at++) writeFileSync(join(top, 'd0', `f${at}.js`), `export const b = ${at};\n`.repeat(10));
  git(top, 'add', '--all');
  return top;
}

/** As large as source files get; a package's bundle of megabytes is no file that people write. */
const MAX_BYTES = 64 * 1024;

/** A committed tree of so many text files taken from a folder of packages. */
export function treeOfPackages(source, wanted) {
  const top = mkdtempSync(join(tmpdir(), 'nonstop-bench-'));
  let bytes = 0;
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(c?m?js|ts|json|md|css|yml|txt)$/.test(name) && !name.includes('/.'))
    .filter((name) => statSync(join(source, name)).isFile() && statSync(join(source, name)).size <= MAX_BYTES)
    .sort()
    .slice(0, wanted);
  for (const name of names) {
    const target = join(top, 'tree', name.replaceAll('node_modules', 'modules'));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(source, name), target);
    bytes += statSync(target).size;
  }
  writeFileSync(join(top, 'nonstop.config.json'), '{ "rules": { "secrets": "block" } }\n');
  git(top, 'init', '--quiet');
  git(top, 'add', '--all', '--force');
  git(top, 'commit', '--quiet', '--message', 'tree');
  return { top, files: names.length, bytes };
}
