import type { CheckResult } from '../engine/result.js';
import type { Report, Surface } from '../report/format.js';
import { FORMATS } from '../report/index.js';
import { CHECK_HELP, type CheckArguments, parseCheckArguments } from './check-arguments.js';
import { addToSummary, writeReport } from './output.js';
import { startProgress } from './progress.js';
import type { Terminal } from './terminal.js';
import { tool } from './tool.js';
import { wire } from './wire.js';

/** `nonstop-policy check`: runs the policy, writes the reports, returns the exit code. */
export async function check(argv: readonly string[], terminal: Terminal): Promise<number> {
  const args = parseCheckArguments(argv, terminal.env);
  if (args.help) {
    terminal.out(CHECK_HELP);
    return 0;
  }
  const progress = startProgress(terminal);
  try {
    const { result, timings } = await wire(args, terminal);
    progress.stop();
    const report = { tool: tool(), result, timings: args.timings ? timings : null };
    await writeReports(args, report, terminal);
    await writeJobSummary(args, report, terminal);
    return result.exitCode satisfies CheckResult['exitCode'];
  } finally {
    progress.stop();
  }
}

/** A machine format has standard output for itself; what is for people then goes to standard error. */
async function writeReports({ formats, quiet }: CheckArguments, report: Report, terminal: Terminal): Promise<void> {
  const machineHasOut = formats.some(({ name, file }) => file === null && FORMATS[name]?.machine);
  for (const { name, file } of formats) {
    const { machine, load } = FORMATS[name]!;
    const toErr = machineHasOut && !machine;
    const surface: Surface = {
      colour: file === null && !machine && terminal.hasColour(toErr ? 'err' : 'out'),
      width: file === null ? terminal.width(toErr ? 'err' : 'out') : 80,
      quiet,
    };
    const text = (await load())(report, surface);
    if (file !== null) writeReport(file, text);
    else if (toErr) terminal.err(text);
    else terminal.out(text);
  }
}

/** In a job of GitHub Actions the result also goes on the page of the run. */
async function writeJobSummary({ quiet }: CheckArguments, report: Report, { env, err }: Terminal): Promise<void> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '') return;
  const { MOST_BYTES, markdown } = await import('../report/markdown.js');
  const render = (maxBytes: number) => markdown(report, { colour: false, width: 80, quiet, maxBytes });
  if (!addToSummary(file, MOST_BYTES, render)) err('note: the summary of this step has no room left for the result\n');
}
