import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { PolicyError } from '../errors.js';
import { inert } from '../report/escape.js';

/**
 * A failure for people: what, where, why, fix. `mask` takes secrets out of each text, before control characters become escapes:
 * the letters of an escape would hide where a token begins.
 */
export function errorText({ code, help }: PolicyError, mask: (text: string) => string): string {
  const line = (name: string, text: string) => `${name.padEnd(6)} ${shown(text, mask, ' '.repeat(7))}\n`;
  const first = line('error', help.what).trimEnd();
  return `${first}${' '.repeat(Math.max(72 - first.length - code.length, 2))}${code}\n${line('where', help.where)}${line('why', help.why)}${line('fix', help.fix)}`;
}

/** A failure that is a fault of this program: the stack says where. */
export function crashText(error: unknown, mask: (text: string) => string): string {
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return `error  This is a fault in nonstop-policy itself, and nothing was decided\n${shown(stack, mask, '')}\n`;
}

function shown(text: string, mask: (text: string) => string, indent: string): string {
  return mask(text).split(/\r?\n/).map(inert).join(`\n${indent}`);
}

export function writeReport(file: string, text: string): void {
  orUnwritable(file, () => writeFileSync(file, text));
}

/**
 * GitHub's summary of a step: what it has from earlier commands of the step stays. GitHub drops all of it where it is too large, so
 * nothing is added that would make it so.
 * @param render given the bytes that there is room for
 * @returns whether there was room
 */
export function addToSummary(file: string, maxBytes: number, render: (maxBytes: number) => string): boolean {
  return orUnwritable(file, () => {
    const room = maxBytes - (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    const text = render(room);
    if (Buffer.byteLength(text) > room) return false;
    appendFileSync(file, text);
    return true;
  });
}

function orUnwritable<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    throw unwritable(file, cause as Error);
  }
}

export function unwritable(where: string, cause: Error): PolicyError {
  return new PolicyError(
    'REPORT_UNWRITABLE',
    {
      what: 'A report could not be written',
      where,
      why: cause.message,
      fix: 'Name a file in a folder that exists, has room and can be written to',
    },
    { cause },
  );
}
