import { type LevelByPoint, type Origin, POINTS } from '../../config/policy.js';
import { type Draft, defineRule } from '../../rule/index.js';

/** Judges what a change does to the policy. The engine makes its drafts, since no rule knows the policy. */
export const POLICY_CHANGE_RULE = defineRule({
  meta: {
    id: 'policy-change',
    summary: 'This change does not weaken the policy unseen',
    options: {},
    messages: {
      level: '{{rule}} for {{scope}} goes from {{from}} to {{to}} (owner: {{owner}})',
      phase: '{{rule}} for {{scope}} goes from phase {{from}} to phase {{to}} (owner: {{owner}})',
      step: 'The step of {{rule}} for {{scope}} on {{from}} is gone or comes later: {{to}} (owner: {{owner}})',
      option: 'The option {{option}} of {{rule}} for {{scope}} goes from {{from}} to {{to}} (owner: {{owner}})',
      lowered: '{{rule}} for {{scope}} is lowered to {{to}} until {{until}} by {{owner}} ({{ticket}}): {{reason}}',
      removedModule: 'The module "{{name}}" ({{from}}) is gone (owner: {{owner}})',
      changedModule: 'The files of the module "{{name}}" go from {{from}} to {{to}} (owner: {{owner}})',
      addedModule:
        'The new module "{{name}}" makes {{rule}} looser for {{to}}: from {{from}} to {{level}} (owner: {{owner}})',
      movedModule:
        'The module "{{name}}" stands in another place, and the last that matches decides (owner: {{owner}})',
      floor: 'The floor of {{rule}} for {{from}} is gone or lower: {{to}}',
      ignore: 'Files are ignored that were not: {{to}}',
      waiver: 'Waiver {{id}} is new or reaches further: {{to}} (owner: {{owner}}): {{reason}}',
      baseline: 'The baseline accepts {{count}} more of {{rule}} in {{path}}',
      preset: 'The presets go from {{from}} to {{to}}',
    },
    fixes: {
      level:
        'Put it back, or lower it for a time by nonstop-policy lower, which asks for a reason, an owner, a ticket and a last day',
      baseline: 'Mend them, or have the team agree that they are accepted',
      lowered: 'It comes back by itself after its last day',
    },
  },
  check: () => [],
});

export type Message = keyof typeof POLICY_CHANGE_RULE.meta.messages;
export type Found = Draft<Message>;

/** At the place of the config that says it. */
export function draft(
  messageId: Message,
  { file, line }: Origin,
  data: NonNullable<Draft['data']>,
  key: string,
): Found {
  return { messageId, path: file, key, data, ...(line === null ? {} : { line, column: 1 }) };
}

/** `block`, or `hook warn, ci block` */
export function spelled(levels: LevelByPoint): string {
  return levels.hook === levels.ci ? levels.ci : POINTS.map((point) => `${point} ${levels[point]}`).join(', ');
}
