import type { Announcement, CheckResult, Finding, LevelByPoint, NotEvaluated } from '../engine/result.js';

/** `1 file`, `2 files` */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** `12 bytes`, `3.4 kB`, `1.2 MB` */
export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte');
  const units = ['kB', 'MB', 'GB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** What was decided on, in words. */
export function subject({ snapshot }: CheckResult): string {
  const { kind, base, head } = snapshot;
  if (kind === 'index') return 'what is staged';
  if (kind === 'range') return `what ${short(base)}..${short(head)} brings`;
  return kind === 'tree' ? `the tree of ${short(head)}` : 'the working tree';
}

const short = (id: string | null) => id?.slice(0, 10) ?? 'nothing';

/** `src/a.ts:3:14`, as editors and terminals link it. */
export function place({ path, line, column }: Pick<Finding, 'path' | 'line' | 'column'>): string {
  return `${path}${line === null ? '' : `:${line}`}${line === null || column === null ? '' : `:${column}`}`;
}

/** `2 blocked, 1 warning, 1 not evaluated`; what there is none of is left out, and nothing at all is `nothing found`. */
export function tally({ counts }: CheckResult): string {
  const parts = [
    counts.block > 0 && `${counts.block} blocked`,
    counts.warn > 0 && count(counts.warn, 'warning'),
    counts.notEvaluated > 0 && `${counts.notEvaluated} not evaluated`,
    counts.baselined > 0 && `${counts.baselined} in the baseline`,
    counts.waived > 0 && `${counts.waived} waived`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nothing found' : parts.join(', ');
}

/** How much each rule has looked at: never left out, since a scan of nothing is no pass. */
export function scanned({ rules }: CheckResult): string[] {
  return rules
    .filter(({ scans, state, reason }) => scans && (state !== 'skipped' || reason !== 'off'))
    .map(({ id, state, reason, files, bytes }) =>
      state === 'skipped' ? `${id}: ${reason}` : `${id}: ${count(files, 'file')}, ${size(bytes)}`,
    );
}

/** `big.bin: it has … bytes, …` */
export function undecidedText({ path, reason }: NotEvaluated): string {
  return path === null ? reason : `${path}: ${reason}`;
}

/** The verdict with its counts, and how much each rule has looked at. */
export function conclusion(result: CheckResult): string[] {
  const looked = scanned(result).map((rule) => `scanned by ${rule}`);
  return [
    `${result.verdict}: ${tally(result)} in ${subject(result)}`,
    ...(looked.length === 0 ? ['scanned nothing: every rule is off'] : looked),
    ...result.announcements.map(announced),
  ];
}

/** `soon: secrets in the module payments becomes block on 2026-12-06 (@team-pay)` */
export function announced({ ruleId, module, owner, on, level, phase }: Announcement): string {
  const where = module === null ? '' : ` in the module ${module}`;
  const becomes = [level && spelled(level), phase !== null && `phase ${phase}`].filter(Boolean).join(', ');
  return `soon: ${ruleId}${where} becomes ${becomes} on ${on}${owner === null ? '' : ` (${owner})`}`;
}

/** `block`, or `hook warn, ci block` */
export function spelled({ hook, ci }: LevelByPoint): string {
  return hook === ci ? ci : `hook ${hook}, ci ${ci}`;
}

/** `waived by W-12: src/a.ts:3:14 GitHub token: ghp_******** [secrets]`: let through, and seen all the same. */
export function waivedText(finding: Finding): string {
  return `waived by ${finding.waiver}: ${place(finding)} ${finding.message} [${finding.ruleId}]`;
}
