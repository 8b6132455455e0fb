import { RULES } from '../rules/index.js';
import { policyFromText, policyFromValue } from './config/load.js';
import type { Config, Point } from './config/policy.js';
import { runCheck } from './engine/check.js';
import { ENGINE_RULES } from './engine/judge-policy.js';
import type { CheckResult } from './engine/result.js';
import type { AnyRule, Entry, Snapshot } from './rule/index.js';

export interface CheckOptions {
  /** A config, or the text of one: JSON with comments. */
  readonly config: Config | string;
  /** What is checked: text or bytes by path from the root, with `/`; or a snapshot of your own. */
  readonly files: Readonly<Record<string, string | Uint8Array>> | Snapshot;
  /** The day of the check, `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
  /** Which levels hold; `ci` by default. */
  readonly point?: Point;
  /** Rules of your own, beside those that ship with the package. */
  readonly rules?: readonly AnyRule[];
  /** More warnings than this block. */
  readonly maxWarnings?: number;
}

/**
 * Runs a policy over files in memory. The same input gives the same result: no disk, process, network or clock.
 * @throws PolicyError CONFIG_INVALID where the config is not one
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { config, files, asOf, point = 'ci', rules: own = [], maxWarnings } = options;
  const rules = [...RULES, ...own];
  const known = [...rules, ...ENGINE_RULES];
  const policy =
    typeof config === 'string' ? policyFromText(config, 'config', known) : policyFromValue(config, 'config', known);
  const snapshot = isSnapshot(files) ? files : memorySnapshot(files);
  return runCheck({ policy, rules, snapshot, asOf, point, maxWarnings });
}

/** Gives a config its type in editors, and back as it is. */
export function defineConfig<const C extends Config & { readonly plugins?: readonly AnyRule[] }>(config: C): C {
  return config;
}

function isSnapshot(files: CheckOptions['files']): files is Snapshot {
  return typeof files.read === 'function';
}

function memorySnapshot(files: Readonly<Record<string, string | Uint8Array>>): Snapshot {
  const contents = new Map(Object.entries(files).map(([path, content]) => [path, toBytes(content)]));
  const entries: Entry[] = [...contents.keys()].sort().map((path) => ({
    path,
    rawPath: toBytes(path),
    mode: 'file',
    status: 'unchanged',
    oid: null,
    previous: null,
  }));
  return {
    kind: 'worktree',
    isWhole: true,
    base: null,
    head: null,
    entries,
    all: async () => entries,
    read({ path }, maxBytes) {
      const bytes = contents.get(path);
      if (bytes === undefined) return { ok: false, reason: 'there is no such file' };
      return bytes.length > maxBytes
        ? { ok: false, reason: `it has ${bytes.length} bytes, more than the limit of ${maxBytes}` }
        : { ok: true, bytes };
    },
    readPrevious: () => ({ ok: false, reason: 'there is no version before this one' }),
  };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
