import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { PolicyError } from '../errors.js';
import { firstLine, realPath } from './disk.js';
import { environmentFor, isGitFolder, plumbingEnvironment, withoutRepository } from './environment.js';
import { Git, gitFailed, suggested } from './git.js';

/** A repository, and git started at its top. */
export interface Repository {
  readonly git: Git;
  /** Absolute path of the top of the work tree; of the git folder where `hasWorkTree` is not. */
  readonly top: string;
  /** Not so in a bare repository, and inside of a git folder, where a hook of the receiving side runs. */
  readonly hasWorkTree: boolean;
  /** Commit id of HEAD; `null` before the first commit. */
  readonly head: string | null;
  readonly shallow: boolean;
  /** The id of the tree without entries, in this repository's object format. */
  readonly emptyTree: string;
}

/** What git says of the repository around a folder. */
interface Found extends Omit<Repository, 'git'> {
  readonly gitDir: string;
}

/** Ids of the empty tree, fixed by git's object formats. @source `git hash-object -t tree /dev/null` */
const EMPTY_TREE: Record<string, string> = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

/** Finds the repository around a folder: one git process, and more only where an environment and the folder disagree. */
export function openRepository(folder: string, env: NodeJS.ProcessEnv): Repository {
  const { found, kept } = choose(folder, plumbingEnvironment(env));
  const { gitDir, ...repository } = found;
  // named outright, so that each further git looks at the same repository, whatever lies around the folder it runs in
  const fixed = { GIT_DIR: gitDir, GIT_WORK_TREE: found.hasWorkTree ? found.top : undefined };
  return { ...repository, git: new Git(found.top, { ...kept, ...fixed }) };
}

interface Chosen {
  readonly found: Found;
  readonly kept: NodeJS.ProcessEnv;
}

/**
 * Which repository is meant, and the environment for it. Git sets `GIT_DIR` for the hooks of a linked work tree, a submodule and a
 * repository whose git folder lies elsewhere, and there it is right. It is wrong when such a hook goes to another repository first.
 */
function choose(folder: string, env: NodeJS.ProcessEnv): Chosen {
  if (env.GIT_DIR === undefined) return byFolder(folder, env);
  const named = ask(folder, env);
  if ('stderr' in named) return lostOnTheWay(folder, env, named);
  const around = repositoryAround(folder);
  if (around?.gitDir === named.gitDir) {
    // without an absolute GIT_WORK_TREE, GIT_DIR makes any folder the top
    const isTop = isAbsolute(env.GIT_WORK_TREE ?? '') || (folder === around.top && folder === named.top);
    return isTop ? { found: named, kept: environmentFor(env, named) } : byFolder(folder, env);
  }
  const isOther = around !== undefined && isElsewhere(around, named, folder, env);
  return isOther ? byFolder(folder, withoutRepository(env)) : { found: named, kept: env };
}

function byFolder(folder: string, env: NodeJS.ProcessEnv): Chosen {
  const found = ask(folder, withoutRepository(env));
  if ('stderr' in found) throw notFound(folder, found);
  return { found, kept: environmentFor(env, found) };
}

/** A relative `GIT_DIR=.git` names nothing from a subfolder, to which a hook may have gone; from the top it does. */
function lostOnTheWay(folder: string, env: NodeJS.ProcessEnv, refusal: Refusal): Chosen {
  const found = ask(folder, withoutRepository(env));
  if ('stderr' in found || realPath(resolve(found.top, env.GIT_DIR ?? '')) !== found.gitDir) {
    throw notFound(folder, refusal);
  }
  return { found, kept: environmentFor(env, found) };
}

/** Where a `.git` stands, and the git folder that it is or names. */
interface Around {
  readonly top: string;
  readonly gitDir: string;
}

/**
 * Whether the repository around the folder is another than the one that `GIT_DIR` names, and not just where that one's work tree
 * lies: it is a submodule of it, it is nested in the work tree, or the folder is no part of the work tree.
 */
function isElsewhere(around: Around, named: Found, folder: string, env: NodeJS.ProcessEnv): boolean {
  if (isAbsolute(env.GIT_WORK_TREE ?? '')) return false; // set by a person; git gives its hooks a relative one
  if (isWithin(around.gitDir, join(named.gitDir, 'modules'))) return true;
  const workTree = workTreeOf(named, env);
  if (workTree === undefined) return false;
  return !isWithin(folder, workTree) || (around.top !== workTree && isWithin(around.top, workTree));
}

/** Where the work tree of a git folder is by itself, without regard to the folder one stands in. */
function workTreeOf({ gitDir }: Found, env: NodeJS.ProcessEnv): string | undefined {
  const linked = firstLine(join(gitDir, 'gitdir'));
  if (linked !== undefined) return realPath(dirname(resolve(gitDir, linked)));
  const { code, stdout } = new Git(gitDir, env).attempt(['config', '--null', '--get', 'core.worktree']);
  if (code === 0) return realPath(resolve(gitDir, stdout.toString('utf8').replace(/\0$/, '')));
  return basename(gitDir) === '.git' ? dirname(gitDir) : undefined;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The nearest `.git` on the way up, without starting git. */
function repositoryAround(folder: string): Around | undefined {
  for (let top = folder; ; top = dirname(top)) {
    const dotGit = join(top, '.git');
    const [, linked] = /^gitdir: (.*)$/.exec(firstLine(dotGit) ?? '') ?? [];
    const gitDir = realPath(linked === undefined ? dotGit : resolve(top, linked));
    if (gitDir !== undefined && isGitFolder(gitDir)) return { top, gitDir };
    if (dirname(top) === top) return undefined;
  }
}

/** Git's own words on why there is no repository. */
interface Refusal {
  readonly stderr: string;
}

/** In this order: what follows the first three may hold newlines, and the fourth may be left out. */
const QUESTIONS = [
  '--is-inside-work-tree',
  '--is-shallow-repository',
  '--show-object-format',
  '--show-cdup',
  '--absolute-git-dir',
];

function ask(folder: string, env: NodeJS.ProcessEnv): Found | Refusal {
  const git = new Git(folder, env);
  const args = ['rev-parse', ...QUESTIONS, '--revs-only', 'HEAD'];
  const { code, stdout, stderr } = git.attempt(args);
  if (code !== 0) return { stderr };
  const [inside, shallow, format = '', ...rest] = stdout.toString('utf8').replace(/\n$/, '').split('\n');
  const head = /^[0-9a-f]{40,64}$/.test(rest.at(-1) ?? '') ? (rest.pop() ?? null) : null;
  const emptyTree = EMPTY_TREE[format];
  if (emptyTree === undefined) throw gitFailed(args, code, `"${format}" is not an object format known here`);
  const workTree = inside === 'true' ? resolve(folder, rest.shift() ?? '') : workTreeAfar(git);
  if (inside !== 'true' && workTree !== undefined) rest.splice(0, workTree.split('\n').length);
  const gitDir = realPath(rest.join('\n'));
  const top = workTree === undefined ? gitDir : realPath(workTree);
  if (gitDir === undefined || top === undefined) throw gitFailed(args, code, 'it names a folder that is not there');
  return { top, hasWorkTree: workTree !== undefined, gitDir, shallow: shallow === 'true', head, emptyTree };
}

/** The work tree, for a folder that is outside of it (the setting `core.worktree`). */
function workTreeAfar(git: Git): string | undefined {
  const { code, stdout } = git.attempt(['rev-parse', '--show-toplevel']);
  return code === 0 ? stdout.toString('utf8').replace(/\n$/, '') : undefined;
}

function notFound(folder: string, { stderr }: Refusal): PolicyError {
  return new PolicyError('REPOSITORY_MISSING', {
    what: 'There is no repository that git can read here',
    where: folder || 'the current folder',
    why: stderr.trim() || 'git gave no reason',
    fix: suggested(stderr) ?? 'Run this inside the work tree of a git repository, or run git init first',
  });
}
