import type { AcceptedFindings } from '../engine/accepted.js';
import { ENGINE_RULES } from '../engine/judge-policy.js';
import { openRepository, type Repository } from '../host/repository.js';
import { type OpenSnapshot, openSnapshot, type Question } from '../host/snapshots.js';
import type { AnyRule } from '../rule/index.js';
import { findBaseline } from './find-baseline.js';
import { type FoundPolicy, findPolicy, type Search } from './find-policy.js';
import { KNOWN_RULES } from './known-rules.js';
import { allowsJs } from './options.js';
import type { Terminal } from './terminal.js';

/** A repository, what is looked at in it, and the policy that holds there. */
export interface Session {
  readonly repository: Repository;
  readonly snapshot: OpenSnapshot;
  readonly found: FoundPolicy;
  readonly search: Search;
  /** What was accepted before; `undefined` without a baseline. */
  readonly accepted: AcceptedFindings | undefined;
}

export interface Wanted {
  readonly question: Question;
  /** By `--config`. */
  readonly config: string | undefined;
  readonly allowJs: boolean;
}

/** The working tree, by the policy that a command's options name: what every command but `check` works on. */
export function workTree(
  values: { readonly config?: string | undefined; readonly 'allow-js-config'?: boolean | undefined },
  { env }: Terminal,
): Wanted {
  return { question: { kind: 'worktree' }, config: values.config, allowJs: allowsJs(values['allow-js-config'], env) };
}

/** Opens a session, hands it over, and closes it again, whatever comes of it. */
export async function withSession<T>(
  wanted: Wanted,
  terminal: Terminal,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const repository = openRepository(terminal.cwd, terminal.env);
  const snapshot = openSnapshot(repository, wanted.question);
  try {
    const { config: given, allowJs } = wanted;
    const search = { top: repository.top, cwd: terminal.cwd, snapshot, rules: KNOWN_RULES, given, allowJs };
    const found = await findPolicy(search);
    if (found.note !== null) terminal.err(`note: ${found.note}\n`);
    return await use({ repository, snapshot, found, search, accepted: await findBaseline(snapshot, repository) });
  } finally {
    snapshot.close();
  }
}

/** The rules that look at files; the others judge the policy. */
export function fileRules({ rules }: FoundPolicy): AnyRule[] {
  return rules.filter((rule) => !ENGINE_RULES.includes(rule));
}
