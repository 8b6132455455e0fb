import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PolicyError } from '../errors.js';

/**
 * Puts a new text in place of a file's, in one step: whoever reads the file sees the old text or the new one, also when the process
 * or the machine stops in between. The mode is kept, and behind a symbolic link it is the target that changes. Hard links are parted.
 * @param expected the text that the new one was made from; a file that holds another by now is left alone
 * @throws PolicyError CONFIG_UNWRITABLE, and the file is as it was
 */
export function replaceFile(path: string, expected: string, text: string): void {
  const temporary: { path?: string } = {};
  try {
    const target = realpathSync(path);
    refuseUnlessSame(path, target, expected);
    accessSync(target, constants.W_OK); // a rename would also replace what is read-only
    temporary.path = join(dirname(target), `.nonstop-${randomUUID()}.tmp`);
    writeWhole(temporary.path, text, statSync(target));
    refuseUnlessSame(path, target, expected);
    renameSync(temporary.path, target);
    syncFolder(dirname(target));
  } catch (cause) {
    if (temporary.path !== undefined) rmSync(temporary.path, { force: true });
    if (cause instanceof PolicyError) throw cause;
    throw unwritable(
      path,
      (cause as Error).message,
      'Make it a file that you may write, in a folder that you may',
      cause,
    );
  }
}

/** Compared as bytes, so that a file that is not UTF-8 is never taken for its own decoding. */
function refuseUnlessSame(path: string, target: string, expected: string): void {
  if (readFileSync(target).equals(Buffer.from(expected))) return;
  throw unwritable(path, 'it changed since it was read, or is not in UTF-8', 'Run the command again');
}

function writeWhole(path: string, text: string, { mode, uid, gid }: Stats): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    keepOwner(file, uid, gid);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** For root, as in a container; anyone else may not give files away, and theirs it is then. */
function keepOwner(file: number, uid: number, gid: number): void {
  try {
    fchownSync(file, uid, gid);
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** So that the new name lasts too; not every system has it, and the file is whole without. */
function syncFolder(folder: string): void {
  try {
    const opened = openSync(folder, 'r');
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch {
    // the file is replaced already, which is not to be reported as a failure
  }
}

function unwritable(where: string, why: string, fix: string, cause?: unknown): PolicyError {
  return new PolicyError('CONFIG_UNWRITABLE', { what: 'The config could not be written', where, why, fix }, { cause });
}
