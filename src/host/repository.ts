import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { PolicyError } from '../errors.js';
import { environmentFor, plumbingEnvironment, withoutRepository } from './environment.js';
import { Git, gitFailed, suggested } from './git.js';

/** A repository with a work tree, and git started at its top. */
export interface Repository {
  readonly git: Git;
  /** Absolute path of the top of the work tree. */
  readonly top: string;
  /** Commit id of HEAD; `null` before the first commit. */
  readonly head: string | null;
  readonly shallow: boolean;
  /** The id of the tree without entries, in this repository's object format. */
  readonly emptyTree: string;
}

/** Ids of the empty tree, fixed by git's object formats. @source `git hash-object -t tree /dev/null` */
const EMPTY_TREE: Record<string, string> = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

const QUESTIONS = ['--show-cdup', '--is-shallow-repository', '--show-object-format', '--absolute-git-dir'];

/** Finds the repository around a folder. One git process, two where the environment alone knows the repository. */
export function openRepository(folder: string, env: NodeJS.ProcessEnv): Repository {
  const plain = plumbingEnvironment(env);
  // GIT_DIR without GIT_WORK_TREE would make any folder the top, so the folder is asked first
  const named = plain.GIT_DIR !== undefined && plain.GIT_WORK_TREE !== undefined;
  const found = ask(folder, named ? plain : withoutRepository(plain));
  if (found.ok) {
    const kept = named ? plain : environmentFor(plain, found);
    return { ...found, git: new Git(found.top, kept) };
  }
  if (!named && plain.GIT_DIR !== undefined) {
    const byName = ask(folder, plain);
    if (byName.ok) return { ...byName, git: new Git(byName.top, plain) };
  }
  throw notFound(folder, found.stderr);
}

function ask(folder: string, env: NodeJS.ProcessEnv) {
  const args = ['rev-parse', ...QUESTIONS, '--revs-only', 'HEAD'];
  const { code, stdout, stderr } = new Git(folder, env).attempt(args);
  if (code !== 0) return { ok: false, stderr } as const;
  const [up = '', shallow, format = '', ...rest] = stdout.toString('utf8').replace(/\n$/, '').split('\n');
  const head = /^[0-9a-f]{40,64}$/.test(rest.at(-1) ?? '') ? (rest.pop() ?? null) : null;
  const emptyTree = EMPTY_TREE[format];
  if (emptyTree === undefined) throw gitFailed(args, code, `"${format}" is not an object format known here`);
  const top = realpathSync(resolve(folder, up));
  return { ok: true, top, gitDir: rest.join('\n'), shallow: shallow === 'true', head, emptyTree } as const;
}

function notFound(folder: string, stderr: string): PolicyError {
  return new PolicyError('REPOSITORY_MISSING', {
    what: 'There is no repository that git can read here',
    where: folder,
    why: stderr.trim(),
    fix: suggested(stderr) ?? 'Run this inside the work tree of a git repository, or run git init first',
  });
}
