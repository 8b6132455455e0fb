import { isAbsolute, relative, resolve, sep } from 'node:path';
import { withRealFolders } from '../host/disk.js';
import type { Entry } from '../rule/index.js';
import { usage } from './usage.js';

/** Which paths were asked for. Absolute ones are fine (lint-staged passes them); they only filter. */
export function pathFilter(
  paths: readonly string[],
  { top, cwd }: { top: string; cwd: string },
): (path: string) => boolean {
  const wanted = paths.map((path) => fromTop(path, top, cwd));
  if (wanted.includes('')) return () => true;
  const among = (names: readonly string[]) => {
    const exact = new Set(names);
    const folders = names.map((name) => `${name}/`);
    return (path: string) => exact.has(path) || folders.some((folder) => path.startsWith(folder));
  };
  const isNamed = among(wanted);
  const mangled = wanted.filter((path) => path.includes('\uFFFD')).map(blurred);
  const isMangled = among(mangled);
  return (path) => isNamed(path) || (mangled.length > 0 && isMangled(blurred(path)));
}

/** Node.js replaces bytes of an argument that are not UTF-8, so of such a name only the rest can be compared. */
function blurred(path: string): string {
  return path.replace(/(?:%[89A-F][0-9A-F]|\uFFFD)+/g, '\uFFFD');
}

/** A path that names no tracked file is most likely misspelt, and a check of nothing would pass. */
export function refuseUnmatched(
  paths: readonly string[],
  entries: readonly Entry[],
  where: { top: string; cwd: string },
): void {
  for (const path of paths) {
    const matches = pathFilter([path], where);
    if (entries.some((entry) => matches(entry.path))) continue;
    throw usage(
      'A path names nothing that is tracked',
      path,
      'no file of the snapshot is at or below it',
      'Mend the path, or git add the file first',
    );
  }
}

export function fromTop(path: string, top: string, cwd: string): string {
  if (path === '')
    throw usage('A path is empty', 'nonstop-policy check ""', 'it names no file', 'Leave it out, or name a file');
  const name = nameWithin(top, withRealFolders(resolve(cwd, path)));
  if (name === undefined) {
    throw usage('A path is outside of the repository', path, `it is not below ${top}`, 'Name files of this repository');
  }
  return name;
}

/** The path from a folder to what is below it, with `/`; `undefined` for what is not. */
export function nameWithin(folder: string, path: string): string | undefined {
  const name = relative(folder, path);
  const isOutside = name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name);
  return isOutside ? undefined : name.split(sep).join('/');
}
