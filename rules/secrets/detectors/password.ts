import { isFiller, isPlaceholder, isReference, isRow } from './placeholder.js';

/** Whether a password only marks the place of one: `${PASS}`, `pa:ssword`, `p@ssword`, `abcdef12345`. */
export function isPlaceholderPassword(password: string): boolean {
  const spellings = [password, password.replace(/[^A-Za-z0-9]/g, ''), password.replaceAll('@', 'a')];
  return spellings.some(isPlaceholder) || isReference(password) || isFiller(password) || isRow(password);
}

/** A word or two, or digits: no one draws that at random. */
const WORD = /^(?:[A-Z]?[a-z]{2,16}(?:[A-Z][a-z]{2,16})?|[A-Z]{2,16}|\d{1,10})$/;
/** As long as `p4ssw0rd`: what is longer and has digits may have been drawn. */
const SHORT = 8;

/** What is written where any password would do: a word with a sign in it at most, or a short one with digits. */
export function isTrivial(password: string): boolean {
  const signs = new Set(password.replace(/[A-Za-z0-9@$]/g, ''));
  if (signs.size > 1) return false;
  const plain = password.replace(/[^A-Za-z0-9@$]/g, '');
  if (WORD.test(plain)) return true;
  const spelled = plain.replace(/[@$013457]/g, (sign) => LETTERS[sign]!);
  return plain.length <= SHORT && (WORD.test(spelled) || WORD.test(plain.replace(/\d{1,4}$/, '')));
}

const LETTERS: Readonly<Record<string, string>> = { '@': 'a', $: 's', 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't' };
