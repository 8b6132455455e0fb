import { nearest } from '../config/validate.js';
import { PolicyError } from '../errors.js';

/** A wrong call: what stands wrong in it, and the call that was probably meant. */
export function usage(what: string, where: string, why: string, fix: string): PolicyError {
  return new PolicyError('USAGE', { what, where, why, fix });
}

/** A name that is none of a closed set. */
export function unknownName(kind: string, got: string, known: readonly string[]): PolicyError {
  const near = nearest(got, known);
  return usage(
    `There is no ${kind} of this name`,
    `nonstop-policy, ${kind} "${got}"`,
    `"${got}" is none of ${known.join(', ') || 'those known here (there are none)'}`,
    near === undefined ? 'Use one of these' : `Did you mean "${near}"?`,
  );
}
