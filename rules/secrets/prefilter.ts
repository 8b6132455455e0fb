import { decode, latin1 } from './decode.js';
import type { Detector, Trigger } from './detectors/detector.js';
import { DETECTORS } from './detectors/index.js';
import { isKeyStore } from './detectors/private-key.js';
import { KeywordAutomaton } from './keyword-automaton.js';
import { SECRETLINT_TRIGGERS } from './secretlint-triggers.js';

/** A file that may hold a secret, and which detectors are worth running on it. */
export interface Suspicion {
  readonly text: string;
  readonly detectors: readonly Detector[];
  /** Which of secretlint's scanners. */
  readonly scanners: ReadonlySet<string>;
  readonly keyStore: boolean;
}

const TRIGGERS: readonly Trigger[] = [...DETECTORS, ...SECRETLINT_TRIGGERS];
const OWNERS = TRIGGERS.flatMap((trigger) => trigger.keywords.map(() => trigger));
let automaton: KeywordAutomaton | undefined;

/**
 * Most files hold no keyword, and then nothing else is run or even loaded. Keywords are ASCII, so the bytes are searched without
 * decoding them; a file that begins with or contains bytes of UTF-16 is decoded first.
 */
export function suspect(bytes: Uint8Array, path: string): Suspicion | null {
  automaton ??= new KeywordAutomaton(TRIGGERS.flatMap(({ keywords }) => keywords));
  const keyStore = isKeyStore(path, bytes);
  const wide = isWide(bytes) ? decode(bytes) : undefined;
  const keywords = automaton.find(wide?.encoding.startsWith('utf-16') ? Buffer.from(wide.text, 'latin1') : bytes);
  if (keywords.size === 0 && !keyStore) return null;
  const confirmed = confirm(keywords, wide?.text ?? latin1(bytes));
  const detectors = DETECTORS.filter((detector) => confirmed.has(detector));
  const triggered = SECRETLINT_TRIGGERS.filter((trigger) => confirmed.has(trigger));
  if (detectors.length === 0 && triggered.length === 0 && !keyStore) return null;
  const scanners = new Set(triggered.flatMap((trigger) => trigger.scanners));
  return { text: (wide ?? decode(bytes)).text, detectors, scanners, keyStore };
}

/** The triggers of the keywords that also match their expression; two that share one expression pay for it once. */
function confirm(keywords: ReadonlySet<number>, text: string): Set<Trigger> {
  const answers = new Map<RegExp, boolean>();
  const confirmed = new Set<Trigger>();
  for (const keyword of keywords) {
    const trigger = OWNERS[keyword]!;
    const { confirm: expression } = trigger;
    if (expression && !answers.has(expression)) answers.set(expression, expression.test(text));
    if (!expression || answers.get(expression)) confirmed.add(trigger);
  }
  return confirmed;
}

function isWide(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff || bytes[0] === 0xfe || bytes.includes(0);
}
