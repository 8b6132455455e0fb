import { type Detector, matches } from './detector.js';
import { isPlaceholderPassword, isTrivial } from './password.js';
import { isFiller, isPlaceholder } from './placeholder.js';

/**
 * `scheme://user:password@host`. The user may be empty (Redis), the password full of punctuation or percent-encoded, an `@` in it
 * left as it is, and the slashes escaped as in JSON made by PHP. A run between slashes is read once, so the time is linear.
 */
const URL =
  /:\\?\/\\?\/(?<=(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30}):\\?\/\\?\/)(?<user>[^\0-\x20:/?#@"'`()[\]\\|]{0,300}):(?<secret>[^\0-\x20/@"'`\\|]{1,4000}(?:@[^\0-\x20/@,;?&"'`\\|]{0,300}){0,4})@(?<host>[A-Za-z0-9_%[${<#*][^\0-\x20/?#@,"'`\\]{0,255})/dg;

/** Something between `://` and an `@`, with a colon in it: cheap to match, and takes all that the pattern above or secretlint's take. */
export const URL_HINT = /:\\?\/\\?\/[^ \t\r\n\f\v/:]*:[^ \t\r\n\f\v/]{4,}@/;

/** The password that says to GitHub that the user is a token. */
export const TOKEN_AS_USER = 'x-oauth-basic';

/** Schemes whose `name:tag@digest` only looks like credentials. */
const NO_LOGIN = /^(?:docker|oci|docker-image|containers-storage)$/i;

/** This machine, or a name without a dot, as the services of a container file have. */
const LOCAL = /^(?:localhost|127\.|0\.0\.0\.0|host\.docker\.|\[)|^[^.]*$/i;
/** Hosts that stand for one: of RFC 2606 and 6761, and `mycompany.com`. */
const EXAMPLE =
  /(?:^|\.)(?:example|test|invalid|localhost|faketld|tld)$|(?:^|\.)(?:my|your|some|the)?-?(?:example|test|domain|foo|bar|baz|host|hostname|server|site|website|company|acme)\.[a-z]{2,4}$/i;

export const urlCredentials: readonly Detector[] = [
  {
    id: 'url-credentials',
    title: 'password in a URL',
    keywords: ['://', ':\\/\\/'],
    confirm: URL_HINT,
    find: (text) =>
      matches(text, URL, (password, { scheme = '', user = '', host = '' }) => isReal({ scheme, user, password, host })),
  },
  {
    id: 'github-oauth-url',
    title: 'GitHub token in a URL',
    keywords: ['x-oauth-basic@', '@github.com'],
    confirm: /:\/\/[A-Za-z0-9_.-]{8,255}(?::x-oauth-basic)?@/,
    *find(text) {
      const isToken = (user: string) => !isPlaceholder(user) && !isFiller(user);
      yield* matches(text, /:\/\/(?<secret>[A-Za-z0-9_.-]{8,255}):x-oauth-basic@/dg, isToken);
      yield* matches(text, /:\/\/(?<secret>[0-9a-f]{40})@github\.com/dg, isToken);
    },
  },
];

interface Login {
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

function isReal({ scheme, user, password, host }: Login): boolean {
  if (password.length < 4 || password === TOKEN_AS_USER) return false;
  if (NO_LOGIN.test(scheme) || host.startsWith('sha256:') || isPort(password, user)) return false;
  const plain = decoded(password);
  if (isPlaceholderPassword(password) || isPlaceholderPassword(plain)) return false;
  const name = host.replace(/:\d*$/, '');
  if (LOCAL.test(name)) return !isTrivial(plain) && !isTrivial(plain.replace(/\d{1,4}$/, ''));
  return !(isTrivial(plain) && (EXAMPLE.test(name) || plain.toLowerCase() === user.toLowerCase()));
}

/** `https://example.com:8080?from=a@b`, and `http://example.com:8080@evil.org` of the books on security. */
function isPort(password: string, user: string): boolean {
  return /^\d{1,5}[?#&,;]/.test(password) || (/^\d{1,5}$/.test(password) && user.includes('.'));
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
