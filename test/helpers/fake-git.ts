import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoted } from './scenario.js';

const REAL = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/**
 * A `git` of `sh` lines, first on PATH. `$REAL` is the true one; `$sub` is the subcommand, found behind the settings that come
 * before it. What the lines do not end by themselves goes on to the true git.
 */
export function fakeGit(folder: string, lines: string): { PATH: string } {
  const find =
    'sub=; skip=; for word in "$@"; do if [ -n "$skip" ]; then skip=; continue; fi; case "$word" in -c) skip=1;; -*) ;; *) sub=$word; break;; esac; done';
  writeFileSync(join(folder, 'git'), `#!/bin/sh\nREAL=${quoted(REAL)}\n${find}\n${lines}\nexec "$REAL" "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return { PATH: `${folder}:${process.env.PATH}` };
}

/** A git that writes down each subcommand it is started with. */
export function countingGit(folder: string) {
  const log = join(folder, 'log');
  const env = fakeGit(folder, `echo "$sub" >> ${quoted(log)}`);
  return { env, started: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) };
}
