import { type Detector, matches } from './detector.js';
import { isPlaceholder } from './placeholder.js';

/**
 * `scheme://user:password@host`. The user may be empty (Redis), the password percent-encoded or full of punctuation; every part is
 * bounded, so a long run of anything costs linear time.
 */
const URL =
  /(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/[^\s:/@"'`<>{}()[\]\\|]{0,100}:(?<secret>[^\s/@"'`<>\\|]{4,200})@(?:[A-Za-z0-9_%[\]:.-]{1,255})/dg;

/** Cheap to match: something between `://` and an `@`, with a colon in it. */
export const URL_HINT = /:\/\/[^\s/]{0,300}:[^\s/]{4,300}@/;

export const urlCredentials: Detector = {
  id: 'url-credentials',
  title: 'password in a URL',
  keywords: ['://'],
  confirm: URL_HINT,
  find: (text) => matches(text, URL, (password) => !isPlaceholder(password) && !/[{}]|^\$|\$[({]/.test(password)),
};
