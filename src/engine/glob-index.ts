import picomatch from 'picomatch';
import { compile, exclusion } from './globs.js';

interface Indexed {
  readonly at: number;
  readonly matches: (path: string) => boolean;
}

const NONE: readonly number[] = [];

interface Node {
  readonly children: Map<string, Node>;
  /** Globs whose fixed folder is this one, in the order of their lists. */
  readonly globs: Indexed[];
}

/**
 * Answers which of many lists of globs match a path. Most globs begin with a fixed folder (`services/payments/**`), so they stand in a
 * tree of folders, and a path is held only against those on its own way: the cost does not grow with the number of lists.
 */
export class GlobIndex {
  private readonly root: Node = { children: new Map(), globs: [] };
  /** The globs that apply in the folder that was asked for last: git lists files folder by folder. */
  private folder = '';
  private inFolder: readonly Indexed[] | undefined;

  constructor(lists: readonly (readonly string[])[]) {
    for (const [at, globs] of lists.entries()) {
      const excluded = globs.some((glob) => glob.startsWith('!')) ? exclusion(globs) : undefined;
      for (const glob of globs) if (!glob.startsWith('!')) this.add(glob, at, excluded);
    }
  }

  /** Indices of the lists that match, ascending. */
  matching(path: string): readonly number[] {
    const candidates = this.candidates(path);
    if (candidates.length === 0) return NONE;
    const found: number[] = [];
    for (const { at, matches } of candidates) if (found.at(-1) !== at && matches(path)) found.push(at);
    return found;
  }

  /** The index of the last list that matches; -1 when none does. */
  last(path: string): number {
    const candidates = this.candidates(path);
    for (let index = candidates.length - 1; index >= 0; index--) {
      const { at, matches } = candidates[index]!;
      if (matches(path)) return at;
    }
    return -1;
  }

  private candidates(path: string): readonly Indexed[] {
    const length = Math.max(path.lastIndexOf('/'), 0);
    if (this.inFolder === undefined || length !== this.folder.length || !path.startsWith(this.folder)) {
      this.folder = path.slice(0, length);
      this.inFolder = this.collect(this.folder);
    }
    return this.inFolder;
  }

  private collect(folder: string): Indexed[] {
    const globs = [...this.root.globs];
    let node: Node | undefined = this.root;
    for (const segment of folder === '' ? [] : folder.split('/')) {
      node = node.children.get(segment);
      if (node === undefined) break;
      globs.push(...node.globs);
    }
    return globs.sort((a, b) => a.at - b.at);
  }

  private add(glob: string, at: number, excluded: ((path: string) => boolean) | undefined): void {
    const folder = fixedFolder(glob);
    let node = this.root;
    for (const segment of folder === '' ? [] : folder.split('/')) {
      let child = node.children.get(segment);
      if (child === undefined) {
        child = { children: new Map(), globs: [] };
        node.children.set(segment, child);
      }
      node = child;
    }
    const matches = quick(glob, folder);
    node.globs.push({ at, matches: excluded ? (path) => matches(path) && !excluded(path) : matches });
  }
}

/** The folder that every path matched by a glob lies in; empty where there is none. */
function fixedFolder(glob: string): string {
  const { base, isGlob } = picomatch.scan(glob);
  const folder = isGlob ? base : base.slice(0, Math.max(base.lastIndexOf('/'), 0));
  return folder.includes('\\') ? '' : folder; // an escaped sign is not spelled as in the path
}

/** `folder/**` and any file that ends in `.ext` are most of all globs, and need no regular expression: paths of git have no `.` or `..` in them. */
function quick(glob: string, folder: string): (path: string) => boolean {
  if (folder !== '' && glob === `${folder}/**`) return (path) => path.startsWith(`${folder}/`);
  const end = /^\*\*\/\*(?<end>[\w.-]+)$/.exec(glob)?.groups?.end;
  return end === undefined ? compile(glob) : (path) => path.endsWith(end);
}
