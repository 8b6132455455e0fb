import { RULES } from '../../rules/index.js';
import { ENGINE_RULES } from '../engine/judge-policy.js';
import type { AnyRule } from '../rule/index.js';

/** Every rule that a config may name without bringing it. */
export const KNOWN_RULES: readonly AnyRule[] = [...RULES, ...ENGINE_RULES];
