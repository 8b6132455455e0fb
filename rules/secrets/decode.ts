/** Text of a file, and whether it was text: bytes that are none are read as Latin-1, so that a token in them is seen all the same. */
export interface Decoded {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes by byte order mark, then by shape: UTF-16 without a mark (as Windows tools write it) has a zero in every other byte.
 * A byte order mark is not part of the text.
 */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (first === 0xfe && second === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  if (bytes.includes(0)) {
    const guess = guessUtf16(bytes);
    return guess ? utf16(bytes, guess) : { text: latin1(bytes), encoding: 'latin1' };
  }
  try {
    return { text: utf8.decode(bytes), encoding: 'utf-8' };
  } catch {
    const hasMark = first === 0xef && second === 0xbb && bytes[2] === 0xbf;
    return { text: latin1(hasMark ? bytes.subarray(3) : bytes), encoding: 'latin1' };
  }
}

/** One character a byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/** Of the first bytes, at least four in five zeros on one side of the pairs, and hardly any on the other. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(bytes.length, 1024) & ~1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd >= pairs * 0.8 && even <= pairs * 0.05) return 'utf-16le';
  if (even >= pairs * 0.8 && odd <= pairs * 0.05) return 'utf-16be';
  return undefined;
}
