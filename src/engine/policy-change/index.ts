import type { Policy } from '../../config/policy.js';
import { type Accepted, BASELINE_FILE } from '../baseline/baseline.js';
import { ignoreChanges, waiverChanges } from './exemptions.js';
import { floorChanges } from './floors.js';
import { moduleChanges } from './modules.js';
import { presetChanges } from './presets.js';
import type { Found } from './rule.js';
import { settingChanges } from './settings.js';

export { POLICY_CHANGE_RULE } from './rule.js';

/** All by which `after` asks for less than `before`, or may do so. What only tightens is not among it. */
export function policyChanges(before: Policy, after: Policy): Found[] {
  return [
    ...settingChanges(before, after),
    ...moduleChanges(before, after),
    ...floorChanges(before, after),
    ...ignoreChanges(before, after),
    ...waiverChanges(before, after),
    ...presetChanges(before, after),
  ];
}

/** What the baseline accepts that it did not accept before; what only goes by another name is not more. */
export function baselineGrowth(grown: readonly Accepted[]): Found[] {
  return grown.map(({ ruleId: rule, path, count, kind }) => ({
    messageId: 'baseline',
    path: BASELINE_FILE,
    key: kind,
    data: { rule, path, count },
  }));
}
