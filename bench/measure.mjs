// Measures commands as whole processes, one after the other in turn (A B A B …), so that what disturbs the machine disturbs both.
import { spawnSync } from 'node:child_process';

/** Wall and CPU milliseconds of one run of a shell command; `prepare` is run before, unmeasured. */
function once({ command, cwd, env, prepare }) {
  prepare?.();
  const timed = `TIMEFORMAT='%3R %3U %3S'; { time { ${command} ; } >/dev/null 2>&1 ; } 2>&1`;
  const { stdout } = spawnSync('bash', ['-c', timed], { cwd, env, encoding: 'utf8' });
  const [real, user, system] = stdout.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall: real * 1000, cpu: (user + system) * 1000 };
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The medians of two commands and of their paired ratio and difference (A/B, A−B), after one warm-up each. */
export function compare(a, b, runs) {
  once(a);
  once(b);
  const pairs = Array.from({ length: runs }, () => [once(a), once(b)]);
  const of = (pick) => median(pairs.map(pick));
  return {
    a: { wall: of(([x]) => x.wall), cpu: of(([x]) => x.cpu) },
    b: { wall: of(([, y]) => y.wall), cpu: of(([, y]) => y.cpu) },
    wallRatio: of(([x, y]) => x.wall / y.wall),
    cpuRatio: of(([x, y]) => x.cpu / y.cpu),
    wallDifference: of(([x, y]) => x.wall - y.wall),
  };
}
