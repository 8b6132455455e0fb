import { key, type TreeItem } from './listing.js';
import type { ObjectReader } from './object-reader.js';

/** Finds single paths in the tree of a commit, reading only the folders on the way. */
export class TreeWalk {
  private readonly folders = new Map<string, Promise<ReadonlyMap<string, TreeItem>>>();

  constructor(
    private readonly reader: ObjectReader,
    private readonly commit: string,
  ) {}

  /** `null` where the commit has nothing there; a folder that git cannot read is an error, not an absence. */
  async find(path: string): Promise<TreeItem | null> {
    let item: TreeItem = { mode: 'folder', oid: `${this.commit}^{tree}` };
    for (const name of path.split('/')) {
      if (item.mode !== 'folder') return null;
      const next: TreeItem | undefined = (await this.folder(item.oid)).get(key(Buffer.from(name)));
      if (next === undefined) return null;
      item = next;
    }
    return item;
  }

  private folder(name: string): Promise<ReadonlyMap<string, TreeItem>> {
    let folder = this.folders.get(name);
    if (folder === undefined) {
      folder = this.reader.tree(name);
      this.folders.set(name, folder);
    }
    return folder;
  }
}
