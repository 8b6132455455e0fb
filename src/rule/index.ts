export type { Clock } from './clock.js';
export type {
  AnyRule,
  Content,
  Context,
  Data,
  Draft,
  Excerpt,
  Rule,
  RuleMeta,
  Scope,
} from './define-rule.js';
export { defineRule } from './define-rule.js';
export { MASK } from './mask.js';
export type { Blob, Entry, LineRange, Mode, Snapshot, SnapshotKind, Status } from './snapshot.js';
export type { OptionSchema, OptionsOf, Spec } from './spec.js';
