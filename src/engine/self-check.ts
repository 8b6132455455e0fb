import { type Level, type LevelByPoint, type Origin, POINTS, type Policy, type Setting } from '../config/policy.js';
import { type Draft, defineRule, type Entry } from '../rule/index.js';
import { type Accepted, BASELINE_FILE } from './baseline/baseline.js';
import { GlobIndex } from './glob-index.js';
import { matcher } from './globs.js';
import { isLower, stricterByPoint } from './level.js';
import type { WaiverUse } from './waivers.js';

/** A waiver without a fingerprint that lets through more than this many findings hides new ones among them. */
const BROAD = 10;

/** Judges the policy itself: what it says must have an effect. The engine makes its drafts, since no rule knows the policy. */
export const POLICY_RULE = defineRule({
  meta: {
    id: 'policy',
    summary: 'What the policy says has an effect',
    options: {},
    messages: {
      unmatchedModule:
        'No file belongs to the module "{{name}}": a later module takes them all, or its globs match none',
      loweringStep: 'The step on {{on}} would lower {{rule}}, and steps only tighten, so it does nothing',
      belowFloor: '{{rule}} is set to {{level}} for {{name}}, but a floor at {{floor}} keeps it at {{least}}',
      expiredWaiver:
        'Waiver {{id}} of {{owner}} ended on {{until}}; what it let through counts again ({{count}} in this run)',
      unusedWaiver: 'Waiver {{id}} of {{owner}} lets nothing through any more',
      broadWaiver: 'Waiver {{id}} of {{owner}} lets {{count}} findings through, and would any new one beside them',
      staleBaseline: 'The baseline accepts {{count}} more of {{rule}} in {{path}} than there is',
      forbiddenWaiver: 'Waiver {{id}} of {{owner}} names {{count}} findings that a floor does not allow to be waived',
      longWaiver:
        'Waiver {{id}} of {{owner}} reaches to {{until}}, further than a floor allows, so it does not hold yet',
    },
    fixes: {
      unmatchedModule: 'Mend its globs, or remove the module',
      loweringStep: 'Remove the step; nonstop-policy lower makes a rule looser for a time',
      belowFloor: 'Set it to what the floor demands, or have the floor changed',
      expiredWaiver: 'Mend the finding and remove the waiver, or agree on a new last day',
      unusedWaiver: 'Remove it',
      broadWaiver: 'Name the findings by their fingerprints, or put them into the baseline',
      forbiddenWaiver: 'Mend the findings and remove the waiver',
      staleBaseline: 'Run nonstop-policy baseline prune, so that they cannot come back',
      longWaiver: 'Agree on an earlier last day',
    },
  },
  check: () => [],
});

type Message = keyof typeof POLICY_RULE.meta.messages;

/** What can be said of a policy without a run. */
export function policyFaults(policy: Policy): Draft<Message>[] {
  return [...loweringSteps(policy), ...belowFloors(policy)];
}

/** Modules that no file belongs to; only asked when every file was listed. */
export function unmatchedModules(policy: Policy, entries: readonly Entry[]): Draft<Message>[] {
  const index = new GlobIndex(policy.modules.map(({ files }) => files));
  const matched = new Set(entries.map(({ path }) => index.last(path)));
  return policy.modules
    .filter((_, at) => !matched.has(at))
    .map(({ name, origin }) => draft('unmatchedModule', origin, { name }, name));
}

function loweringSteps(policy: Policy): Draft<Message>[] {
  return settings(policy).flatMap(({ rule, setting }) => {
    let level: LevelByPoint | undefined = setting.level;
    let phase = setting.phase;
    return setting.steps.flatMap((step) => {
      const lowers =
        (level && step.level && isLower(step.level, level)) ||
        (phase !== undefined && step.phase !== undefined && step.phase < phase);
      level = step.level && level ? stricterByPoint(level, step.level) : (step.level ?? level);
      phase = Math.max(phase ?? 0, step.phase ?? 0);
      return lowers ? [draft('loweringStep', step.origin, { on: step.on, rule }, `${rule} ${step.on}`)] : [];
    });
  });
}

/** A module, or the default, that asks for less than a floor with the very files allows. */
function belowFloors(policy: Policy): Draft<Message>[] {
  return policy.floors.flatMap((floor) =>
    settings(policy).flatMap(({ rule, setting, files, name }) => {
      if (rule !== floor.rule || !setting.level || !floor.level || !isLower(setting.level, floor.level)) return [];
      if (!files.some((glob) => isWithin(glob, floor.files))) return [];
      const data = {
        rule,
        name,
        level: spelled(setting.level),
        least: spelled(floor.level),
        floor: `${floor.origin.file}, ${floor.origin.at}`,
      };
      return [draft('belowFloor', setting.origin, data, `${rule} ${name} ${floor.origin.at}`)];
    }),
  );
}

/** Whether the files of a glob are among those of the floor, as far as their spelling tells. */
function isWithin(glob: string, floor: readonly string[]): boolean {
  const sample = glob.replace(/\*\*/g, 'a/b').replace(/[*?]/g, 'c');
  return floor.includes(glob) || matcher(floor)(sample);
}

function settings(policy: Policy): { rule: string; setting: Setting; files: readonly string[]; name: string }[] {
  const of = (rules: Policy['rules'], files: readonly string[], name: string) =>
    Object.entries(rules).map(([rule, setting]) => ({ rule, setting, files, name }));
  return [
    ...of(policy.rules, ['**'], 'every file'),
    ...policy.modules.flatMap(({ rules, files, name }) => of(rules, files, `the module "${name}"`)),
  ];
}

/** What the run showed of the waivers; whether one is unused can be told only when its rule has looked at all files. */
export function waiverFaults(
  uses: readonly WaiverUse[],
  { asOf, complete, rulesRun }: { asOf: string; complete: boolean; rulesRun: ReadonlySet<string> },
): Draft<Message>[] {
  return uses.flatMap(({ waiver, used, refused }) => {
    const { id, owner, until, origin, fingerprint } = waiver;
    const say = (messageId: Message, count: number) => [draft(messageId, origin, { id, owner, until, count }, id)];
    if (until < asOf) return say('expiredWaiver', refused.expired);
    if (refused.forbidden > 0) return say('forbiddenWaiver', refused.forbidden);
    if (refused.tooLong > 0) return say('longWaiver', refused.tooLong);
    if (used === 0) return complete && rulesRun.has(waiver.rule) ? say('unusedWaiver', 0) : [];
    return fingerprint === undefined && used > BROAD ? say('broadWaiver', used) : [];
  });
}

/** What the baseline accepts and the run did not find, by rule and file. */
export function staleEntries(stale: readonly Accepted[]): Draft<Message>[] {
  const counts = new Map<string, { ruleId: string; path: string; count: number }>();
  for (const { ruleId, path, count } of stale) {
    const key = `${ruleId}\n${path}`;
    counts.set(key, { ruleId, path, count: (counts.get(key)?.count ?? 0) + count });
  }
  return [...counts.values()].map(({ ruleId: rule, path, count }) => ({
    messageId: 'staleBaseline',
    path: BASELINE_FILE,
    key: `${rule} ${path}`,
    data: { rule, path, count },
  }));
}

function draft(messageId: Message, { file, line }: Origin, data: Draft['data'] & object, key: string): Draft<Message> {
  return { messageId, path: file, key, data, ...(line === null ? {} : { line, column: 1 }) };
}

function spelled(levels: LevelByPoint): Level | string {
  return levels.hook === levels.ci ? levels.ci : POINTS.map((point) => `${point} ${levels[point]}`).join(', ');
}
