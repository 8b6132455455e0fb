/**
 * What a user's own rule or script may import. Nothing here reads a disk, starts a process or asks the clock.
 * @module
 */

export type { Config, Level, Point } from './config/policy.js';
export type { CheckResult, Finding, NotEvaluated, RuleReport, Verdict } from './engine/result.js';
export { type ErrorCode, type Help, PolicyError } from './errors.js';
export { type CheckOptions, check, defineConfig } from './library.js';
export * from './rule/index.js';
