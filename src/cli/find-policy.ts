import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Loaded, loadText, loadValue } from '../config/load.js';
import type { Policy } from '../config/policy.js';
import { PolicyError } from '../errors.js';
import { realPath, withRealFolders } from '../host/disk.js';
import type { OpenSnapshot } from '../host/snapshots.js';
import { readFromDisk } from '../host/work-tree.js';
import type { AnyRule, Blob } from '../rule/index.js';
import { CONFIG_NAMES } from './config-names.js';
import { noConfig, notInSnapshot, removed, unreadable } from './no-policy.js';
import { nameWithin } from './path-filter.js';
import { runnableConfig } from './runnable-config.js';

/** Above any config a person writes, or a machine. */
const MAX_BYTES = 5 * 1024 * 1024;

/** A policy, the file it stands in, and the rules it may name. */
export interface FoundPolicy {
  readonly policy: Policy;
  readonly file: string;
  readonly rules: readonly AnyRule[];
  readonly bytes: Uint8Array;
  /** Absolute, where it is not the file of that name below the top of the repository. */
  readonly path: string | undefined;
  /** What a person must know about where it was read. */
  readonly note: string | null;
}

export interface Search {
  readonly top: string;
  readonly cwd: string;
  readonly snapshot: OpenSnapshot;
  readonly rules: readonly AnyRule[];
  /** By `--config`. */
  readonly given: string | undefined;
  readonly allowJs: boolean;
}

/** Finds and reads the policy in the same snapshot as the files, so that an edit that is not part of it weakens nothing. */
export async function findPolicy(search: Search): Promise<FoundPolicy> {
  return search.given === undefined ? discovered(search) : named(search, search.given);
}

async function discovered(search: Search): Promise<FoundPolicy> {
  const { snapshot, top } = search;
  const now = await candidates(await snapshot.find(CONFIG_NAMES, MAX_BYTES));
  if (now.length > 0) return fromOne(now, search, null);
  const [before] = await candidates(await snapshot.findBefore(CONFIG_NAMES, MAX_BYTES));
  if (before !== undefined) throw removed(before.name, snapshot.kind);
  const onDisk = await candidates(readFromDisk(top).find(CONFIG_NAMES, MAX_BYTES));
  const [first] = onDisk;
  if (first === undefined) throw noConfig(top);
  // before its first commit a config cannot be weakened, and a commit of one file by name must work
  if (snapshot.kind !== 'index') throw notInSnapshot(first.name, snapshot.kind);
  return fromOne(
    onDisk,
    search,
    `The policy is read from the working tree, since ${first.name} was never committed or staged`,
  );
}

/** The policy in the commit that a change starts from; `null` where there was none. */
export async function findPolicyBefore(
  search: Search,
  now: FoundPolicy,
): Promise<{ readonly policy: Policy | null } | { readonly failure: string }> {
  const { snapshot, given } = search;
  const find = (paths: readonly string[]) => snapshot.findBefore(paths, MAX_BYTES);
  const same = await candidates(await find([now.file]));
  const [first] = same.length > 0 || given !== undefined ? same : await candidates(await find(CONFIG_NAMES));
  if (first === undefined) return { policy: null };
  const untouched = first.blob.ok && Buffer.compare(first.blob.bytes, now.bytes) === 0;
  if (untouched && now.policy.presets.length === 0) return { policy: now.policy };
  try {
    const before = { ...search, snapshot: { ...snapshot, find }, rules: now.rules };
    return { policy: (await load(first, before, null)).policy };
  } catch (error) {
    if (!(error instanceof PolicyError) || error.code.startsWith('GIT_')) throw error;
    return { failure: `the policy before this change cannot be read: ${error.help.what}, ${error.help.where}` };
  }
}

async function named(search: Search, given: string): Promise<FoundPolicy> {
  const { top, cwd, snapshot } = search;
  const path = withRealFolders(resolve(cwd, given));
  const name = nameWithin(top, path) ?? nameWithin(top, realPath(path) ?? path);
  if (name === undefined) return load({ name: given, blob: readGiven(path, given), path }, search, null);
  const found = (await snapshot.find([name], MAX_BYTES)).get(name);
  if (found !== undefined) return load({ name, blob: found }, search, null);
  if ((await snapshot.findBefore([name], MAX_BYTES)).has(name)) throw removed(name, snapshot.kind);
  const note = `The policy is read from the working tree, since ${name} is not tracked`;
  return load({ name, blob: readGiven(path, given), path }, search, note);
}

interface Candidate {
  readonly name: string;
  readonly blob: Blob;
  /** Where it stands on disk, when that is not the repository's root and its name. */
  readonly path?: string;
}

/** Those that hold a config: a package file does only when it has the key. */
async function candidates(found: ReadonlyMap<string, Blob>): Promise<Candidate[]> {
  const all = [...found].map(([name, blob]) => ({ name, blob }));
  const isConfig = await Promise.all(
    all.map(({ name, blob }) => !name.startsWith('package.') || !blob.ok || hasKey(name, textOf(blob.bytes))),
  );
  return all.filter((_, at) => isConfig[at]);
}

async function hasKey(name: string, text: string): Promise<boolean> {
  if (!text.includes('nonstop')) return false;
  try {
    const value = name === 'package.yaml' ? (await import('./yaml.js')).parseYaml(text, name) : JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'nonstop');
  } catch {
    return true; // broken, and perhaps ours: reading it says what is wrong
  }
}

function fromOne(found: readonly Candidate[], search: Search, note: string | null): Promise<FoundPolicy> {
  const [first, second] = found as [Candidate, Candidate | undefined];
  if (second === undefined) return load(first, search, note);
  throw new PolicyError('CONFIG_AMBIGUOUS', {
    what: 'There are two configs, and only one can hold',
    where: found.map(({ name }) => name).join(', '),
    why: 'which of them was meant cannot be told',
    fix: `Join them in ${first.name} and remove the rest, or name one with --config`,
  });
}

async function load(candidate: Candidate, search: Search, note: string | null): Promise<FoundPolicy> {
  const { name: file, blob } = candidate;
  if (!blob.ok) throw unreadable(file, blob.reason);
  const { loaded, rules } = await parsed(candidate, blob.bytes, search);
  const policy = await withExtended(loaded, candidate.path, { ...search, rules });
  return { policy, file, rules, note, bytes: blob.bytes, path: candidate.path };
}

/** The policy that a found JSON config gives with another text. */
export function policyOfText(text: string, { file, path, rules }: FoundPolicy, search: Search): Promise<Policy> {
  return withExtended(loadText(text, file, rules, keyIn(file)), path, { ...search, rules });
}

async function withExtended(loaded: Loaded, path: string | undefined, search: Search): Promise<Policy> {
  if (loaded.extends.length === 0) return loaded.policy;
  const { top, rules, snapshot } = search;
  const place =
    path === undefined ? { kind: 'snapshot' as const, path: loaded.policy.file } : { kind: 'disk' as const, path };
  const find = async (name: string) => (await snapshot.find([name], MAX_BYTES)).get(name);
  return (await import('./presets.js')).withPresets(loaded, place, { top, rules, find });
}

async function parsed(
  { name: file, path }: Candidate,
  bytes: Uint8Array,
  search: Search,
): Promise<{ loaded: Loaded; rules: readonly AnyRule[] }> {
  const { rules, top, snapshot, allowJs } = search;
  if (/\.[cm]?[jt]s$/.test(file)) {
    const { value, plugins } = await runnableConfig({
      file,
      path: path ?? join(top, file),
      bytes,
      kind: snapshot.kind,
      allowJs,
    });
    const all = [...rules, ...plugins];
    return { loaded: loadValue(value, file, all), rules: all };
  }
  const text = textOf(bytes);
  const isJson = /\.jsonc?$/.test(file) || /^\s*[{/]/.test(text);
  if (!isJson) return { loaded: loadValue(await yamlValue(text, file), file, rules), rules };
  return { loaded: loadText(text, file, rules, keyIn(file)), rules };
}

function keyIn(file: string): string | undefined {
  return file === 'package.json' ? 'nonstop' : undefined;
}

async function yamlValue(text: string, file: string): Promise<unknown> {
  const { parseYaml } = await import('./yaml.js');
  try {
    const value = parseYaml(text, file);
    return file.endsWith('package.yaml') ? (value as { nonstop: unknown }).nonstop : value;
  } catch (cause) {
    const why = (cause as Error).message.replace(/^YAML Error in [^\n]*:\n/, '').split('\n')[0] ?? '';
    throw new PolicyError(
      'CONFIG_INVALID',
      { what: 'The config is not valid YAML', where: file, why, fix: 'Mend that line' },
      { cause },
    );
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function readGiven(path: string, given: string): Blob {
  try {
    return { ok: true, bytes: readFileSync(path) };
  } catch (error) {
    throw unreadable(
      given,
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error),
    );
  }
}
