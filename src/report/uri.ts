/** A run of bytes as a path shows those that are not UTF-8 (src/host/paths.ts): from 0x80, in capitals. */
const BYTES = /((?:%[89A-F][0-9A-F])+)/;

/**
 * A path as a relative URI. Bytes that are not UTF-8 are percent-encoded in the path already and stay so, which is what the URI of
 * such a file is: `caf%E9` stays `caf%E9`. Every other `%` is a percent sign: `100%.md` becomes `100%25.md`. Only a file whose
 * very name spells a byte that is not UTF-8 (`caf%E9` in ASCII) cannot be told from it.
 */
export function uriOf(path: string): string {
  const encoded = path
    .replace(/\p{Cs}/gu, '\uFFFD') // half a character has no UTF-8
    .split(BYTES)
    .map((part, at) => (at % 2 === 1 && !isText(part) ? part : encodePart(part)))
    .join('');
  const [first = '', ...rest] = encoded.split('/');
  return [first.replaceAll(':', '%3A'), ...rest].join('/'); // before a colon would be a scheme
}

function encodePart(part: string): string {
  return encodeURI(part).replace(/[?#]/g, encodeURIComponent);
}

/** Bytes that are UTF-8 would be shown as text, so these are the name's own characters. */
function isText(bytes: string): boolean {
  try {
    decodeURIComponent(bytes);
    return true;
  } catch {
    return false;
  }
}
