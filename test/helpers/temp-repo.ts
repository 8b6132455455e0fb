import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command line. */
export const BIN = fileURLToPath(new URL('../../dist/cli/bin.cjs', import.meta.url));

/** A copy of the built command line where every user can read it; the checkout may stand in a folder that only its owner enters. */
export function binForAnyone(folder: string): string {
  const dist = fileURLToPath(new URL('../../dist/cli', import.meta.url));
  cpSync(dist, join(folder, 'dist/cli'), { recursive: true });
  cpSync(fileURLToPath(new URL('../../package.json', import.meta.url)), join(folder, 'package.json'));
  chmodSync(folder, 0o755);
  return join(folder, 'dist/cli/bin.cjs');
}

/** An environment in which git and our command line see neither the machine's settings nor a surrounding hook or CI. */
export function cleanEnv(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(GIT_|CI$|GITHUB_|NO_COLOR$|FORCE_COLOR$|NONSTOP_)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.com',
    ...extra,
  };
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A real repository in a temporary folder, with a policy that blocks secrets. */
export class TempRepo {
  readonly top: string;

  constructor({ config = { rules: { secrets: 'block' } } as unknown, init = [] as string[] } = {}) {
    this.top = realpathSync(mkdtempSync(join(tmpdir(), 'nonstop-')));
    this.git('init', '--quiet', '--initial-branch=main', ...init);
    if (config !== null) this.write('nonstop.config.json', JSON.stringify(config));
  }

  path(name: string): string {
    return join(this.top, name);
  }

  write(name: string, content: string | Uint8Array): this {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
    return this;
  }

  /** Standard output of a git command; throws when it fails. */
  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.top,
      env: cleanEnv(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Adds everything and commits it. */
  commit(message = 'change'): this {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--no-verify', '--message', message);
    return this;
  }

  /** Runs the built command line here. */
  run(args: readonly string[], { env = {} as NodeJS.ProcessEnv, cwd = this.top, node = process.execPath } = {}): Ran {
    const { status, stdout, stderr } = spawnSync(node, [BIN, ...args], {
      cwd,
      env: cleanEnv(env),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return { code: status, stdout, stderr };
  }

  /** The JSON result of `check`. */
  check(args: readonly string[] = [], options: Parameters<TempRepo['run']>[1] = {}) {
    const ran = this.run(['check', ...args, '--format', 'json'], options);
    if (ran.stdout === '') throw new Error(`check printed no result: ${ran.stderr}`);
    return { ...ran, result: JSON.parse(ran.stdout) };
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }
}
