import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BIN, cleanEnv } from './temp-repo.js';

/** One command of a page, and the lines that the page shows below it. */
export interface Shown {
  readonly command: string;
  readonly output: string;
}

const BLOCK = /^```console\n(.*?)^```$/gms;

/** The commands of the page's console blocks, in order: a line `$ …`, and those that follow after a `\`. */
export function shownIn(page: string): Shown[] {
  return [...page.matchAll(BLOCK)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = ''] = /^(?:.*\\\n)*.*\n/.exec(part) ?? [];
        return { command: command.trimEnd(), output: part.slice(command.length) };
      }),
  );
}

/** The page with these outputs in the place of those that it shows. */
export function withOutputs(page: string, outputs: readonly string[]): string {
  let at = 0;
  return page.replace(BLOCK, (_, block: string) => {
    const parts = shownIn(`\`\`\`console\n${block}\`\`\``).map(({ command }) => `$ ${command}\n${outputs[at++]}`);
    return `\`\`\`console\n${parts.join('')}\`\`\``;
  });
}

/**
 * Runs commands in one shell, so that what one sets the next one has, `$?` too; `tools` are scripts to be found by name, beside
 * `nonstop-policy`.
 * @returns what each wrote, on either stream
 */
export function runShown(
  commands: readonly string[],
  { cwd, tools }: { cwd: string; tools: Record<string, string> },
): string[] {
  const bin = join(cwd, '.git/tools');
  mkdirSync(bin, { recursive: true });
  const all = { 'nonstop-policy': `exec '${process.execPath}' '${BIN}' "$@"`, ...tools };
  for (const [name, script] of Object.entries(all)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const mark = '\u001E';
  const script = commands.map((command) => `${command}\n__code=$?; printf '${mark}'; (exit $__code)\n`).join('');
  const env = cleanEnv({ PATH: [bin, dirname(process.execPath), process.env.PATH].join(':') });
  const text = execFileSync('bash', ['-c', `exec 2>&1\n${script}exit 0`], { cwd, env, encoding: 'utf8' });
  return text.split(mark).slice(0, -1);
}

/** What is another in every run, or with another key of a rule, in one spelling. */
export function normalised(text: string): string {
  return text.replace(/\b[0-9a-f]{32}\b/g, 'FINGERPRINT').replace(/\b[0-9a-f]{10}\b|\b[0-9a-f]{40}\b/g, 'COMMIT');
}
