// Ways to lay out a baseline. Each gives the lines of entries `{ path, rule, message, print }`.
import { createHash } from 'node:crypto';

const byPath = ({ path, rule, message, print }) => `${path} ${rule} ${message} ${print}`;
const byRule = ({ path, rule, message, print }) => `${rule} ${path} ${message} ${print}`;
const byPrint = ({ path, rule, message, print }) => `${print} ${rule} ${message} ${path}`;
const byHash = (entry) => `${hash(entry.print)} ${byPath(entry)}`;

export const OURS = 'fingerprint, 64 marks (ours)';
export const LAYOUTS = {
  path: (entries) => sorted(entries, byPath),
  'rule, then path': (entries) => sorted(entries, byRule),
  'counts by file and rule, JSON': countsAsJson,
  'hash of each entry': (entries) => sorted(entries, byHash),
  'hash of each entry, 64 marks': (entries) => sorted(entries, byHash, 64),
  fingerprint: (entries) => sorted(entries, byPrint),
  'fingerprint, a blank line after each': (entries) => sorted(entries, byPrint).flatMap((line) => [line, '']),
  'fingerprint, 16 marks': (entries) => sorted(entries, byPrint, 16),
  [OURS]: (entries) => sorted(entries, byPrint, 64),
  'fingerprint, 256 marks': (entries) => sorted(entries, byPrint, 256),
};

/** Marks are lines that stay, whatever is removed. */
function sorted(entries, toLine, marks = 0) {
  const standing = Array.from({ length: marks }, (_, at) => ((at * 256) / marks).toString(16).padStart(2, '0'));
  return [...standing, ...entries.map(toLine)].sort();
}

/** As ESLint's bulk suppressions: a swap of two findings is not seen. */
function countsAsJson(entries) {
  const files = {};
  for (const { path, rule } of [...entries].sort((a, b) => (byPath(a) < byPath(b) ? -1 : 1))) {
    files[path] ??= {};
    files[path][rule] ??= { count: 0 };
    files[path][rule].count++;
  }
  return JSON.stringify(files, null, 2).split('\n');
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
