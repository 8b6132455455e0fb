import { creator as preset, type rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Kind, Span } from './detectors/detector.js';
import { isFiller } from './detectors/placeholder.js';
import { SECRETLINT_KINDS, type SecretlintKind } from './secretlint-kinds.js';

/** A credential that a rule of secretlint's recommended preset found. */
export interface SecretlintFinding extends Span {
  readonly kind: Kind;
}

interface Report {
  readonly messageId: string;
  readonly data: Record<string, string>;
  readonly range: readonly [number, number];
}

let reports: Report[] = [];
const scanners = startPreset();

/**
 * Runs the wanted scanners of the preset over a text. They are started once and called without secretlint's own runner: it is asynchronous,
 * marks every step in a profiler whose cost grows with the square of the steps, and removes duplicates in quadratic time. Its
 * comment filter is left out too: an unclosed `secretlint-disable` would hide the rest of a file in silence.
 */
export function runSecretlint(text: string, path: string, wanted: ReadonlySet<string>): SecretlintFinding[] {
  reports = [];
  const ext = /\.json$/.exec(path)?.[0] ?? ''; // seeing `.p12` it would read the file from the disk, and report some time later
  const source = { content: text, filePath: path, ext, contentType: 'text', hasBOM: false };
  for (const name of wanted) scanners.get(name)?.file?.(source as never);
  return reports.flatMap((report) => find(report, text) ?? []);
}

function startPreset() {
  type Scanner = (typeof rules)[number];
  const started = new Map<string, ReturnType<Scanner['create']>>();
  const context = {
    sharedOptions: {},
    createTranslator:
      () =>
      (messageId: string, data: Report['data'] = {}) => ({ message: '', messageId, data }),
    ignore() {},
    report({ message, range }: { message: { messageId: string; data: Report['data'] }; range: Report['range'] }) {
      reports.push({ messageId: message.messageId, data: message.data, range });
    },
  };
  const registerRule = (scanner: Scanner) => {
    const name = scanner.meta.id.replace('@secretlint/secretlint-rule-', '');
    if (name !== 'filter-comments') started.set(name, scanner.create(context as never, {} as never));
  };
  preset.create({ registerRule } as never, {} as never);
  return started;
}

/** The credential of a report, unless it is a placeholder. */
function find(report: Report, text: string): SecretlintFinding | undefined {
  const { messageId } = report;
  const kind: SecretlintKind = SECRETLINT_KINDS[messageId] ?? {
    id: messageId.toLowerCase().replaceAll('_', '-'),
    title: messageId,
  };
  const whole = locate(report, kind, text);
  const reported = text.slice(whole.start, whole.end);
  const [start, end] = kind.within?.exec(reported)?.indices?.groups?.secret ?? [0, reported.length];
  const secret = reported.slice(start, end);
  const accepted = kind.accept?.(secret, reported) ?? !isFiller(secret.replace(kind.prefix ?? '', ''));
  return accepted ? { kind, start: whole.start + start, end: whole.start + end } : undefined;
}

/** Where the reported text itself stands: the range may begin at the variable's name and end inside the value. */
function locate({ data, range }: Report, { ranged }: SecretlintKind, text: string): Span {
  const value = ranged ? '' : (Object.values(data)[0] ?? '');
  const at = value === '' ? -1 : text.indexOf(value, range[0]);
  return at === -1 ? { start: range[0], end: range[1] } : { start: at, end: at + value.length };
}
