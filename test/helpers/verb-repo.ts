import { readFileSync } from 'node:fs';
import { githubToken } from './generated-secrets.js';
import { TempRepo } from './temp-repo.js';

/** A line with a token that no one issued. */
export function leak(seed = 1, name = `key${seed}`): string {
  return `${name} = "${githubToken(seed)}"\n`;
}

/** A repository whose config is this very text, with these files, all committed. */
export function repoWith(config: string | object, files: Readonly<Record<string, string>> = {}): TempRepo {
  const repo = new TempRepo({ config: null });
  repo.write('nonstop.config.json', typeof config === 'string' ? config : `${JSON.stringify(config, null, 2)}\n`);
  for (const [name, text] of Object.entries(files)) repo.write(name, text);
  return repo.commit();
}

export function configOf(repo: TempRepo, file = 'nonstop.config.json'): string {
  return readFileSync(repo.path(file), 'utf8');
}

/** Hands a repository over and removes it, whatever comes of it. */
export function using<T>(repo: TempRepo, use: (repo: TempRepo) => T): T {
  try {
    return use(repo);
  } finally {
    repo.remove();
  }
}

/** The last line, for errors and refusals the first: what a person reads. */
export function said({ stdout, stderr }: { stdout: string; stderr: string }): string {
  return (stderr === '' ? stdout : stderr).split('\n')[0]!.replace(/ {2,}/g, '  ');
}

/** `state level path:line` of each finding of one rule. */
export function found(result: { findings: readonly Found[] }, rule = 'secrets'): string[] {
  return result.findings
    .filter(({ ruleId }) => ruleId === rule)
    .map(({ state, level, path, line }) => `${state} ${level} ${path}:${line}`);
}

interface Found {
  readonly ruleId: string;
  readonly state: string;
  readonly level: string;
  readonly path: string;
  readonly line: number | null;
}

/** `messageId` of each finding of one rule. */
export function messages(result: { findings: readonly { ruleId: string; messageId: string }[] }, rule: string) {
  return result.findings.filter(({ ruleId }) => ruleId === rule).map(({ messageId }) => messageId);
}
