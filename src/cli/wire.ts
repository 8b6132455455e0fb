import { runCheck } from '../engine/check.js';
import { ENGINE_RULES } from '../engine/judge-policy.js';
import type { CheckResult } from '../engine/result.js';
import { systemClock, today } from '../host/clock.js';
import { openRepository } from '../host/repository.js';
import { openSnapshot } from '../host/snapshots.js';
import type { CheckArguments } from './check-arguments.js';
import { findPolicy, findPolicyBefore } from './find-policy.js';
import { KNOWN_RULES } from './known-rules.js';
import { pathFilter, refuseUnmatched } from './path-filter.js';
import { unknownName } from './usage.js';

export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Told what a person should know that is not part of the report. */
  note(text: string): void;
}

export interface Ran {
  readonly result: CheckResult;
  /** Milliseconds by phase. */
  readonly timings: Readonly<Record<string, number>>;
}

/** The one place that joins the layers: repository, snapshot, policy, engine. */
export async function wire(args: CheckArguments, { cwd, env, note }: Surroundings): Promise<Ran> {
  const stopwatch = startStopwatch();
  const repository = openRepository(cwd, env);
  const snapshot = openSnapshot(repository, args.question);
  stopwatch.lap('snapshot');
  try {
    const where = { top: repository.top, cwd };
    const search = { ...where, snapshot, rules: KNOWN_RULES, given: args.config, allowJs: args.allowJsConfig };
    const found = await findPolicy(search);
    const isChange = snapshot.kind === 'index' || snapshot.kind === 'range';
    const before = isChange ? await findPolicyBefore(search, found) : undefined;
    stopwatch.lap('policy');
    if (found.note !== null) note(found.note);
    const { policy } = found;
    const ids = found.rules.map(({ meta }) => meta.id);
    for (const id of args.rules) if (!ids.includes(id)) throw unknownName('rule', id, ids);
    const names = policy.modules.map(({ name }) => name);
    if (args.module !== undefined && !names.includes(args.module)) throw unknownName('module', args.module, names);
    if (args.question.kind !== 'index') refuseUnmatched(args.paths, await snapshot.all(), where);
    const result = await runCheck({
      policy,
      rules: found.rules.filter(
        (rule) => !ENGINE_RULES.includes(rule) && (args.rules.length === 0 || args.rules.includes(rule.meta.id)),
      ),
      snapshot,
      asOf: args.asOf ?? today(),
      point: args.point,
      clock: systemClock,
      wanted: args.paths.length > 0 ? pathFilter(args.paths, where) : undefined,
      timeLimitMs: args.timeLimitMs,
      module: args.module,
      maxWarnings: args.maxWarnings,
      before: args.rules.length === 0 || args.rules.includes('policy-change') ? before : undefined,
    });
    stopwatch.lap('rules');
    return { result, timings: stopwatch.laps };
  } finally {
    snapshot.close();
  }
}

function startStopwatch() {
  const laps: Record<string, number> = {};
  let from = performance.now();
  return {
    laps,
    lap(name: string) {
      const now = performance.now();
      laps[name] = Math.round(now - from);
      from = now;
    },
  };
}
