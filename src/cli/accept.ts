import { join } from 'node:path';
import { BASELINE_FILE, type Baseline, EMPTY } from '../engine/baseline/baseline.js';
import type { Update } from '../engine/baseline/update.js';
import type { Finding } from '../engine/result.js';
import { inert } from '../report/escape.js';
import { count } from '../report/words.js';
import { inCi } from './options.js';
import type { Session } from './session.js';
import type { Terminal } from './terminal.js';
import { usage } from './usage.js';
import { writeText } from './write-text.js';

export interface Acceptance {
  readonly update: Update;
  readonly dryRun: boolean;
}

/** Writes the baseline after a run: with what was found taken in, or with what is gone taken out. */
export async function writeBaseline(
  session: Session,
  findings: readonly Finding[],
  { update, dryRun }: Acceptance,
  terminal: Terminal,
): Promise<void> {
  if (update.mode === 'accept' && inCi(terminal.env)) {
    throw usage(
      'The baseline is frozen in CI',
      BASELINE_FILE,
      'CI is set, and what is accepted is decided by people',
      'Run it on your machine, and commit the file',
    );
  }
  const { updateBaseline, growth } = await import('../engine/baseline/update.js');
  const { renderBaseline } = await import('../engine/baseline/render.js');
  const old = session.accepted?.baseline ?? EMPTY;
  const next = updateBaseline(old, findings, update);
  const grown = growth(old, next, update.renames);
  const [before, after, more] = [[...old.values()], [...next.values()], grown].map(total) as [number, number, number];
  for (const entry of grown)
    terminal.out(`accepted: ${inert(entry.path)}  ${entry.ruleId} ${entry.messageId}, ${entry.count}\n`);
  terminal.out(`${BASELINE_FILE}: ${count(more, 'finding')} more, ${before + more - after} fewer, ${after} in all\n`);
  if (!dryRun) write(session, next, renderBaseline);
}

function total(entries: readonly { count: number }[]): number {
  return entries.reduce((sum, entry) => sum + entry.count, 0);
}

function write({ repository }: Session, baseline: Baseline, render: (baseline: Baseline) => string): void {
  writeText(join(repository.top, BASELINE_FILE), render(baseline));
}
