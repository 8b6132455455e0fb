import { type Excerpt, MASK } from '../../src/rule/index.js';
import type { Detector, Kind, Span } from './detectors/detector.js';
import { KEY_STORE } from './detectors/private-key.js';
import { excerptOf } from './excerpt.js';
import { Lines } from './lines.js';
import { type Suspicion, suspect } from './prefilter.js';
import { runSecretlint } from './secretlint.js';
import { byStart, occurrences, union } from './spans.js';

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

/** A `Secret` with what the rule shows beside it. */
export interface ShownSecret extends Secret {
  readonly title: string;
  /** The variable, key or option that it is the value of; empty where there is none. */
  readonly name: string;
  readonly excerpt: Excerpt;
}

export interface Examined {
  /** In the order of the text. */
  readonly secrets: readonly ShownSecret[];
  /** Their own texts, one for each of `secrets`. */
  readonly found: readonly string[];
  /** All that must be hidden. Like `found` it must go no further than `context.hide`. */
  readonly texts: readonly string[];
  /** Where they stand in the text, also where no detector sees them: sorted and apart. */
  readonly hidden: readonly Span[];
}

interface Found extends Span {
  readonly kind: Kind;
}

/** With more secrets than this, a file is made of them, and looking for each of them everywhere would be slow. */
const MOST_SEARCHED = 100;
/** A line of a key of several lines is hidden on its own if it is as long as this; a shorter one is a word. */
const SHORTEST_LINE = 16;

/** Every credential in a file's bytes, in the order of the text. `path` tells formats apart (`.npmrc`, `.p12`). */
export function scan(bytes: Uint8Array, { path = '' }: { readonly path?: string } = {}): Secret[] {
  const suspicion = suspect(bytes, path);
  if (suspicion === null) return [];
  return examine(suspicion, path).secrets.map(({ detector, line, column, endLine, endColumn, masked }) => ({
    detector,
    line,
    column,
    endLine,
    endColumn,
    masked,
  }));
}

/** What the detectors find in a file under suspicion. */
export function examine({ text, detectors, scanners, keyStore }: Suspicion, path: string): Examined {
  const found = [...ownFindings(text, detectors), ...runSecretlint(text, path, scanners)].sort(byStart);
  if (found.length === 0) return { secrets: keyStore ? [wholeFile()] : [], found: [], texts: [], hidden: [] };
  const texts = new Set(found.map(({ start, end }) => text.slice(start, end)));
  const isSearched = texts.size <= MOST_SEARCHED;
  const hidden = union(isSearched ? [...found, ...occurrences(text, texts)].sort(byStart) : found);
  const around = { text, lines: new Lines(text), hidden, isSearched };
  const kept = withoutOverlaps(found);
  return {
    secrets: kept.map((each) => describe(each, around)),
    found: kept.map(({ start, end }) => text.slice(start, end)),
    texts: [...new Set([...texts].flatMap(withItsLines))],
    hidden,
  };
}

function* ownFindings(text: string, detectors: readonly Detector[]): Iterable<Found> {
  for (const kind of detectors) {
    for (const span of kind.find(text)) yield { ...span, kind };
  }
}

/** In the order of the text, the best of the findings that overlap. */
function withoutOverlaps(ordered: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const found of ordered) {
    const last = kept.at(-1);
    if (last === undefined || found.start >= last.end) kept.push(found);
    else if (isBetter(found, last)) kept[kept.length - 1] = found;
  }
  return kept;
}

/** A kind that goes by its own form knows more than one that goes by what stands around it; then the longer, then our own. */
function isBetter(a: Found, b: Found): boolean {
  const form = Number(a.kind.prefix !== undefined) - Number(b.kind.prefix !== undefined);
  return form !== 0 ? form > 0 : a.end - a.start > b.end - b.start;
}

interface Around {
  readonly text: string;
  readonly lines: Lines;
  readonly hidden: readonly Span[];
  /** Whether every secret was looked for everywhere; if not, nothing around one is shown. */
  readonly isSearched: boolean;
}

function describe({ start, end, kind }: Found, { text, lines, hidden, isSearched }: Around): ShownSecret {
  const from = lines.position(start);
  const to = lines.position(end);
  const masked = `${kind.prefix?.exec(text.slice(start, end))?.[0] ?? ''}${MASK}`;
  const line = lines.around(start);
  return {
    detector: kind.id,
    title: kind.title,
    name: nameBefore(start, line.start, text, hidden),
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    masked,
    excerpt: isSearched ? excerptOf(text, { line, span: { start, end }, masked, hidden }) : bare(masked),
  };
}

/** `TOKEN = "`, `"token": "`, `--token=`: a name and what joins it to its value. */
const NAME = /(?<name>[A-Za-z_][\w.-]{0,59})["'`\]]{0,2}\s{0,4}(?::=|=>|[=:(])\s{0,4}["'`]?$/d;
const LONGEST_NAME = 80;

/** The name that the secret is the value of, unless a secret stands in the name's place. */
function nameBefore(start: number, lineStart: number, text: string, hidden: readonly Span[]): string {
  const from = Math.max(lineStart, start - LONGEST_NAME);
  const match = NAME.exec(text.slice(from, start));
  const [at, end] = match?.indices?.groups?.name ?? [0, 0];
  const isSecret = hidden.some((span) => span.start < from + end && span.end > from + at);
  return isSecret ? '' : (match?.groups?.name ?? '');
}

/** A secret of several lines, and each of its lines: a message of another rule may show one. */
function withItsLines(secret: string): string[] {
  const lines = secret.split(/(?:\\[rn]|\s)+/).filter((line) => line.length >= SHORTEST_LINE);
  return lines.length > 1 ? [secret, ...lines] : [secret];
}

function bare(masked: string): Excerpt {
  return { text: masked, start: 0, length: masked.length };
}

/** A store has no text: the finding is the file. */
function wholeFile(): ShownSecret {
  const { id: detector, title } = KEY_STORE;
  return { detector, title, name: '', line: 1, column: 1, endLine: 1, endColumn: 1, masked: MASK, excerpt: bare(MASK) };
}
