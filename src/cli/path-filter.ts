import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Entry } from '../rule/index.js';
import { usage } from './usage.js';

/** Which paths were asked for. Absolute ones are fine (lint-staged passes them); they only filter. */
export function pathFilter(
  paths: readonly string[],
  { top, cwd }: { top: string; cwd: string },
): (path: string) => boolean {
  const wanted = paths.map((path) => fromTop(path, top, cwd));
  if (wanted.includes('')) return () => true;
  const exact = new Set(wanted);
  const folders = wanted.map((path) => `${path}/`);
  return (path) => exact.has(path) || folders.some((folder) => path.startsWith(folder));
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
  const name = relative(top, real(resolve(cwd, path)));
  if (name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name)) {
    throw usage('A path is outside of the repository', path, `it is not below ${top}`, 'Name files of this repository');
  }
  return name.split(sep).join('/');
}

/** With links in its folders resolved, but not the file itself: a link is checked as a link. */
function real(path: string): string {
  try {
    return join(realpathSync(dirname(path)), path.slice(dirname(path).length));
  } catch {
    return path;
  }
}
