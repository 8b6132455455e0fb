import type { Policy, Setting } from '../config/policy.js';
import { addDays } from './days.js';
import type { Announcement } from './result.js';

/** How many days before it is due a step is told of in every report. */
const AHEAD = 14;

/** Steps that come due in the next days, in the order of their days: no one shall be surprised by a check that turns red overnight. */
export function announcements(policy: Policy, asOf: string): Announcement[] {
  const last = addDays(asOf, AHEAD);
  const places = [
    { module: null, owner: null, rules: policy.rules },
    ...policy.modules.map(({ name, owner = null, rules }) => ({ module: name, owner, rules })),
  ];
  const all = places.flatMap(({ module, owner, rules }) =>
    Object.entries(rules).flatMap(([ruleId, setting]: [string, Setting]) =>
      setting.steps
        .filter(({ on }) => on > asOf && on <= last)
        .map(({ on, level = null, phase = null }): Announcement => ({ ruleId, module, owner, on, level, phase })),
    ),
  );
  return all.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
