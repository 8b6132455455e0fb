/** `symlink`: its bytes are the link's target text. `submodule`: a commit id, without bytes in this repository. */
export type Mode = 'file' | 'executable' | 'symlink' | 'submodule';

/** What a change does to an entry; `unchanged` where no change is looked at (`tree`, `worktree`). */
export type Status = 'added' | 'copied' | 'modified' | 'renamed' | 'type-changed' | 'unmerged' | 'unchanged';

/** One file of what is being decided. */
export interface Entry {
  /** From the repository's root, with `/`. Bytes that are not UTF-8 are percent-encoded: for people and reports, not a key. */
  readonly path: string;
  /** The path as git holds it. */
  readonly rawPath: Uint8Array;
  readonly mode: Mode;
  readonly status: Status;
  /** Object id in git's store; `null` where the bytes are those on disk. */
  readonly oid: string | null;
  /** The same file before the change; `null` for a new one, or where no change is looked at. */
  readonly previous: { readonly path: string; readonly oid: string } | null;
}

/** Bytes, or the reason why there are none. Absence of bytes is never an empty file. */
export type Blob = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string };

export type SnapshotKind = 'index' | 'range' | 'tree' | 'worktree';

/** A read-only view of what is being decided. Nothing that holds one can change the repository through it. */
export interface Snapshot {
  readonly kind: SnapshotKind;
  /** Commit id that a change is compared with; `null` for a first commit, or where no change is looked at. */
  readonly base: string | null;
  /** Commit id of HEAD, or of the range's end; `null` before the first commit. */
  readonly head: string | null;
  /** Whether `entries` are all there are: no change is looked at. */
  readonly isWhole: boolean;
  /** The entries to be judged, in path order: what the change brings, or everything. Deleted files are not among them. */
  readonly entries: readonly Entry[];
  /** Every entry, changed or not, in path order. Listed on the first call only. */
  all(): Promise<readonly Entry[]>;
  /** The bytes of an entry; more than `maxBytes` are not loaded. Rejects only when git itself fails. */
  read(entry: Entry, maxBytes: number): Blob | Promise<Blob>;
  /** The bytes of `entry.previous`. */
  readPrevious(entry: Entry, maxBytes: number): Blob | Promise<Blob>;
}

/** Lines from `start` to `end`, both counted from 1 and included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}
