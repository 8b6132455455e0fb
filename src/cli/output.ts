import { writeFileSync } from 'node:fs';
import { PolicyError } from '../errors.js';
import { inert } from '../report/escape.js';

/** A failure for people: what, where, why, fix. */
export function errorText({ code, help }: PolicyError): string {
  const line = (name: string, text: string) =>
    `${name.padEnd(6)} ${text
      .split('\n')
      .map(inert)
      .join(`\n${' '.repeat(7)}`)}\n`;
  const first = line('error', help.what).trimEnd();
  return `${first}${' '.repeat(Math.max(72 - first.length - code.length, 2))}${code}\n${line('where', help.where)}${line('why', help.why)}${line('fix', help.fix)}`;
}

export function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new PolicyError(
      'REPORT_UNWRITABLE',
      {
        what: 'A report could not be written',
        where: file,
        why: (cause as Error).message,
        fix: 'Name a file in a folder that exists and can be written to',
      },
      { cause },
    );
  }
}
