import { PolicyError } from '../errors.js';
import type { SnapshotKind } from '../rule/index.js';
import { parseChanges } from './listing.js';
import type { Repository } from './repository.js';

interface Moved {
  readonly from: string;
  readonly to: string;
}

const CHANGES = ['--raw', '-z', '--no-abbrev', '-M', '--ignore-submodules=all'];
/** How many paths one call of git is given. */
const AT_ONCE = 500;

/**
 * What files that are gone are called now: each is followed from the commit that took it away, however long ago, and then through the
 * index or work tree. So it does not matter when the file was last written that still speaks of the old name.
 * @throws PolicyError RANGE_UNKNOWN where a shallow clone does not reach back to that commit: else all that moved would look new
 */
export function renamesOf(
  paths: readonly string[],
  { kind, head }: { kind: SnapshotKind; head: string | null },
  repository: Repository,
): Moved[] {
  if (head === null || paths.length === 0) return [];
  const committed = namesIn(head, paths, repository);
  const uncommitted = kind === 'index' || kind === 'worktree' ? changesSince(head, kind, repository) : new Map();
  return [...committed]
    .map(([from, name]) => ({ from, to: uncommitted.get(name) ?? name }))
    .filter(({ from, to }) => from !== to);
}

function changesSince(head: string, kind: 'index' | 'worktree', repository: Repository): Map<string, string> {
  return renamed(repository, ['diff-index', ...(kind === 'index' ? ['--cached'] : []), ...CHANGES, head, '--']);
}

function renamed({ git }: Repository, args: readonly string[]): Map<string, string> {
  const moves = parseChanges(git.run(args)).entries.flatMap(({ status, previous, path }) =>
    status === 'renamed' && previous !== null ? [[previous.path, path] as const] : [],
  );
  return new Map(moves);
}

interface Trail {
  readonly from: string;
  readonly name: string;
  /** The commit that gave it this name. */
  readonly since: string | null;
}

/** Path → its name in a commit; without those that were deleted on the way, or were never there. */
function namesIn(head: string, paths: readonly string[], repository: Repository): Map<string, string> {
  const tree = repository.git.run(['ls-tree', '-r', '-z', '--name-only', '--full-tree', head, '--']);
  const there = new Set(tree.toString('utf8').split('\0'));
  const names = new Map(paths.filter((path) => there.has(path)).map((path) => [path, path]));
  const moves = new Map<string, Map<string, string>>();
  let trails = paths.filter((path) => !there.has(path)).map((path): Trail => ({ from: path, name: path, since: null }));
  while (trails.length > 0) {
    const next: Trail[] = [];
    for (const [since, group] of groupBy(trails)) {
      const range = since === null ? head : `${since}..${head}`;
      const deleted = deletions(
        range,
        group.map(({ name }) => name),
        repository,
      );
      for (const { from, name } of group) {
        const commit = deleted.get(name);
        if (commit === undefined && since !== null) names.set(from, name);
        if (commit === undefined && since === null && repository.shallow) throw tooShallow(from);
        if (commit === undefined) continue;
        const changes =
          moves.get(commit) ?? renamed(repository, ['diff-tree', '-r', ...CHANGES, `${commit}^`, commit, '--']);
        moves.set(commit, changes);
        const to = changes.get(name);
        if (to !== undefined) next.push({ from, name: to, since: commit });
      }
    }
    trails = next;
  }
  return names;
}

function groupBy(trails: readonly Trail[]): Map<string | null, Trail[]> {
  const groups = new Map<string | null, Trail[]>();
  for (const trail of trails) groups.set(trail.since, [...(groups.get(trail.since) ?? []), trail]);
  return groups;
}

/** Path → the last commit that took it away. */
function deletions(range: string, paths: readonly string[], { git }: Repository): Map<string, string> {
  const found = new Map<string, string>();
  // unlike plumbing it obeys settings, one of which starts a program to look at signatures
  const plain = ['-c', 'log.showSignature=false', '-c', 'log.follow=false', 'log', '--no-relative', '-O/dev/null'];
  const args = [...plain, '--format=%H', '--no-renames', '--diff-filter=D', '--name-only', '-z', range, '--'];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const fields = git
      .run([...args, ...paths.slice(at, at + AT_ONCE)])
      .toString('utf8')
      .split('\0');
    let commit = '';
    for (const [index, field] of fields.entries()) {
      // a commit's id, and then its paths, the first of them after a line break
      if (/^[0-9a-f]{40,64}$/.test(field) && fields[index + 1]?.startsWith('\n')) commit = field;
      else {
        const path = field.replace(/^\n/, '');
        if (!found.has(path)) found.set(path, commit);
      }
    }
  }
  return found;
}

function tooShallow(path: string): PolicyError {
  return new PolicyError('RANGE_UNKNOWN', {
    what: 'The history does not reach back to the commit that took a file away',
    where: path,
    why: 'this clone is shallow, and whether the file, which has findings in the baseline, was renamed cannot be told',
    fix: 'Fetch the history, for instance: git fetch --unshallow',
  });
}
