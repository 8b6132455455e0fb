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

/**
 * A glob that is the very name of a file matches it, so `[b].js` can be named. `folder/**` means what is below the folder; picomatch
 * would have it match a file `folder` as well. A name may hold a newline, which `.` matches only with the flag `s`.
 */
export function compile(glob: string): (path: string) => boolean {
  const expression = picomatch.makeRe(glob.endsWith('/**') ? `${glob}/*` : glob, {
    dot: true,
    windows: false,
    flags: 's',
  });
  return (path) => path === glob || expression.test(path);
}
