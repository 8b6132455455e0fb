import type { Origin, Policy } from '../../config/policy.js';
import { draft, type Found } from './rule.js';

export function presetChanges(before: Policy, after: Policy): Found[] {
  const list = ({ presets }: Policy) =>
    presets.map(({ name, version }) => (version === null ? name : `${name}@${version}`)).join(', ') || 'none';
  const [from, to] = [list(before), list(after)];
  const origin: Origin = { file: after.file, line: 1, at: 'extends' };
  return from === to ? [] : [draft('preset', origin, { from, to }, 'presets')];
}
