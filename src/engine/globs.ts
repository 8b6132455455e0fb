import picomatch from 'picomatch';

/**
 * Whether a path matches a list of globs: one of them, and none of those that begin with `!`. Dot files are files like others, and
 * case counts on every system.
 */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith('!')).map(compile);
  const excluded = exclusion(globs);
  return (path) => wanted.some((matches) => matches(path)) && !excluded(path);
}

/** Whether a path matches one of the globs that begin with `!`. */
export function exclusion(globs: readonly string[]): (path: string) => boolean {
  const excluded = globs.filter((glob) => glob.startsWith('!')).map((glob) => compile(glob.slice(1)));
  return (path) => excluded.some((matches) => matches(path));
}

export function compile(glob: string): (path: string) => boolean {
  return picomatch(glob, { dot: true, windows: false });
}
