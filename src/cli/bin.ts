#!/usr/bin/env node
import './compile-cache.js';
import { writeSync } from 'node:fs';
import { hasColour } from './colour.js';
import { failed, main, unwritable } from './main.js';
import type { Terminal } from './terminal.js';

const { stdout, stderr } = process;
const streamOf = (name: 'out' | 'err') => (name === 'out' ? stdout : stderr);

const terminal: Terminal = {
  cwd: currentFolder(),
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

// 0 and 1 are verdicts. Whatever ends this process before there is one (an error that nobody caught, which Node.js ends with 1, a
// config that exits, a wait for what never comes) must not be taken for it
let code: number | undefined;
process.on('exit', () => {
  if (code === undefined) writeSync(2, 'error  The process was ended before anything was decided\n');
  process.exitCode = code ?? 2;
});
process.on('SIGINT', () => {
  code = 130;
  process.exit();
});

process.on('uncaughtException', async (error) => {
  code = await failed(error, terminal);
  process.exit();
});

async function run(): Promise<void> {
  const verdict = await main(process.argv.slice(2), terminal);
  // all of a report must have left before the end, however slow its reader; a rule that ran out of time must not hold us up
  await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
  if (lost === undefined) {
    code = verdict;
  } else {
    code = await failed(unwritable('the standard output or error', lost), terminal);
    await new Promise((resolve) => stderr.write('', resolve));
  }
  process.exit();
}

/** Empty where the folder was removed under us: the first git then says so. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

void run();
