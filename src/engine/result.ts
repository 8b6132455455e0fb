import type { Level, LevelByPoint, Point } from '../config/policy.js';
import type { Data, Excerpt, SnapshotKind } from '../rule/index.js';

export type { LevelByPoint } from '../config/policy.js';

export type Verdict = 'pass' | 'warn' | 'block' | 'error';
export type ActiveLevel = Exclude<Level, 'off'>;

/** A draft completed by the engine. Lines and columns count from 1, columns in UTF-16 units; `null` for a whole file. */
export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly message: string;
  readonly level: ActiveLevel;
  readonly state: 'new' | 'baselined' | 'waived';
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** The waiver that lets it through: its id, or the comment; `null` while it is not waived. */
  readonly waiver: string | null;
  /** Name of the module the file belongs to. */
  readonly module: string | null;
  readonly fingerprint: string;
  /** Present where the rule knows that the change brought it: then it matches no baseline. */
  readonly fresh?: true;
  readonly data: Data;
  /** Where the docs explain it. */
  readonly help: string;
  /** For people only: not part of the JSON result. */
  readonly excerpt: Excerpt | null;
  readonly fix: string | null;
}

/** What a rule could not judge, and the level that would have held. */
export interface NotEvaluated {
  readonly ruleId: string;
  /** `null`: the rule as a whole. */
  readonly path: string | null;
  readonly level: ActiveLevel;
  readonly reason: string;
}

/** A step that comes due soon. */
export interface Announcement {
  readonly ruleId: string;
  /** `null`: the default. */
  readonly module: string | null;
  readonly owner: string | null;
  readonly on: string;
  readonly level: LevelByPoint | null;
  readonly phase: number | null;
}

export interface RuleReport {
  readonly id: string;
  readonly summary: string;
  /** Whether it reads files; the others judge the policy. Not part of the JSON result. */
  readonly scans: boolean;
  /** `skipped`: off, or no file to look at. */
  readonly state: 'ran' | 'skipped' | 'not-evaluated';
  readonly reason: string | null;
  /** How many files, and how many bytes of them, the rule has read. */
  readonly files: number;
  readonly bytes: number;
}

export interface CheckResult {
  readonly verdict: Verdict;
  readonly exitCode: 0 | 1 | 2;
  readonly asOf: string;
  readonly point: Point;
  readonly snapshot: { readonly kind: SnapshotKind; readonly base: string | null; readonly head: string | null };
  readonly rules: readonly RuleReport[];
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** Steps that come due in the next 14 days. */
  readonly announcements: readonly Announcement[];
  readonly counts: {
    readonly block: number;
    readonly warn: number;
    readonly baselined: number;
    readonly waived: number;
    readonly notEvaluated: number;
  };
}
