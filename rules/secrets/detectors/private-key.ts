import type { Detector } from './detector.js';

const HEADER = /-----BEGIN ?(?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g;
const FOOTER = /-----END ?(?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g;
/** No key that is in use is longer (RSA 16384 has some 13 kB in PEM). */
const LONGEST = 20_000;
/** What may stand between the lines of a key: white space, `\n` of JSON, quotes, the `+` of a patch, comment and table signs. */
const BETWEEN = /\\[rn]|[\s"'`+>#*|,;\\]+/y;
const LINE = /[A-Za-z0-9+/]{16,}={0,2}/y;
/** The last line of a key may be short; anywhere else a short run is a word of prose. */
const LAST_LINE = /[A-Za-z0-9+/]{1,15}={0,2}(?=\\[rn]|[\s"'`\\]|-----END|$)/y;
/** `Proc-Type: 4,ENCRYPTED`, `Version: GnuPG` */
const FIELD = /[A-Za-z-]{3,20}: [^\n\\]{1,100}/y;
/** Base 64 of less than a third of the shortest key is a made-up example. */
const SHORTEST_BODY = 40;

/**
 * A private key in PEM or PGP armour, whole or cut short: a paste that lacks its end, a half added by a patch, one indented in
 * YAML or escaped in JSON still gives most of the key away.
 */
export const privateKey: Detector = {
  id: 'private-key',
  title: 'private key',
  keywords: ['private key-----', 'private key block-----'],
  *find(text) {
    let after = 0;
    for (const { index, 0: header } of text.matchAll(HEADER)) {
      if (index < after) continue;
      const body = readBody(text, index + header.length);
      if (body.base64.length < SHORTEST_BODY || isFiller(body.base64)) continue;
      const span = { start: index, end: footerEnd(text, body.end) };
      after = span.end;
      yield span;
    }
  },
};

function readBody(text: string, from: number) {
  const lines: string[] = [];
  let at = from;
  let end = from;
  while (at < text.length && at - from < LONGEST) {
    const piece = stick(BETWEEN, text, at) ?? stick(FIELD, text, at);
    if (piece !== undefined) {
      at += piece.length;
      continue;
    }
    const line = stick(LINE, text, at);
    const last = line === undefined && lines.length > 0 ? stick(LAST_LINE, text, at) : undefined;
    const taken = line ?? last;
    if (taken === undefined) break;
    lines.push(taken);
    at += taken.length;
    end = at;
    if (last !== undefined) break;
  }
  return { base64: lines.join(''), end };
}

/** The match at exactly this place. */
function stick(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function footerEnd(text: string, bodyEnd: number): number {
  FOOTER.lastIndex = bodyEnd;
  const footer = FOOTER.exec(text.slice(0, bodyEnd + 300));
  return footer === null ? bodyEnd : footer.index + footer[0].length;
}

/** `AAAA…`, `xxxx…`, or words and paths that happen to be base 64. */
function isFiller(body: string): boolean {
  return new Set(body).size < 10 || !/[A-Z]/.test(body) || !/[a-z]/.test(body) || !/[0-9]/.test(body);
}

/** The bytes that a PKCS#12 store begins with: a sequence with a two-byte length, then the integer 3. @source RFC 7292 */
const PKCS12 = /^\x30\x82..\x02\x01\x03\x30/s;

/** A key store in binary form, known by its name and its first bytes; secrets in one are protected by a password at most. */
export function isKeyStore(path: string, bytes: Uint8Array): boolean {
  return /\.(p12|pfx)$/i.test(path) && PKCS12.test(Buffer.from(bytes.subarray(0, 16)).toString('latin1'));
}

export const KEY_STORE = { id: 'pkcs12-key-store', title: 'PKCS#12 key store' } as const;
