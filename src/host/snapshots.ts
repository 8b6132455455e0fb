import { PolicyError } from '../errors.js';
import type { Blob, Entry, Snapshot } from '../rule/index.js';
import { gitFailed } from './git.js';
import { type Changes, key, type Listed, parseChanges, parseIndex, parseTree, type TreeItem } from './listing.js';
import { ObjectReader } from './object-reader.js';
import { resolveRange } from './range.js';
import type { Repository } from './repository.js';
import { TreeWalk } from './tree-walk.js';
import { linkNotFollowed, readFromDisk } from './work-tree.js';

/** A snapshot that holds a process, and finds single files without listing all. */
export interface OpenSnapshot extends Snapshot {
  /** The bytes of each file that stands at one of these paths; how the config is found. What cannot be read is among them. */
  find(paths: readonly string[], maxBytes: number): Promise<Map<string, Blob>>;
  /** The same in the commit that a change is compared with; nothing where no change is looked at. */
  findBefore(paths: readonly string[], maxBytes: number): Promise<Map<string, Blob>>;
  close(): void;
}

/** What is asked for: `all` turns a change into everything at its end. */
export type Question =
  | { readonly kind: 'index'; readonly all: boolean }
  | { readonly kind: 'range'; readonly from: string; readonly to: string; readonly all: boolean }
  | { readonly kind: 'tree' }
  | { readonly kind: 'worktree' };

export function openSnapshot(repository: Repository, question: Question): OpenSnapshot {
  const needsWorkTree = question.kind === 'index' || question.kind === 'worktree';
  if (needsWorkTree && !repository.hasWorkTree) throw noWorkTree(repository.top);
  switch (question.kind) {
    case 'index':
      return openIndex(repository, question.all);
    case 'range':
      return openRange(repository, question);
    case 'tree':
      return openTree(repository);
    case 'worktree':
      return openWorkTree(repository);
  }
}

const RAW = ['--raw', '-z', '--no-abbrev', '-M', '--ignore-submodules=none'];

function openIndex(repository: Repository, all: boolean): OpenSnapshot {
  const { head, emptyTree } = repository;
  const listAll = () => listIndex(repository).map(({ entry }) => entry);
  const store = new StoredBlobs(repository).start();
  // what is only intended to be added would be listed as an empty file
  const args = ['diff-index', '--cached', '--ita-invisible-in-index', ...RAW, head ?? emptyTree, '--'];
  const none: Changes = { entries: [], gone: new Set() };
  const { entries, gone } = store.orClose(() =>
    all ? { ...none, entries: listAll() } : listed(repository, args, parseChanges),
  );
  const inIndex = new Map(entries.map((entry) => [key(entry.rawPath), entry]));
  const inHead = all || head === null ? noTree : new TreeWalk(store.reader, head);
  return store.snapshot(
    { kind: 'index', isWhole: all, base: head, head, entries },
    {
      all: listAll,
      // what does not differ from HEAD stands in the index as it stands there
      async locate(path) {
        const name = key(Buffer.from(path));
        return inIndex.get(name) ?? (gone.has(name) ? null : inHead.find(path));
      },
    },
  );
}

function openRange(repository: Repository, range: { from: string; to: string; all: boolean }): OpenSnapshot {
  const { base, head } = resolveRange(repository, range.from, range.to);
  const listAll = () => listTree(repository, head);
  const store = new StoredBlobs(repository).start();
  const args = ['diff-tree', '-r', ...RAW, base, head, '--'];
  const entries = store.orClose(() => (range.all ? listAll() : listed(repository, args, parseChanges).entries));
  const tree = new TreeWalk(store.reader, head);
  return store.snapshot(
    { kind: 'range', isWhole: range.all, base, head, entries },
    { all: listAll, locate: (path) => tree.find(path) },
  );
}

function openTree(repository: Repository): OpenSnapshot {
  const { head } = repository;
  if (head === null) {
    throw new PolicyError('RANGE_UNKNOWN', {
      what: 'There is no commit to check yet',
      where: repository.top,
      why: '--all looks at the tree of HEAD, and HEAD has no commit',
      fix: 'Use check --staged, or check without --all for the working tree',
    });
  }
  const store = new StoredBlobs(repository).start();
  const entries = store.orClose(() => listTree(repository, head, store.reader.sizes));
  const tree = new TreeWalk(store.reader, head);
  return store.snapshot(
    { kind: 'tree', isWhole: true, base: null, head, entries },
    { all: () => entries, locate: (path) => tree.find(path) },
  );
}

function openWorkTree(repository: Repository): OpenSnapshot {
  const blobs = new StoredBlobs(repository);
  const onDisk = readFromDisk(repository.top);
  const entries = listIndex(repository).flatMap(({ entry, absent }): Entry[] => {
    const status = 'unchanged';
    if (entry.mode === 'submodule') return [{ ...entry, status }];
    const mode = onDisk.mode(entry);
    if (mode === 'gone') return absent ? [{ ...entry, status }] : []; // of a sparse checkout the index has it
    return [{ ...entry, status, mode: mode ?? entry.mode, oid: null }];
  });
  const stored = new Map(entries.filter(({ oid }) => oid !== null).map((entry) => [entry.path, entry]));
  const read = (entry: Entry, maxBytes: number) =>
    entry.oid === null ? onDisk.read(entry, maxBytes) : blobs.read(entry, maxBytes);
  return {
    kind: 'worktree',
    isWhole: true,
    base: null,
    head: repository.head,
    entries,
    all: async () => entries,
    read,
    readPrevious: () => noPrevious,
    async find(paths, maxBytes) {
      const found = onDisk.find(paths, maxBytes);
      const locate = async (path: string) => (found.has(path) ? null : (stored.get(path) ?? null));
      return new Map([...found, ...(await blobs.find(paths, maxBytes, locate))]);
    },
    findBefore: async () => new Map(),
    close: () => blobs.close(),
  };
}

/** What stands at a path: a file of the index, or an item of a tree. */
type Located = Pick<Entry, 'mode' | 'oid' | 'status'> | TreeItem;
type Locate = (path: string) => Promise<Located | null>;

const noTree = { find: async () => null };

/** Reads entries from git's store. */
class StoredBlobs {
  readonly reader: ObjectReader;

  constructor(repository: Repository) {
    this.reader = new ObjectReader(repository.git);
  }

  /** Git starts while we list, which takes as long. */
  start(): this {
    this.reader.start();
    return this;
  }

  /** A git that is started already must not outlive a listing that fails. */
  orClose<T>(list: () => T): T {
    try {
      return list();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  snapshot(
    facts: Pick<Snapshot, 'kind' | 'isWhole' | 'base' | 'head' | 'entries'>,
    { all, locate }: { all: () => readonly Entry[]; locate: Locate },
  ): OpenSnapshot {
    const before = facts.base === null ? noTree : new TreeWalk(this.reader, facts.base);
    let listing: readonly Entry[] | undefined;
    return {
      ...facts,
      all: async () => (listing ??= all()),
      read: (entry, maxBytes) => this.read(entry, maxBytes),
      readPrevious: ({ previous }, maxBytes) =>
        previous === null ? noPrevious : this.reader.read(previous.oid, maxBytes),
      find: (paths, maxBytes) => this.find(paths, maxBytes, locate),
      findBefore: (paths, maxBytes) => this.find(paths, maxBytes, (path) => before.find(path)),
      close: () => this.close(),
    };
  }

  read(entry: Pick<Entry, 'oid' | 'status'>, maxBytes: number): Blob | Promise<Blob> {
    if (entry.status === 'unmerged') return { ok: false, reason: 'it has a merge conflict that is not resolved' };
    return this.reader.read(entry.oid ?? '', maxBytes);
  }

  async find(paths: readonly string[], maxBytes: number, locate: Locate): Promise<Map<string, Blob>> {
    const found = await Promise.all(
      paths.map(async (path): Promise<[string, Blob][]> => {
        const item = await locate(path);
        if (item === null || item.mode === 'folder' || item.mode === 'submodule') return [];
        if (item.mode === 'symlink') return [[path, linkNotFollowed]];
        return [[path, await this.read({ status: 'unchanged', ...item }, maxBytes)]];
      }),
    );
    return new Map(found.flat());
  }

  close(): void {
    this.reader.close();
  }
}

const noPrevious: Blob = { ok: false, reason: 'there is no version before this one' };

function listIndex(repository: Repository): Listed[] {
  return listed(repository, ['ls-files', '-s', '-t', '-z'], parseIndex);
}

/** With sizes they are learnt too, which spares a question for each file that is read later. */
function listTree(repository: Repository, commit: string, sizes?: Map<string, number>): Entry[] {
  const args = ['ls-tree', '-r', '-z', '--full-tree', ...(sizes ? ['-l'] : []), commit, '--'];
  return listed(repository, args, (raw) => parseTree(raw, sizes));
}

function listed<T>({ git }: Repository, args: readonly string[], parse: (raw: Buffer) => T): T {
  const raw = git.run(args);
  try {
    return parse(raw);
  } catch (cause) {
    if (cause instanceof RangeError) throw gitFailed(args, 0, cause.message);
    throw cause;
  }
}

function noWorkTree(top: string): PolicyError {
  return new PolicyError('REPOSITORY_MISSING', {
    what: 'There is no work tree here',
    where: top,
    why: 'this is a bare repository or the inside of a git folder, which has neither an index nor files to check',
    fix: 'Run this in the work tree, or check commits: --range A..B, --base REF or --all',
  });
}
