import type { Entry, Mode, Status } from '../rule/index.js';
import { byRawPath, displayPath } from './paths.js';

const STATUS: Record<string, Status> = {
  A: 'added',
  C: 'copied',
  M: 'modified',
  R: 'renamed',
  T: 'type-changed',
  U: 'unmerged',
};

/** A mode that git writes, `100644`, as ours. */
export function modeOf(octal: string): Mode {
  if (octal === '120000') return 'symlink';
  if (octal === '160000') return 'submodule';
  return octal === '100755' ? 'executable' : 'file';
}

/** What differs between two sides. */
export interface Changes {
  /** What the new side has. */
  readonly entries: Entry[];
  /** Paths, one character a byte, that only the old side has: deleted, or renamed to another. */
  readonly gone: ReadonlySet<string>;
}

/**
 * Parses `--raw -z --no-abbrev` output of `diff-index` or `diff-tree`: `:MODE MODE OID OID STATUS NUL path NUL`, with two paths
 * for a rename or copy.
 * @throws RangeError on anything of another shape, since a misread list would hide files
 */
export function parseChanges(raw: Buffer): Changes {
  const fields = splitNul(raw);
  const entries = new Map<string, Entry>(); // an unmerged path is listed twice
  const gone = new Set<string>();
  for (let at = 0; at < fields.length; ) {
    const head = fields[at++]?.toString('latin1') ?? '';
    const parts = CHANGE.exec(head);
    const first = fields[at++];
    if (parts === null || first === undefined) throw new RangeError(`git listed a change as ${JSON.stringify(head)}`);
    const [, mode = '', oldOid = '', oid = '', letter = ''] = parts;
    const rawPath = letter === 'R' || letter === 'C' ? fields[at++] : first;
    if (letter === 'D' || letter === 'R') gone.add(key(first));
    if (letter === 'D') continue;
    const status = STATUS[letter];
    if (status === undefined || rawPath === undefined) throw new RangeError(`git listed a change as "${letter}"`);
    if (status !== 'unmerged') refuseNothing(rawPath, oid);
    const previous = /^0+$/.test(oldOid) ? null : { path: displayPath(first), oid: oldOid };
    const entry = { path: displayPath(rawPath), rawPath, mode: modeOf(mode), status, oid, previous };
    if (entries.get(key(rawPath))?.status !== 'unmerged') entries.set(key(rawPath), entry);
  }
  return { entries: [...entries.values()].sort(byRawPath), gone };
}

const OID = '[0-9a-f]{40}(?:[0-9a-f]{24})?';
const CHANGE = new RegExp(`^:\\d+ (\\d+) (${OID}) (${OID}) ([A-Z])\\d*$`);
const IN_INDEX = new RegExp(`^(\\S) (\\d+) (${OID}) (\\d)$`);
const IN_TREE = new RegExp(`^(\\d+) [a-z]+ (${OID})(?: +(\\d+|-|BAD))?$`);

/** A path as the key of a map: one character a byte. */
export function key(rawPath: Uint8Array): string {
  return Buffer.from(rawPath.buffer, rawPath.byteOffset, rawPath.length).toString('latin1');
}

/** One line of a listing of the index or of a tree. */
export interface Listed {
  readonly entry: Entry;
  /** Not written to the work tree (sparse checkout). */
  readonly absent: boolean;
}

/**
 * Parses `ls-files -s -t -z`: `TAG MODE OID STAGE TAB path NUL`. Of an unmerged path, listed up to three times, one is kept.
 * @throws RangeError on anything of another shape, and on a file that is listed twice: which of them is committed cannot be told
 */
export function parseIndex(raw: Buffer): Listed[] {
  const seen = new Set<string>();
  const listed: Listed[] = [];
  for (const line of splitNul(raw)) {
    const [parts, rawPath] = cut(line, IN_INDEX);
    const [, tag, mode = '', oid = '', stage] = parts;
    refuseNothing(rawPath, oid);
    if (seen.has(key(rawPath))) {
      if (stage === '0') throw new RangeError(`git listed ${JSON.stringify(displayPath(rawPath))} twice`);
      continue;
    }
    seen.add(key(rawPath));
    const status = stage === '0' ? 'unchanged' : 'unmerged';
    const entry: Entry = { path: displayPath(rawPath), rawPath, mode: modeOf(mode), status, oid, previous: null };
    listed.push({ entry, absent: tag === 'S' });
  }
  return listed.sort((a, b) => byRawPath(a.entry, b.entry));
}

/** Parses `ls-tree -r -z --full-tree`: `MODE TYPE OID TAB path NUL`; with `-l` a size before the tab, `-` or `BAD` where git has none. */
export function parseTree(raw: Buffer, sizes = new Map<string, number>()): Entry[] {
  const entries = splitNul(raw).map((line): Entry => {
    const [[, mode = '', oid = '', size = ''], rawPath] = cut(line, IN_TREE);
    if (/^\d/.test(size)) sizes.set(oid, Number(size));
    return { path: displayPath(rawPath), rawPath, mode: modeOf(mode), status: 'unchanged', oid, previous: null };
  });
  return entries.sort(byRawPath);
}

/** One name of a tree object. */
export interface TreeItem {
  readonly mode: Mode | 'folder';
  readonly oid: string;
}

/** Parses a tree object, `MODE SPACE name NUL ID`, whose ids are bytes. By name, one character a byte. */
export function parseTreeObject(bytes: Buffer, idBytes: number): Map<string, TreeItem> {
  const items = new Map<string, TreeItem>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, Math.max(space, at));
    if (end === -1 || end + 1 + idBytes > bytes.length || !/^[0-7]{5,6}$/.test(mode)) {
      throw new RangeError('git gave a tree of another shape');
    }
    const oid = bytes.toString('hex', end + 1, end + 1 + idBytes);
    const name = bytes.toString('latin1', space + 1, end);
    items.set(name, { mode: mode.endsWith('40000') ? 'folder' : modeOf(mode), oid });
    at = end + 1 + idBytes;
  }
  return items;
}

/** Git reads an index that was cut short as files without a name, which `ls-files` calls `./`, and says nothing. */
function refuseNothing(rawPath: Buffer, oid: string): void {
  if (rawPath.length === 0 || key(rawPath) === './' || /^0+$/.test(oid))
    throw new RangeError('git listed a file without a name or id: the index is damaged');
}

function cut(line: Buffer, shape: RegExp): [RegExpExecArray, Buffer] {
  const tab = line.indexOf(9);
  const parts = shape.exec(line.toString('latin1', 0, Math.max(tab, 0)));
  if (parts === null) throw new RangeError(`git listed a file as ${JSON.stringify(line.toString('latin1'))}`);
  return [parts, line.subarray(tab + 1)];
}

function splitNul(raw: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let from = 0; from < raw.length; ) {
    const end = raw.indexOf(0, from);
    if (end === -1) throw new RangeError('git cut a list short: it does not end with NUL');
    fields.push(raw.subarray(from, end));
    from = end + 1;
  }
  return fields;
}
