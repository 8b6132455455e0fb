import type { AnyRule } from '../src/rule/index.js';
import secrets from './secrets/index.js';

/** Every rule that ships with the package, one line each. */
export const RULES: readonly AnyRule[] = [secrets];
