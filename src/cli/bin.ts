#!/usr/bin/env node
import './compile-cache.js';
import { hasColour } from './colour.js';
import { main } from './main.js';
import type { Terminal } from './terminal.js';

const { stdout, stderr } = process;
const streamOf = (name: 'out' | 'err') => (name === 'out' ? stdout : stderr);

const terminal: Terminal = {
  cwd: process.cwd(),
  env: process.env,
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  hasColour: (name) => hasColour(process.env, streamOf(name).isTTY === true),
  width: (name) => streamOf(name).columns || 80,
  errIsTerminal: stderr.isTTY === true,
};

// The reader of a pipe may go before the report is written (`| head`): that is no failure of the check. A full disk is one
let lost: NodeJS.ErrnoException | undefined;
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error;
  });
}
process.on('SIGINT', () => process.exit(130));

async function run(): Promise<void> {
  const code = await main(process.argv.slice(2), terminal);
  // all of a report must have left before the end, however slow its reader; a rule that ran out of time must not hold us up
  await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
  if (lost !== undefined) {
    const { errorText, unwritable } = await import('./output.js');
    const text = errorText(unwritable('the standard output or error', lost));
    await new Promise((resolve) => stderr.write(text, resolve));
  }
  process.exit(lost === undefined ? code : 2);
}

void run();
