/**
 * Whether a file may belong to both of two lists of globs, as far as their spelling tells: not where what they begin with, or end
 * with, is plain text and differs. In doubt they overlap. Globs that take files out are passed over.
 */
export function mayOverlap(one: readonly string[], other: readonly string[]): boolean {
  const wanted = (globs: readonly string[]) => globs.filter((glob) => !glob.startsWith('!'));
  return wanted(one).some((a) => wanted(other).some((b) => mayBoth(a, b)));
}

function mayBoth(a: string, b: string): boolean {
  return agree(beginning(a), beginning(b), 'startsWith') && agree(ending(a), ending(b), 'endsWith');
}

function agree(a: string, b: string, how: 'startsWith' | 'endsWith'): boolean {
  return a[how](b) || b[how](a);
}

/** The plain text before the first sign with a meaning. */
function beginning(glob: string): string {
  return /^[^*?[\]{}()!+@|\\]*/.exec(glob)?.[0] ?? '';
}

/** The plain text after the last. */
function ending(glob: string): string {
  return /[^*?[\]{}()!+@|\\]*$/.exec(glob)?.[0] ?? '';
}
