import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** Set by git for its hooks or by its user, and bound to one repository; none of them may reach git for another one. */
const OF_ONE_REPOSITORY = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_SHALLOW_FILE',
  'GIT_GRAFT_FILE',
];

/** Would change what plumbing prints, or let it do more than read. */
const BENDING = [
  'GIT_PREFIX',
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_REPLACE_REF_BASE',
];

/** The user's environment, in a form that plumbing prints the same under every locale and every hook. */
export function plumbingEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const plain = { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
  return without(plain, BENDING);
}

/** For a git that shall find its repository from its folder alone. */
export function withoutRepository(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return without(env, OF_ONE_REPOSITORY);
}

function without(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  const copy = { ...env };
  for (const name of names) delete copy[name];
  return copy;
}

/**
 * The environment for a repository that was found from the folder alone. `git commit FILE` puts what will be committed in an index
 * of its own and names it in `GIT_INDEX_FILE`, so that name is kept; not so when it lies in another repository (a hook that
 * runs us in a submodule), where it would show us that one's files.
 */
export function environmentFor(env: NodeJS.ProcessEnv, repository: { top: string; gitDir: string }): NodeJS.ProcessEnv {
  const given = env.GIT_DIR;
  if (given !== undefined && resolve(repository.top, given) !== repository.gitDir) return withoutRepository(env);
  const kept = without(env, ['GIT_DIR', 'GIT_WORK_TREE']);
  const index = env.GIT_INDEX_FILE;
  if (index === undefined) return kept;
  return isForeign(index, repository) ? withoutRepository(env) : kept;
}

function isForeign(index: string, { top, gitDir }: { top: string; gitDir: string }): boolean {
  const folder = dirname(isAbsolute(index) ? index : join(top, index));
  if (folder === gitDir) return false;
  return !existsSync(folder) || existsSync(join(folder, 'HEAD')); // another repository's own folder; or `.git`, where that is a file
}
