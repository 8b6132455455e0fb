import picomatch from 'picomatch';

/** Whether a path matches any of the globs; dot files are files like others, and case counts on every system. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch([...globs], { dot: true, windows: false });
}
