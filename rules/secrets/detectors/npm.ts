import { type Detector, matches } from './detector.js';
import { isFiller, isPlaceholder, isRow } from './placeholder.js';

/** `_authToken=…` as in `.npmrc`, with or without a registry before it; a field `this._authToken` is code. */
const AUTH_TOKEN =
  /(?<![A-Za-z0-9.>])_authToken[^\S\n]{0,5}=[^\S\n]{0,5}["']?(?<secret>[A-Za-z0-9][A-Za-z0-9_.~+/:-]{7,3000}={0,2})(?![^\0-\x20"'`;,<)\\|])/dg;
/** `//registry/:_password=…` and `:_auth=…`: base 64 of a password, and of `user:password`. */
const BASE64 =
  /\/:_(?:auth|password)[^\S\n]{0,5}=[^\S\n]{0,5}["']?(?<secret>[A-Za-z0-9+/]{8,1000}={0,2})(?![^\0-\x20"'`;,<)\\|])/dg;
/** `npmAuthToken: …` of `.yarnrc.yml` */
const YARN =
  /(?<![A-Za-z0-9])npmAuth(?:Token|Ident)["']?[^\S\n]{0,5}:[^\S\n]{0,5}["']?(?<secret>[A-Za-z0-9][A-Za-z0-9_.~+/:-]{7,3000}={0,2})(?![^\0-\x20"'`;,<)\\|])/dg;

/** Whether a value only marks the place of a token: `MYTOKEN2`, `${NPM_TOKEN}`, zeros. */
export function isPlaceholderToken(value: string): boolean {
  return isPlaceholder(value.replace(/\d{1,2}$/, '')) || isFiller(value) || isRow(value);
}

export const npmAuthToken: Detector = {
  id: 'npm-auth-token',
  title: 'npm registry token',
  keywords: ['_authtoken', ':_auth', ':_password', 'npmauth'],
  *find(text) {
    for (const pattern of [AUTH_TOKEN, YARN]) {
      // a registry draws its tokens at random, so they have a digit; most names of variables have none
      yield* matches(text, pattern, (value) => /\d/.test(value) && !isPlaceholderToken(value));
    }
    yield* matches(text, BASE64, (value) => !isPlaceholderToken(value));
  },
};
