import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { firstLine, realPath } from './disk.js';

/** Set by git for its hooks or by its user, and bound to one repository; none of them may reach git for another one. */
export const OF_ONE_REPOSITORY: readonly string[] = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_SHALLOW_FILE',
  'GIT_GRAFT_FILE',
];

/** Would change what plumbing prints, or let it do more than read. */
export const BENDING: readonly string[] = [
  'GIT_PREFIX',
  'GIT_INTERNAL_SUPER_PREFIX',
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
 * The environment for the repository that was found from the folder. `git commit FILE` puts what will be committed in an index of
 * its own and names it in `GIT_INDEX_FILE`, so that name is kept; not so when it is another repository's (a hook that runs us in a
 * submodule), where it would show us that one's files.
 */
export function environmentFor(env: NodeJS.ProcessEnv, repository: { top: string; gitDir: string }): NodeJS.ProcessEnv {
  const index = env.GIT_INDEX_FILE;
  return index !== undefined && isForeign(resolve(repository.top, index), repository.gitDir)
    ? withoutRepository(env)
    : env;
}

/** What git itself calls an index; other names in a git folder are those of a tool, for the repository that it works on. */
const GITS_OWN = /^(index|index\.lock|next-index-\d+\.lock)$/;

function isForeign(index: string, gitDir: string): boolean {
  const folder = realPath(dirname(index));
  if (folder === undefined || !statSync(folder).isDirectory()) return true; // another's `.git/index`: our `.git` is a file
  if (folder === gitDir || !isGitFolder(folder)) return false;
  return folder !== commonFolder(gitDir) || GITS_OWN.test(basename(index));
}

/** Whether a folder is what git calls a git dir: of a repository, or of one of its linked work trees. */
export function isGitFolder(folder: string): boolean {
  return (
    existsSync(join(folder, 'commondir')) || (existsSync(join(folder, 'objects')) && existsSync(join(folder, 'refs')))
  );
}

/** Of a linked work tree the git folder of the repository itself; of any other its own. */
function commonFolder(gitDir: string): string {
  const up = firstLine(join(gitDir, 'commondir'));
  return up === undefined ? gitDir : (realPath(resolve(gitDir, up)) ?? gitDir);
}
