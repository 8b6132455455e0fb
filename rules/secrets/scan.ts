import { MASK } from '../../src/rule/index.js';
import type { Detector, Span } from './detectors/detector.js';
import { KEY_STORE } from './detectors/private-key.js';
import { excerptOf } from './excerpt.js';
import { Lines } from './lines.js';
import { type Suspicion, suspect } from './prefilter.js';
import { runSecretlint } from './secretlint.js';

/** One credential in a file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Secret {
  /** Which kind it is, in kebab-case. */
  readonly detector: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The public start of it, if its kind has one, then asterisks. */
  readonly masked: string;
}

/** A `Secret` with what the rule needs beside it; `text` is the secret itself and must go no further than `context.hide`. */
export interface SecretInText extends Secret {
  readonly title: string;
  readonly text: string;
  readonly excerpt: { readonly text: string; readonly start: number; readonly length: number };
}

interface Found extends Span {
  readonly detector: string;
  readonly title: string;
  readonly prefix?: RegExp | undefined;
}

/** Every credential in a file's bytes, in the order of the text. `path` tells formats apart (`.npmrc`, `.p12`). */
export function scan(bytes: Uint8Array, { path = '' }: { readonly path?: string } = {}): Secret[] {
  const suspicion = suspect(bytes, path);
  if (suspicion === null) return [];
  return examine(suspicion, path).map(({ detector, line, column, endLine, endColumn, masked }) => ({
    detector,
    line,
    column,
    endLine,
    endColumn,
    masked,
  }));
}

/** What the detectors find in a file under suspicion. */
export function examine({ text, detectors, secretlint, keyStore }: Suspicion, path: string): SecretInText[] {
  const found = withoutOverlaps([...ownFindings(text, detectors), ...(secretlint ? runSecretlint(text, path) : [])]);
  if (found.length === 0) return keyStore ? [wholeFile()] : [];
  const lines = new Lines(text);
  const secrets = new Set(found.map(({ start, end }) => text.slice(start, end)));
  return found.map((span) => describe(span, text, { lines, secrets, found }));
}

function* ownFindings(text: string, detectors: readonly Detector[]): Iterable<Found> {
  for (const { id: detector, title, prefix, find } of detectors) {
    for (const span of find(text)) yield { ...span, detector, title, prefix };
  }
}

/** In the order of the text, one finding for each stretch: of two that overlap, the longer, and of equal ones our own. */
function withoutOverlaps(found: readonly Found[]): Found[] {
  const ordered = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Found[] = [];
  for (const span of ordered) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (span.end - span.start > last.end - last.start) kept[kept.length - 1] = span;
  }
  return kept;
}

interface Around {
  readonly lines: Lines;
  readonly secrets: ReadonlySet<string>;
  readonly found: readonly Span[];
}

function describe(
  { start, end, detector, title, prefix }: Found,
  text: string,
  { lines, secrets, found }: Around,
): SecretInText {
  const from = lines.position(start);
  const to = lines.position(end);
  const secret = text.slice(start, end);
  const masked = `${prefix?.exec(secret)?.[0] ?? ''}${MASK}`;
  const line = lines.around(start);
  const excerpt = excerptOf(text, { line, span: { start, end }, found, secrets, masked });
  return {
    detector,
    title,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    masked,
    text: secret,
    excerpt,
  };
}

/** A store has no text: the finding is the file. */
function wholeFile(): SecretInText {
  const excerpt = { text: MASK, start: 0, length: MASK.length };
  return {
    detector: KEY_STORE.id,
    title: KEY_STORE.title,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    masked: MASK,
    text: '',
    excerpt,
  };
}
