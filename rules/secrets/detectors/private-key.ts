import { type Detector, matches, type Span } from './detector.js';

/** PEM and PGP armour; SSH2 has four dashes and spaces. */
const HEADER =
  /-----BEGIN ?(?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----/g;
const FOOTER =
  /-----END ?(?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----|---- END SSH2 (?:ENCRYPTED )?PRIVATE KEY ----/g;
/** No key that is in use is longer (RSA 16384 has some 13 kB in PEM). */
const LONGEST = 20_000;
/** How far behind the last line of base 64 the footer may stand: the checksum of PGP, quotes, the `+` of a patch. */
const FOOTER_WITHIN = 300;
/**
 * What may stand between the lines of a key: white space, the line ends of JSON, URLs and XML, quotes, the `+` or `-` of a patch, signs
 * of comments and tables.
 */
const BETWEEN =
  /(?:\\[rn]|\\u000[aAdD]|%0[aAdD]|&#(?:1[03]|x[aAdD]);|<br ?\/?>|(?<=\n)-(?!-)|[\s"'`+>#*|,;\\]){1,500}/y;
/** Percent-encoded, a line end is `%0A` and belongs to the line. */
const LINE = /[A-Za-z0-9+/%]{16,20000}={0,2}/y;
/** The last line of a key may be short; anywhere else a short run is a word of prose. */
const LAST_LINE = /[A-Za-z0-9+/]{1,15}={0,2}(?=\\[rnu]|[\s"'`\\&<]|-----END|$)/y;
/** `Proc-Type: 4,ENCRYPTED`, `Version: GnuPG` */
const FIELD = /[A-Za-z-]{3,20}: [^\n\\]{1,200}/y;
/** A line of nothing but base 64, with the signs of a patch, a comment or a string around it. No longer one is looked at. */
const WHOLE_LINE = /^-?[\s"'`+>#*|]*(?<body>[A-Za-z0-9/][A-Za-z0-9+/]*={0,2})(?:\\n)?(?:["'`][\s+,;]*|[\s|]*)$/d;
const LONGEST_LINE = 200;
/** Base 64 of less than a third of the shortest key is a made-up example. */
const SHORTEST_BODY = 40;

const KIND = { id: 'private-key', title: 'private key' } as const;

/**
 * A private key in PEM or PGP armour, whole or cut in half: a paste that lacks its end or its beginning, one in a patch, indented in
 * YAML or escaped in JSON still gives most of the key away.
 */
const armoured: Detector = {
  ...KIND,
  keywords: ['private key-----', 'private key block-----', 'private key ----'],
  *find(text) {
    const whole = [...fromHeaders(text)];
    yield* whole;
    yield* fromFooters(text, new Set(whole.map(({ end }) => end)));
  },
};

/** The private lines of PuTTY's own format. */
const PUTTY =
  /Private-Lines: \d{1,4}\r?\n(?<secret>[A-Za-z0-9+/]{16,64}={0,2}(?:\r?\n[A-Za-z0-9+/]{1,64}={0,2}(?![^\r\n]))*)/dg;
const putty: Detector = {
  ...KIND,
  keywords: ['private-lines: '],
  find: (text) => matches(text, PUTTY, (lines) => isKey(lines.replace(/\s/g, ''))),
};

export const privateKeys: readonly Detector[] = [armoured, putty];

function* fromHeaders(text: string): Iterable<Span> {
  let after = 0;
  for (const { index, 0: header } of text.matchAll(HEADER)) {
    if (index < after) continue;
    const body = readBody(text, index + header.length);
    if (!isKey(body.base64)) continue;
    after = footerEnd(text, body.end);
    yield { start: index, end: after };
  }
}

/** Keys of which only the second half is left. */
function* fromFooters(text: string, known: ReadonlySet<number>): Iterable<Span> {
  let after = 0;
  for (const { index, 0: footer } of text.matchAll(FOOTER)) {
    const end = index + footer.length;
    const body = known.has(end) ? null : readBodyBefore(text.slice(Math.max(after, index - LONGEST), index));
    if (body !== null && isKey(body.base64)) yield { start: index - body.length, end };
    after = end;
  }
}

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

/** The lines of base 64 right above a footer, and how far above it they begin. */
function readBodyBefore(text: string) {
  const lines: string[] = [];
  let length = 0;
  let end = text.lastIndexOf('\n');
  while (end > 0) {
    const from = text.lastIndexOf('\n', end - 1) + 1;
    const body = end - from <= LONGEST_LINE ? WHOLE_LINE.exec(text.slice(from, end)) : null;
    const base64 = body?.groups?.body ?? '';
    if (base64.length < (lines.length === 0 ? 1 : 16)) break;
    lines.push(base64);
    length = text.length - from - body!.indices!.groups!.body![0];
    end = from - 1;
  }
  return { base64: lines.join(''), length };
}

/** The match at exactly this place. */
function stick(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The end of the footer that belongs to a body: none if another key begins before it. */
function footerEnd(text: string, bodyEnd: number): number {
  const rest = text.slice(bodyEnd, bodyEnd + FOOTER_WITHIN);
  const [footer] = rest.matchAll(FOOTER);
  if (footer === undefined || rest.slice(0, footer.index).search(HEADER) !== -1) return bodyEnd;
  return bodyEnd + footer.index + footer[0].length;
}

function isKey(base64: string): boolean {
  return base64.length >= SHORTEST_BODY && !isFiller(base64);
}

/** `AAAA…`, `xxxx…`, or words and paths that happen to be base 64. */
function isFiller(body: string): boolean {
  return new Set(body).size < 10 || !/[A-Z]/.test(body) || !/[a-z]/.test(body) || !/[0-9]/.test(body);
}

/**
 * The bytes that a PKCS#12 store begins with: a sequence (its length in one to four bytes, or left open), then the integer 3.
 * @source RFC 7292
 */
const PKCS12 = /^\x30(?:\x80|[\x00-\x7f]|\x81.|\x82..|\x83...|\x84....)\x02\x01\x03\x30/s;

/** A key store in binary form, known by its name and its first bytes; secrets in one are protected by a password at most. */
export function isKeyStore(path: string, bytes: Uint8Array): boolean {
  return /\.(p12|pfx)$/i.test(path) && PKCS12.test(Buffer.from(bytes.subarray(0, 16)).toString('latin1'));
}

export const KEY_STORE = { id: 'pkcs12-key-store', title: 'PKCS#12 key store' } as const;
