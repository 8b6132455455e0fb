import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { PolicyError } from '../errors.js';
import type { AnyRule, SnapshotKind } from '../rule/index.js';

interface Runnable {
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  /** What the snapshot has of it. */
  readonly bytes: Uint8Array;
  readonly kind: SnapshotKind;
  readonly allowJs: boolean;
}

/**
 * Runs a config written in JavaScript or TypeScript. That is someone's code, so it is only done when the person who started the
 * check says so, never for code that a range or tree brings, and for the index only when the file on disk is the staged one.
 */
export async function runnableConfig(config: Runnable): Promise<{ value: unknown; plugins: readonly AnyRule[] }> {
  mayRun(config);
  const exported = await run(config);
  if (typeof exported !== 'object' || exported === null) return { value: exported, plugins: [] };
  const { plugins = [], ...value } = exported as { plugins?: unknown };
  if (!Array.isArray(plugins) || !plugins.every(isRule)) {
    throw new PolicyError('CONFIG_INVALID', {
      what: 'The config has plugins that are no rules',
      where: `${config.file}, plugins`,
      why: 'a list of what defineRule returns is expected',
      fix: 'Export rules made by defineRule from nonstop-policy; docs/writing-a-rule.md shows one',
    });
  }
  return { value, plugins };
}

function mayRun({ file, path, bytes, kind, allowJs }: Runnable): void {
  const untrusted = (why: string, fix: string) =>
    new PolicyError('CONFIG_UNTRUSTED', { what: 'The config is a program, and it is not run', where: file, why, fix });
  if (kind === 'range' || kind === 'tree') {
    throw untrusted(
      `code that comes with a ${kind} under check is never run`,
      'Use nonstop.config.json for this check',
    );
  }
  if (!allowJs) {
    throw untrusted(
      'code of a repository runs only when you say so',
      'Pass --allow-js-config, set NONSTOP_ALLOW_JS_CONFIG=1, or use nonstop.config.json',
    );
  }
  if (kind === 'index' && !isOnDisk(path, bytes)) {
    throw untrusted('the file on disk, which would be run, is not the staged one', `Stage it: git add ${file}`);
  }
}

function isOnDisk(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

async function run({ file, path }: Runnable): Promise<unknown> {
  try {
    if (/\.[cm]?ts$/.test(file) && !('typescript' in process.features && process.features.typescript))
      return await withJiti(path);
    return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
  } catch (cause) {
    throw new PolicyError(
      'CONFIG_INVALID',
      {
        what: 'The config could not be run',
        where: file,
        why: (cause as Error).message?.split('\n')[0] ?? String(cause),
        fix: 'Run it by itself with node to see where it fails',
      },
      { cause },
    );
  }
}

/** Node.js before 22.18 does not run TypeScript; `jiti` does, if the project has it. */
async function withJiti(path: string): Promise<unknown> {
  let entry: string;
  try {
    entry = createRequire(path).resolve('jiti');
  } catch (cause) {
    throw new Error('a config in TypeScript needs Node.js 22.18 or later, or jiti installed in this project', {
      cause,
    });
  }
  const { createJiti } = (await import(pathToFileURL(entry).href)) as {
    createJiti(from: string): { import(path: string, options: object): Promise<unknown> };
  };
  return createJiti(path).import(path, { default: true });
}

function isRule(value: unknown): value is AnyRule {
  const rule = value as Partial<AnyRule> | null;
  return (
    typeof rule === 'object' && rule !== null && typeof rule.check === 'function' && typeof rule.meta?.id === 'string'
  );
}
