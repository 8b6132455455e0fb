import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** With every link resolved; `undefined` where nothing is. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** With links in its folders resolved, but not the file itself: a link is a file of its own. Nothing need be there. */
export function withRealFolders(path: string): string {
  const folder = dirname(path);
  return folder === path ? path : join(realPath(folder) ?? withRealFolders(folder), basename(path));
}

/** Of one of git's own small files; `undefined` where there is none. */
export function firstLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').split('\n')[0];
  } catch {
    return undefined;
  }
}
