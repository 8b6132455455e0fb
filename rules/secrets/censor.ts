import { MASK } from '../../src/rule/index.js';
import { suspect } from './prefilter.js';
import { examine } from './scan.js';

/** A text for people with every credential in it masked: the last guard before an error is printed. */
export function censor(message: string): string {
  const suspicion = suspect(Buffer.from(message), '');
  if (suspicion === null) return message;
  const { text } = suspicion;
  let masked = '';
  let at = 0;
  for (const { start, end } of examine(suspicion, '').hidden) {
    masked += text.slice(at, start) + MASK;
    at = end;
  }
  return masked + text.slice(at);
}
