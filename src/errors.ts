/** Stable codes of failures that a person can mend; each is a heading in docs/exit-codes.md. */
export type ErrorCode =
  | 'USAGE'
  | 'CONFIG_MISSING'
  | 'CONFIG_AMBIGUOUS'
  | 'CONFIG_INVALID'
  | 'CONFIG_UNTRUSTED'
  | 'CONFIG_UNWRITABLE'
  | 'BASELINE_INVALID'
  | 'GIT_MISSING'
  | 'GIT_FAILED'
  | 'REPOSITORY_MISSING'
  | 'RANGE_UNKNOWN'
  | 'REPORT_UNWRITABLE';

export interface Help {
  /** What is wrong, one sentence. */
  readonly what: string;
  /** The file, place or command it is about. */
  readonly where: string;
  /** The got beside the expected. */
  readonly why: string;
  /** One concrete next step. */
  readonly fix: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PolicyError };

/** A failure that a person can mend. The failure below it, if any, is kept whole as `cause`. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  constructor(
    readonly code: ErrorCode,
    readonly help: Help,
    options?: ErrorOptions,
  ) {
    super(help.what, options);
  }
}
