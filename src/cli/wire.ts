import { runCheck } from '../engine/check.js';
import type { PolicyBefore } from '../engine/judge-policy.js';
import type { CheckResult } from '../engine/result.js';
import { systemClock, today } from '../host/clock.js';
import { renamesOf } from '../host/renames.js';
import type { CheckArguments } from './check-arguments.js';
import { findBaselineBefore } from './find-baseline.js';
import { findPolicyBefore } from './find-policy.js';
import { pathFilter, refuseUnmatched } from './path-filter.js';
import { fileRules, type Session, withSession } from './session.js';
import type { Terminal } from './terminal.js';
import { unknownName } from './usage.js';

export interface Ran {
  readonly result: CheckResult;
  /** Milliseconds by phase. */
  readonly timings: Readonly<Record<string, number>>;
}

/** The one place that joins the layers: repository, snapshot, policy, engine. */
export function wire(args: CheckArguments, terminal: Terminal): Promise<Ran> {
  const stopwatch = startStopwatch();
  const wanted = { question: args.question, config: args.config, allowJs: args.allowJsConfig };
  return withSession(wanted, terminal, async (session) => {
    stopwatch.lap('opened');
    await refuseUnknown(args, session, terminal.cwd);
    const result = await checkIn(session, args, terminal.cwd);
    stopwatch.lap('checked');
    return { result, timings: stopwatch.laps };
  });
}

async function checkIn(session: Session, args: CheckArguments, cwd: string): Promise<CheckResult> {
  const { repository, snapshot, found } = session;
  const isWanted = ({ meta }: { meta: { id: string } }) => args.rules.length === 0 || args.rules.includes(meta.id);
  const isChange = snapshot.kind === 'index' || snapshot.kind === 'range';
  const judgesChange = isChange && isWanted({ meta: { id: 'policy-change' } });
  return runCheck({
    policy: found.policy,
    rules: fileRules(found).filter(isWanted),
    snapshot,
    asOf: args.asOf ?? today(),
    point: args.point,
    clock: systemClock,
    wanted: args.paths.length > 0 ? pathFilter(args.paths, { top: repository.top, cwd }) : undefined,
    timeLimitMs: args.timeLimitMs,
    module: args.module,
    maxWarnings: args.maxWarnings,
    before: judgesChange ? await before(session) : undefined,
    accepted: session.accepted,
  });
}

async function before({ search, found, snapshot, repository }: Session): Promise<PolicyBefore> {
  const policy = await findPolicyBefore(search, found);
  const renames = (from: readonly string[]) => renamesOf(from, snapshot, repository);
  return { ...policy, baseline: await findBaselineBefore(snapshot), renames };
}

async function refuseUnknown(
  args: CheckArguments,
  { repository, snapshot, found }: Session,
  cwd: string,
): Promise<void> {
  const ids = found.rules.map(({ meta }) => meta.id);
  for (const id of args.rules) if (!ids.includes(id)) throw unknownName('rule', id, ids);
  const names = found.policy.modules.map(({ name }) => name);
  if (args.module !== undefined && !names.includes(args.module)) throw unknownName('module', args.module, names);
  if (args.question.kind === 'index') return; // a file that was not staged is no mistake
  refuseUnmatched(args.paths, await snapshot.all(), { top: repository.top, cwd });
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
