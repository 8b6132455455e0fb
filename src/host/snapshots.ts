import { PolicyError } from '../errors.js';
import type { Blob, Entry, Snapshot } from '../rule/index.js';
import { gitFailed } from './git.js';
import { parseChanges, parseIndex, parseTree } from './listing.js';
import { ObjectReader } from './object-reader.js';
import { byRawPath } from './paths.js';
import type { Repository } from './repository.js';
import { readFromDisk } from './work-tree.js';

/** A snapshot that holds a process, and finds single files without listing all. */
export interface OpenSnapshot extends Snapshot {
  /** The bytes of each file at a path of plain letters that exists; how the config is found. */
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
  const store = new StoredBlobs(repository, ':').start();
  const args = ['diff-index', '--cached', ...RAW, head ?? emptyTree, '--'];
  const entries = all ? listAll() : listed(repository, args, parseChanges);
  return store.snapshot({ kind: 'index', isWhole: all, base: head, head, entries }, listAll);
}

function openRange(repository: Repository, range: { from: string; to: string; all: boolean }): OpenSnapshot {
  const { base, head } = resolveRange(repository, range.from, range.to);
  const listAll = () => listTree(repository, head);
  const store = new StoredBlobs(repository, `${head}:`).start();
  const args = ['diff-tree', '-r', ...RAW, base, head, '--'];
  const entries = range.all ? listAll() : listed(repository, args, parseChanges);
  return store.snapshot({ kind: 'range', isWhole: range.all, base, head, entries }, listAll);
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
  const listAll = () => listTree(repository, head);
  const entries = listAll();
  return new StoredBlobs(repository, `${head}:`).snapshot(
    { kind: 'tree', isWhole: true, base: null, head, entries },
    () => entries,
  );
}

function openWorkTree(repository: Repository): OpenSnapshot {
  const blobs = new StoredBlobs(repository, ':');
  const onDisk = readFromDisk(repository.top);
  const entries = listIndex(repository).flatMap(({ entry, absent }) => {
    if (absent || entry.mode === 'submodule') return [{ ...entry, status: 'unchanged' as const }];
    const mode = onDisk.mode(entry);
    return mode === 'gone' ? [] : [{ ...entry, status: 'unchanged' as const, mode: mode ?? entry.mode, oid: null }];
  });
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
    find: async (paths, maxBytes) => onDisk.find(paths, maxBytes),
    findBefore: async () => new Map(),
    close: () => blobs.close(),
  };
}

/** Reads entries from git's store; `revision` is what `find` looks paths up in: `:` for the index, `COMMIT:` for a tree. */
class StoredBlobs {
  private readonly reader: ObjectReader;

  constructor(
    repository: Repository,
    private readonly revision: string,
  ) {
    this.reader = new ObjectReader(repository.git);
  }

  /** Git starts while we list, which takes as long. */
  start(): this {
    this.reader.start();
    return this;
  }

  snapshot(
    facts: Pick<Snapshot, 'kind' | 'isWhole' | 'base' | 'head' | 'entries'>,
    all: () => readonly Entry[],
  ): OpenSnapshot {
    let listing: readonly Entry[] | undefined;
    return {
      ...facts,
      all: async () => (listing ??= all()),
      read: (entry, maxBytes) => this.read(entry, maxBytes),
      readPrevious: ({ previous }, maxBytes) =>
        previous === null ? noPrevious : this.reader.read(previous.oid, maxBytes),
      find: (paths, maxBytes) => this.find(this.revision, paths, maxBytes),
      findBefore: async (paths, maxBytes) =>
        facts.base === null ? new Map() : this.find(`${facts.base}:`, paths, maxBytes),
      close: () => this.close(),
    };
  }

  read(entry: Entry, maxBytes: number): Blob | Promise<Blob> {
    if (entry.status === 'unmerged') return { ok: false, reason: 'it has a merge conflict that is not resolved' };
    return this.reader.read(entry.oid ?? '', maxBytes);
  }

  private async find(revision: string, paths: readonly string[], maxBytes: number): Promise<Map<string, Blob>> {
    const infos = await Promise.all(paths.map((path) => this.reader.info(revision + path)));
    const found = paths.flatMap((path, at) => (infos[at]?.type === 'blob' ? [{ path, oid: infos[at].oid }] : []));
    const blobs = await Promise.all(found.map(({ oid }) => this.reader.read(oid, maxBytes)));
    return new Map(found.map(({ path }, at) => [path, blobs[at]!]));
  }

  close(): void {
    this.reader.close();
  }
}

const noPrevious: Blob = { ok: false, reason: 'there is no version before this one' };

function listIndex(repository: Repository) {
  return listed(repository, ['ls-files', '-s', '-t', '-z'], parseIndex, (a, b) => byRawPath(a.entry, b.entry));
}

function listTree(repository: Repository, commit: string): Entry[] {
  return listed(repository, ['ls-tree', '-r', '-z', '--full-tree', commit, '--'], parseTree);
}

function listed<T>(
  { git }: Repository,
  args: readonly string[],
  parse: (raw: Buffer) => T[],
  order: (a: T, b: T) => number = byRawPath as never,
): T[] {
  const raw = git.run(args);
  try {
    return parse(raw).sort(order);
  } catch (cause) {
    if (cause instanceof RangeError) throw gitFailed(args, 0, cause.message);
    throw cause;
  }
}

/** Both ends as commit ids, the first as the merge base, so that a range holds what the change brings and not what it lacks. */
function resolveRange({ git, shallow }: Repository, from: string, to: string) {
  const base = commitId(git, from);
  const head = commitId(git, to);
  const { code, stdout, stderr } = git.attempt(['merge-base', base, head]);
  if (code === 0) return { base: stdout.toString('latin1').trim(), head };
  throw new PolicyError('RANGE_UNKNOWN', {
    what: 'The two ends of the range have no common commit here',
    where: `${from}..${to}`,
    why: shallow
      ? 'this clone is shallow: its history ends before the commit they share'
      : stderr.trim() || 'their histories are unrelated',
    fix: shallow
      ? 'Fetch the history, for instance: git fetch --unshallow'
      : 'Name a base that the change was branched from',
  });
}

function commitId(git: Repository['git'], name: string): string {
  const { code, stdout, stderr } = git.attempt([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  if (code === 0) return stdout.toString('latin1').trim();
  throw new PolicyError('RANGE_UNKNOWN', {
    what: 'A commit of the range is not in this repository',
    where: name,
    why:
      stderr.trim() ||
      `"${name}" names no commit here; a shallow clone, or a branch that was not fetched, has this effect`,
    fix: `Fetch it, for instance: git fetch origin ${/^[\w./-]+$/.test(name) ? name.replace(/^origin\//, '') : 'BRANCH'}`,
  });
}
