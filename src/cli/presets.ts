import { readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { joinPresets } from '../config/join.js';
import { type Loaded, loadText } from '../config/load.js';
import type { Origin, Policy } from '../config/policy.js';
import { PolicyError } from '../errors.js';
import type { AnyRule, Blob } from '../rule/index.js';

/** Where a config or preset stands: in the snapshot, by its path from the top, or on disk, by its absolute path. */
type Place = { readonly kind: 'snapshot' | 'disk'; readonly path: string };

export interface Source {
  readonly top: string;
  readonly rules: readonly AnyRule[];
  /** The bytes of one file of the snapshot. */
  find(path: string): Promise<Blob | undefined>;
}

interface Preset {
  readonly place: Place;
  readonly text: string;
  readonly version: string | null;
}

/** Joins a config with the presets that it and they extend. */
export async function withPresets(loaded: Loaded, place: Place, source: Source): Promise<Policy> {
  return joined(loaded, place, source, []);
}

async function joined(loaded: Loaded, place: Place, source: Source, chain: readonly string[]): Promise<Policy> {
  const presets: Policy[] = [];
  for (const name of loaded.extends) {
    const preset = await readPreset(name, place, loaded.policy.file, source);
    const file = shown(preset.place, source.top);
    if (chain.includes(file) || file === loaded.policy.file) throw cycle([...chain, loaded.policy.file, file]);
    const inner = loadText(preset.text, file, source.rules);
    const policy = await joined(inner, preset.place, source, [...chain, loaded.policy.file]);
    presets.push({ ...policy, presets: [...policy.presets, { name, version: preset.version }] });
  }
  const policy = presets.length === 0 ? loaded.policy : eachOnce(joinPresets(presets, loaded.policy));
  refuseTwice(policy);
  return policy;
}

/** Two presets may extend the same one: what it says is there once, where it came first. */
function eachOnce(policy: Policy): Policy {
  const { modules, floors, waivers } = policy;
  return { ...policy, modules: once(modules), floors: once(floors), waivers: once(waivers) };
}

function once<T extends { readonly origin: Origin }>(entries: readonly T[]): T[] {
  const seen = new Set<string>();
  return entries.filter(({ origin: { file, at } }) => {
    const place = `${file} ${at}`;
    return !seen.has(place) && seen.add(place);
  });
}

function readPreset(name: string, from: Place, file: string, source: Source): Promise<Preset> {
  const isPath = /^\.{1,2}\//.test(name);
  if (isPath && !/\.jsonc?$/.test(name))
    throw unusable(name, file, 'a preset is JSON data, and this is no .json file', 'Name a .json file');
  return isPath ? readRelative(name, from, file, source) : Promise.resolve(readPackage(name, from, file, source.top));
}

async function readRelative(name: string, from: Place, file: string, source: Source): Promise<Preset> {
  if (from.kind === 'disk') {
    const path = join(dirname(from.path), name);
    return { place: { kind: 'disk', path }, text: onDisk(path) ?? missing(name, file), version: null };
  }
  const path = posix.join(posix.dirname(from.path), name);
  if (path.startsWith('../'))
    throw unusable(name, file, 'it lies outside of the repository', 'Put it into the repository, or into a package');
  const blob = await source.find(path);
  if (blob === undefined) missing(name, file);
  if (!blob!.ok) throw unusable(name, file, blob!.reason, 'Mend that file');
  return {
    place: { kind: 'snapshot', path },
    text: Buffer.from((blob as { bytes: Uint8Array }).bytes).toString('utf8'),
    version: null,
  };
}

/** A package is looked up as Node.js does, from the file that names it upwards; its data is read, its code is not run. */
function readPackage(name: string, from: Place, file: string, top: string): Preset {
  const [, id = '', rest = ''] = /^((?:@[^/]+\/)?[^/@][^/]*)(?:\/(.+))?$/.exec(name) ?? [];
  if (id === '' || name.includes('..'))
    throw unusable(
      name,
      file,
      'it is neither a relative path nor the name of a package',
      'Write ./file.json or a package name',
    );
  for (const folder of upwards(from.kind === 'disk' ? dirname(from.path) : join(top, dirname(from.path)))) {
    const root = join(folder, 'node_modules', id);
    const manifest = onDisk(join(root, 'package.json'));
    if (manifest === undefined) continue;
    const { version = null, main = '' } = parsedManifest(manifest, name, file);
    const wanted =
      rest !== '' ? [rest, `${rest}.json`] : ['nonstop.config.json', ...(main.endsWith('.json') ? [main] : [])];
    const path = wanted
      .filter((each) => each.endsWith('.json'))
      .map((each) => join(root, each))
      .find((each) => onDisk(each) !== undefined);
    if (path === undefined)
      throw unusable(
        name,
        file,
        `the package has none of ${wanted.join(', ')}`,
        'Name a JSON file of the package, as in "@acme/preset/strict.json"',
      );
    return { place: { kind: 'disk', path }, text: onDisk(path) ?? '', version };
  }
  return missing(name, file);
}

function parsedManifest(text: string, name: string, file: string): { version?: string; main?: string } {
  try {
    return JSON.parse(text) as { version?: string; main?: string };
  } catch (cause) {
    throw unusable(name, file, `its package.json is no JSON: ${(cause as Error).message}`, 'Install the package again');
  }
}

function* upwards(folder: string): Iterable<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}

function onDisk(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** As it is shown in errors and `explain`: from the top, with `/`. */
function shown({ kind, path }: Place, top: string): string {
  return kind === 'snapshot' ? path : relative(top, path).split(sep).join('/');
}

function refuseTwice({ modules, waivers, file }: Policy): void {
  for (const [kind, names] of [
    ['module', modules.map(({ name }) => name)],
    ['waiver', waivers.map(({ id }) => id)],
  ] as const) {
    const twice = names.find((name, at) => names.indexOf(name) < at);
    if (twice !== undefined)
      throw unusable(
        `${kind} "${twice}"`,
        file,
        'a preset and this config, or two presets, have one of this name',
        'Give it another name',
      );
  }
}

function missing(name: string, file: string): never {
  throw unusable(name, file, 'it is not there', 'Mend the name, stage the file, or install the package');
}

function cycle(files: readonly string[]): PolicyError {
  return unusable(
    files.at(-1) ?? '',
    files[0] ?? '',
    `it extends itself: ${files.join(' → ')}`,
    'Take one of them out of "extends"',
  );
}

function unusable(name: string, file: string, why: string, fix: string): PolicyError {
  return new PolicyError('CONFIG_INVALID', {
    what: 'A preset cannot be used',
    where: `${file}, extends, "${name}"`,
    why,
    fix,
  });
}
