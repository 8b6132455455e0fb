import type { Policy } from '../config/policy.js';
import type { AnyRule, Entry, Snapshot } from '../rule/index.js';
import { applyInlineWaivers } from './inline-waivers.js';
import type { Resolver } from './resolve.js';
import type { Finding } from './result.js';
import { applyWaivers, type WaiverUse } from './waivers.js';

/** A file with a comment that waives is no larger; a larger one has its findings counted. */
const MAX_BYTES = 50 * 1024 * 1024;

export interface Passage {
  readonly policy: Policy;
  readonly rules: readonly AnyRule[];
  readonly resolver: Resolver;
  readonly snapshot: Snapshot;
  readonly asOf: string;
}

/** Marks the findings that count no more, by a comment in the file or an entry of the config. None is dropped. */
export async function letThrough(
  findings: readonly Finding[],
  passage: Passage,
): Promise<{ findings: Finding[]; uses: WaiverUse[] }> {
  const { policy, resolver, asOf } = passage;
  const commented = await inFiles(findings, passage);
  return applyWaivers(commented, policy, { asOf, floorsOf: resolver.floorsOf });
}

async function inFiles(findings: readonly Finding[], { rules, resolver, snapshot }: Passage): Promise<Finding[]> {
  if (findings.length === 0) return [];
  const entries = new Map(snapshot.entries.map((entry) => [entry.path, entry]));
  const marked: Finding[] = [];
  for (const [path, group] of groupByPath(findings)) {
    const text = await textOf(entries.get(path), snapshot);
    marked.push(
      ...(text === null ? group : applyInlineWaivers(group, text, { rules, floors: resolver.floorsOf(path) })),
    );
  }
  return marked;
}

function groupByPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.path);
    if (group) group.push(finding);
    else groups.set(finding.path, [finding]);
  }
  return groups;
}

async function textOf(entry: Entry | undefined, snapshot: Snapshot): Promise<string | null> {
  if (entry === undefined) return null;
  const blob = await snapshot.read(entry, MAX_BYTES);
  return blob.ok ? new TextDecoder().decode(blob.bytes) : null;
}
