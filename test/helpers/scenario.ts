import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import { main } from '../../src/cli/main.js';
import { BIN, cleanEnv, type Ran, TempRepo } from './temp-repo.js';

/** A check, reduced to what a scenario is about. */
export interface Judged {
  readonly exit: number | null;
  /** `path:line:column`, or the path alone where the name is the finding. */
  readonly found: readonly string[];
  readonly undecided: readonly string[];
}

export interface Verdict {
  readonly exitCode: number;
  readonly findings: readonly { path: string; line: number | null; column: number | null; messageId: string }[];
  readonly notEvaluated: readonly { path: string | null; reason: string }[];
  readonly rules: readonly { id: string; files: number; bytes: number; state: string }[];
  readonly snapshot: { readonly kind: string; readonly base: string | null; readonly head: string | null };
}

export function judged({ code, result }: { code: number | null; result: Verdict }): Judged {
  return {
    exit: code,
    found: result.findings.map(({ path, line, column }) => (line === null ? path : `${path}:${line}:${column}`)),
    undecided: result.notEvaluated.map(({ path }) => path ?? '(the rule)'),
  };
}

export const PASSES: Judged = { exit: 0, found: [], undecided: [] };
export const blocks = (...found: string[]): Judged => ({ exit: 1, found, undecided: [] });
export const undecidedOn = (...undecided: string[]): Judged => ({ exit: 2, found: [], undecided });

/** Quoted for `sh`. */
export const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A repository whose hooks run the built command line as git starts it, and whose commits tell what was judged. */
export class HookedRepo extends TempRepo {
  private get report(): string {
    return `${this.top}.json`;
  }

  /** Writes a hook that runs `check --staged`; `before` are lines of `sh` that come first. */
  hook(name = 'pre-commit', { before = '', folder = this.path('.git/hooks') } = {}): this {
    mkdirSync(folder, { recursive: true });
    const check = [process.execPath, BIN, 'check', '--staged', '--format', `json=${this.report}`].map(quoted).join(' ');
    writeFileSync(join(folder, name), `#!/bin/sh\n${before}\nexec ${check}\n`);
    chmodSync(join(folder, name), 0o755);
    return this;
  }

  /** Runs a git command whose hook judges; `null` where no hook ran. The exit code is that of git: 0 or 1. */
  judge(args: readonly string[], { cwd = this.top, env = {} as NodeJS.ProcessEnv } = {}) {
    rmSync(this.report, { force: true });
    const { status, stderr } = spawnSync('git', args, { cwd, env: cleanEnv(env), encoding: 'utf8' });
    if (!existsSync(this.report)) return { exit: status, stderr, judged: null, files: null };
    const result: Verdict = JSON.parse(readFileSync(this.report, 'utf8'));
    const { exit: _, ...rest } = judged({ code: status, result });
    return { exit: status, stderr, judged: { exit: result.exitCode, ...rest }, files: result.rules[0]?.files ?? null };
  }

  /**
   * What `run` does, without a process of its own: for what does not hang on one, such as the wording of errors. It is a tenth of
   * the time.
   */
  async call(args: readonly string[], { cwd = this.top, env = {} as NodeJS.ProcessEnv } = {}): Promise<Ran> {
    const text = { out: '', err: '' };
    const code = await main(args, {
      cwd,
      env: cleanEnv(env),
      out(more) {
        text.out += more;
      },
      err(more) {
        text.err += more;
      },
      hasColour: () => false,
      width: () => 80,
      errIsTerminal: false,
    });
    return { code, stdout: text.out, stderr: text.err };
  }

  /** What `check` does, in the same way: for the second question to a repository whose first went to the built command line. */
  async look(args: readonly string[] = [], options: Parameters<HookedRepo['call']>[1] = {}) {
    const ran = await this.call(['check', ...args, '--format', 'json'], options);
    if (ran.stdout === '') throw new Error(`check printed no result: ${ran.stderr}`);
    return { ...ran, result: JSON.parse(ran.stdout) as Verdict };
  }

  override remove(): void {
    super.remove();
    rmSync(this.report, { force: true });
  }
}

/** A suite with repositories and folders that are removed when it has ended. */
export function scenarios(name: string) {
  const test = suite(name);
  const made: { remove(): void }[] = [];
  test.after(() => {
    for (const each of made) each.remove();
  });
  return {
    test,
    /** With its policy committed; `init` are arguments of `git init`. */
    repo(options: ConstructorParameters<typeof TempRepo>[0] = {}): HookedRepo {
      const repo = new HookedRepo(options);
      made.push(repo);
      return options.config === null ? repo : repo.commit('policy');
    },
    /** Without a commit. */
    emptyRepo(options: ConstructorParameters<typeof TempRepo>[0] = {}): HookedRepo {
      const repo = new HookedRepo(options);
      made.push(repo);
      return repo;
    },
    folder(): string {
      const path = realpathSync(mkdtempSync(join(tmpdir(), 'nonstop-')));
      made.push({ remove: () => rmSync(path, { recursive: true, force: true }) });
      return path;
    },
  };
}

/** The one error of a run that gave no result: its code, and what it says. */
export function errorOf({ code, stdout, stderr }: Ran) {
  const [, name = ''] = /^error {2}.* ([A-Z_]+)$/m.exec(stderr) ?? [];
  return { exit: code, code: name, errors: stderr.match(/^error /gm)?.length ?? 0, stdout };
}

export const refused = (code: string) => ({ exit: 2, code, errors: 1, stdout: '' });
