import { type Detector, matches } from './detector.js';
import { isPlaceholderPassword, isTrivial } from './password.js';

/** `Authorization: Basic …` as a header, in code or in a command: base 64 of `user:password`. */
const HEADER =
  /authorization["'`]?[ \t]{0,5}(?:(?:=>|[:=,])[ \t]{0,5}|[ \t])["'`]?basic[ \t]{1,5}(?<secret>[A-Za-z0-9+/]{8,400}={0,2})(?![A-Za-z0-9+/=])/dgi;

export const basicAuth: Detector = {
  id: 'basic-auth-header',
  title: 'password in an Authorization header',
  keywords: ['authorization'],
  confirm: /authorization["'`]?[ \t=>:,]{1,15}["'`]?basic[ \t]/i,
  find: (text) => matches(text, HEADER, isLogin),
};

/** The client of the examples in RFC 6749, which stands in every library for OAuth. */
const CLIENT_OF_RFC = 's6BhdRkqt3';

function isLogin(encoded: string): boolean {
  const login = /^(?<user>[\x20-\x7e]*?):(?<password>[\x20-\x7e]{4,})$/.exec(
    Buffer.from(encoded, 'base64').toString('latin1'),
  );
  const { user, password = '' } = login?.groups ?? {};
  return password !== '' && user !== CLIENT_OF_RFC && !isPlaceholderPassword(password) && !isTrivial(password);
}
