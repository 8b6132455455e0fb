import type { Terminal } from './terminal.js';

const AFTER_MS = 1000;
const EVERY_MS = 250;
const CLEAR = '\r\u001B[2K';

/** Says on a terminal's standard error that a run of over a second is still at work; says nothing anywhere else. */
export function startProgress({ errIsTerminal, env, err }: Terminal): { stop(): void } {
  if (!errIsTerminal || env.CI) return { stop() {} };
  const from = performance.now();
  let shown = false;
  const timer = setInterval(() => {
    const ms = performance.now() - from;
    if (ms < AFTER_MS) return;
    shown = true;
    err(`${CLEAR}checking, ${Math.floor(ms / 1000)} s`);
  }, EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      if (shown) err(CLEAR);
      shown = false;
    },
  };
}
