import { PolicyError } from '../errors.js';
import type { SnapshotKind } from '../rule/index.js';
import { parseChanges } from './listing.js';
import type { Repository } from './repository.js';

/**
 * The files that git calls renamed between the commit that last wrote a file and what is looked at. Asked for only when an accepted
 * finding seems to have moved: it walks the history.
 * @throws PolicyError RANGE_UNKNOWN where a shallow clone ends before that commit: without it every moved finding would look new
 */
export function renamesSince(
  file: string,
  { kind, head }: { kind: SnapshotKind; head: string | null },
  repository: Repository,
) {
  if (head === null) return [];
  const { git, shallow } = repository;
  // not git log, which obeys settings and starts a program where they ask for signatures
  const written = git.run(['rev-list', '-1', '--parents', head, '--', file]).toString('latin1').trim();
  const [commit = head, ...parents] = written === '' ? [head] : written.split(' ');
  if (shallow && parents.length === 0 && written !== '') throw tooShallow(file);
  const options = ['--raw', '-z', '--no-abbrev', '-M', '--ignore-submodules=all'];
  const args =
    kind === 'tree' || kind === 'range'
      ? ['diff-tree', '-r', ...options, commit, head, '--']
      : ['diff-index', ...(kind === 'index' ? ['--cached'] : []), ...options, commit, '--'];
  return parseChanges(git.run(args)).entries.flatMap(({ status, previous, path }) =>
    status === 'renamed' && previous !== null ? [{ from: previous.path, to: path }] : [],
  );
}

function tooShallow(file: string): PolicyError {
  return new PolicyError('RANGE_UNKNOWN', {
    what: 'The history does not reach back to the commit that wrote the baseline',
    where: file,
    why: 'this clone is shallow, and which files were renamed since then cannot be told',
    fix: 'Fetch the history, for instance: git fetch --unshallow',
  });
}
