import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { replaceFile } from './replace-file.js';

/** Makes a file hold a text, in one step where there is one already, and not at all where it holds it. */
export function writeText(path: string, text: string): void {
  if (!existsSync(path)) {
    writeFileSync(path, text, { flag: 'wx' });
    return;
  }
  const before = readFileSync(path, 'utf8');
  if (before !== text) replaceFile(path, before, text);
}
