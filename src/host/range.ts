import { PolicyError } from '../errors.js';
import type { Repository } from './repository.js';

/** Both ends as commit ids, the first as the merge base, so that a range holds what the change brings and not what it lacks. */
export function resolveRange(repository: Repository, from: string, to: string) {
  const { git, shallow } = repository;
  const [base, head] = [commitId(repository, from), commitId(repository, to)];
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

function commitId({ git, head }: Repository, name: string): string {
  if (name === 'HEAD' && head !== null) return head; // a branch of this name does not come into it
  const { code, stdout, stderr } = git.attempt(['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`]);
  const isId = /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(name); // that is what it means, whatever a branch is called
  if (code !== 0) throw unknownCommit(name, stderr);
  if (!isId && /refname '.*' is ambiguous/.test(stderr)) throw ambiguous(name);
  return stdout.toString('latin1').trim();
}

function unknownCommit(name: string, stderr: string): PolicyError {
  const said = stderr.replace(/^fatal: Needed a single revision$/m, '').trim();
  return new PolicyError('RANGE_UNKNOWN', {
    what: 'A commit of the range is not in this repository',
    where: name,
    why: said || `"${name}" names no commit here; a shallow clone, or a branch that was not fetched, has this effect`,
    fix: `Fetch it, for instance: git fetch origin ${/^\w[\w./-]*$/.test(name) ? name.replace(/^origin\//, '') : 'BRANCH'}`,
  });
}

/** Git would take a tag before a branch, and a tag is easily pushed: with one that stands at HEAD the range would be empty. */
function ambiguous(name: string): PolicyError {
  return new PolicyError('RANGE_UNKNOWN', {
    what: 'A commit of the range is named by two refs',
    where: name,
    why: `"${name}" is ambiguous: a tag or another branch has the same name`,
    fix: 'Write the ref in full, such as refs/heads/main or refs/remotes/origin/main',
  });
}
