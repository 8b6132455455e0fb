import type { CheckResult } from '../engine/result.js';

export interface Surface {
  /** Whether ANSI colours may be used. */
  readonly colour: boolean;
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  /** Only what blocks. */
  readonly quiet: boolean;
  /** The most bytes that the reader takes, where a format can be cut. */
  readonly maxBytes?: number;
}

export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly result: CheckResult;
  /** Milliseconds by phase; only with `--timings`, since the same input shall give the same bytes. */
  readonly timings: Readonly<Record<string, number>> | null;
}

/** Turns a result into the text of one format, newline at the end. */
export type Render = (report: Report, surface: Surface) => string;
