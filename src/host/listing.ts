import type { Entry, Mode, Status } from '../rule/index.js';
import { displayPath } from './paths.js';

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

/**
 * Parses `--raw -z --no-abbrev` output of `diff-index` or `diff-tree`: `:MODE MODE OID OID STATUS NUL path NUL`, with two paths
 * for a rename or copy. Deleted files are left out: there is nothing of them to judge.
 * @throws RangeError on anything of another shape, since a misread list would hide files
 */
export function parseChanges(raw: Buffer): Entry[] {
  const fields = splitNul(raw);
  const entries = new Map<string, Entry>(); // an unmerged path is listed twice
  for (let at = 0; at < fields.length; ) {
    const head = fields[at++]?.toString('latin1') ?? '';
    const parts = /^:\d+ (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(head);
    const first = fields[at++];
    if (parts === null || first === undefined) throw new RangeError(`git listed a change as ${JSON.stringify(head)}`);
    const [, mode = '', oldOid = '', oid = '', letter = ''] = parts;
    const moved = letter === 'R' || letter === 'C';
    const rawPath = moved ? fields[at++] : first;
    if (letter === 'D') continue;
    const status = STATUS[letter];
    if (status === undefined || rawPath === undefined) throw new RangeError(`git listed a change as "${letter}"`);
    const previous = /^0+$/.test(oldOid) ? null : { path: displayPath(first), oid: oldOid };
    const entry = { path: displayPath(rawPath), rawPath, mode: modeOf(mode), status, oid, previous };
    const key = rawPath.toString('latin1');
    if (status === 'unmerged' || entries.get(key)?.status !== 'unmerged') entries.set(key, entry);
  }
  return [...entries.values()];
}

/** One line of a listing of the index or of a tree. */
export interface Listed {
  readonly entry: Entry;
  /** Not written to the work tree (sparse checkout). */
  readonly absent: boolean;
}

/** Parses `ls-files -s -t -z`: `TAG MODE OID STAGE TAB path NUL`. Of an unmerged path, listed up to three times, one is kept. */
export function parseIndex(raw: Buffer): Listed[] {
  const seen = new Set<string>();
  const listed: Listed[] = [];
  for (const line of splitNul(raw)) {
    const [parts, rawPath] = cut(line, /^(\S) (\d+) ([0-9a-f]+) (\d)$/);
    const [, tag, mode = '', oid = '', stage] = parts;
    const key = rawPath.toString('latin1');
    if (seen.has(key)) continue;
    seen.add(key);
    const status = stage === '0' ? 'unchanged' : 'unmerged';
    const entry: Entry = { path: displayPath(rawPath), rawPath, mode: modeOf(mode), status, oid, previous: null };
    listed.push({ entry, absent: tag === 'S' });
  }
  return listed;
}

/** Parses `ls-tree -r -z --full-tree`: `MODE TYPE OID TAB path NUL`. */
export function parseTree(raw: Buffer): Entry[] {
  return splitNul(raw).map((line) => {
    const [[, mode = '', oid = ''], rawPath] = cut(line, /^(\d+) [a-z]+ ([0-9a-f]+)$/);
    return { path: displayPath(rawPath), rawPath, mode: modeOf(mode), status: 'unchanged', oid, previous: null };
  });
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
