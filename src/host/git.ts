import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { PolicyError } from '../errors.js';

/** Settings that could still bend the plumbing we use, fixed for every call. */
const FIXED = [
  '--literal-pathspecs', // `:(glob)x` is a file name
  '--no-replace-objects', // refs/replace must not show us other bytes than the ones that are pushed
  '--no-optional-locks',
  '-c',
  'core.quotePath=false',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'submodule.recurse=false',
  '-c',
  'core.warnAmbiguousRefs=true', // a tag `main` would stand for the branch; see commitId
];

/** Starts git in one folder, with one environment. Every argument after a ref or path is guarded by the caller with `--`. */
export class Git {
  constructor(
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Standard output of a git command that must succeed. */
  run(args: readonly string[]): Buffer {
    const { code, stdout, stderr } = this.attempt(args);
    if (code !== 0) throw gitFailed(args, code, stderr);
    return stdout;
  }

  /**
   * Standard output, error text and exit code, for commands whose failure is an answer. It waits for them: the next step needs the
   * answer anyway, and a hook starts some 10 ms faster without the streams of an asynchronous child.
   */
  attempt(args: readonly string[]): { code: number | null; stdout: Buffer; stderr: string } {
    const { status, stdout, stderr, error } = spawnSync('git', [...FIXED, ...args], {
      cwd: this.folder,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: Number.POSITIVE_INFINITY,
      windowsHide: true,
    });
    if (error) throw gitMissing(error, this.folder);
    return { code: status, stdout, stderr: stderr.toString('utf8') };
  }

  /** A running git, for the caller to talk to. */
  start(args: readonly string[], stdio: ('ignore' | 'pipe')[]): ChildProcess {
    return spawn('git', [...FIXED, ...args], { cwd: this.folder, env: this.env, stdio, windowsHide: true });
  }
}

/** A git command ended badly: its own words are the reason. */
export function gitFailed(args: readonly string[], code: number | null, stderr: string): PolicyError {
  const said = stderr.replace(/\u001B\[[\d;]*[A-Za-z]/g, '').trim(); // `color.ui=always` paints errors too
  return new PolicyError('GIT_FAILED', {
    what: 'Git could not answer',
    where: `git ${args.join(' ')}`,
    why: said === '' ? `it ended with ${code === null ? 'a signal' : `exit code ${code}`} and no message` : said,
    fix: suggested(said) ?? 'Run that git command by hand in this folder and mend what it reports',
  });
}

/** Git often prints the command that mends the fault, indented on a line of its own. */
export function suggested(stderr: string): string | undefined {
  const command = /^\s+(git config .*)$/m.exec(stderr)?.[1];
  return command === undefined ? undefined : `If you trust this repository, run: ${command}`;
}

/** Starting git failed. Node.js says ENOENT of a folder that is not there as it does of a program. */
export function gitMissing(cause: Error, folder: string): PolicyError {
  if (!existsSync(folder)) {
    return new PolicyError(
      'USAGE',
      {
        what: 'The folder to check is not there',
        where: folder || 'the current folder',
        why: cause.message,
        fix: 'Go to a folder that exists',
      },
      { cause },
    );
  }
  return new PolicyError(
    'GIT_MISSING',
    {
      what: 'Git could not be started',
      where: 'git, looked up in PATH',
      why: cause.message,
      fix: 'Install git, or add its folder to PATH for this hook',
    },
    { cause },
  );
}
