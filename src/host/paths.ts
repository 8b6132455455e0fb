const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A path's bytes as text: UTF-8 as it is, every other byte percent-encoded. */
export function displayPath(raw: Uint8Array): string {
  try {
    return strict.decode(raw);
  } catch {
    return decodeByParts(Buffer.from(raw));
  }
}

function decodeByParts(raw: Buffer): string {
  let text = '';
  let at = 0;
  while (at < raw.length) {
    const length = utf8Length(raw, at);
    text += length === 0 ? `%${raw.toString('hex', at, at + 1).toUpperCase()}` : raw.toString('utf8', at, at + length);
    at += Math.max(length, 1);
  }
  return text;
}

/** How many bytes at `at` are one valid character; 0 where they are none. */
function utf8Length(raw: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= raw.length; length++) {
    try {
      strict.decode(raw.subarray(at, at + length));
      return length;
    } catch {}
  }
  return 0;
}

/** Byte order, which is git's order and the same on every machine. */
export function byRawPath(a: { rawPath: Uint8Array }, b: { rawPath: Uint8Array }): number {
  return Buffer.compare(a.rawPath, b.rawPath);
}
