import type { Floor, Origin, PathExplained, RuleExplained } from '../engine/explain.js';
import { inert } from './escape.js';
import { spelled } from './words.js';

/** For people: which module, level, step, floor, waiver and line of the config decide about a file. */
export function renderExplained({ path, mode, ignored, module, rules, floors, waivers }: PathExplained): string {
  const lines = [
    `${path}${mode === null ? '  (not tracked)' : mode === 'file' ? '' : `  (${mode})`}`,
    `  module  ${module === null ? 'none: the defaults hold' : `${module.name}, ${module.owner ?? 'no owner'}  ${place(module.origin)}`}`,
    ...(ignored ? ['  ignored by the policy: no rule looks at it'] : []),
    ...rules.flatMap((rule) => [...ruleLines(rule), ...limits(floors.filter((floor) => floor.rule === rule.ruleId))]),
    ...waivers.map(({ waiver, refusal }) => {
      const holds = refusal === null ? `holds until ${waiver.until}` : `does not hold: ${refusal}`;
      return `  waiver  ${waiver.id} of ${waiver.owner} for ${waiver.rule}, ${holds}  ${place(waiver.origin)}`;
    }),
  ];
  return lines.map((line) => `${inert(line)}\n`).join('');
}

function ruleLines({ ruleId, level, phase, contributions, next, looks }: RuleExplained): string[] {
  const head = `  ${ruleId}  ${spelled(level)}${phase === null ? '' : `, phase ${phase}`}${looks === true ? '' : `  (not looked at: ${looks})`}`;
  const made = contributions.map(({ kind, level: said, phase: saidPhase, origin, inForce, day }) => {
    const what =
      [said && spelled(said), saidPhase !== undefined && `phase ${saidPhase}`].filter(Boolean).join(', ') ||
      'options only';
    const when = day === null ? '' : kind === 'lowered' ? ` until ${day}` : ` from ${day}`;
    return `    ${kind.padEnd(8)} ${what}${when}${inForce ? '' : ' (not in force)'}  ${place(origin)}`;
  });
  const to =
    next &&
    [next.level && spelled(next.level), next.phase !== null && `phase ${next.phase}`].filter(Boolean).join(', ');
  return [head, ...made, ...(next === null ? [] : [`    next     ${to} on ${next.on}`])];
}

/** What floors say of waivers. */
function limits(floors: readonly Floor[]): string[] {
  return floors.flatMap(({ waivable, inlineWaivers, maxDays, origin }) => {
    const says = [
      !waivable && 'not waivable',
      waivable && !inlineWaivers && 'not waivable by a comment',
      maxDays !== undefined && `waivers of at most ${maxDays} days`,
    ].filter(Boolean);
    return says.length === 0 ? [] : [`    floor    ${says.join(', ')}  ${place(origin)}`];
  });
}

function place({ file, line, at }: Origin): string {
  return `${file}${line === null ? '' : `:${line}`} ${at}`;
}
