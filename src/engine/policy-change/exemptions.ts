import type { Origin, Policy, Waiver } from '../../config/policy.js';
import { draft, type Found } from './rule.js';

export function ignoreChanges(before: Policy, after: Policy): Found[] {
  const added = after.ignore.filter((glob) => !before.ignore.includes(glob));
  const dropped = before.ignore.filter((glob) => glob.startsWith('!') && !after.ignore.includes(glob));
  const changed = [...added.filter((glob) => !glob.startsWith('!')), ...dropped.map((glob) => `no longer ${glob}`)];
  const origin: Origin = { file: after.file, line: 1, at: 'ignore' };
  return changed.map((to) => draft('ignore', origin, { to }, to));
}

export function waiverChanges(before: Policy, after: Policy): Found[] {
  const known = new Map(before.waivers.map((waiver) => [waiver.id, waiver]));
  return after.waivers
    .filter((waiver) => {
      const was = known.get(waiver.id);
      return was === undefined || waiver.until > was.until || target(waiver) !== target(was);
    })
    .map((waiver) => {
      const { id, owner, reason, until, origin } = waiver;
      return draft('waiver', origin, { id, owner, reason, to: `${target(waiver)} until ${until}` }, id);
    });
}

/** What a waiver lets through. */
function target({ rule, files, fingerprint }: Waiver): string {
  return [rule, fingerprint, files?.join(', ')].filter(Boolean).join(' ');
}
