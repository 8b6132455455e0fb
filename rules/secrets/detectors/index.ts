import { aws } from './aws.js';
import { basicAuth } from './basic-auth.js';
import type { Detector } from './detector.js';
import { npmAuthToken } from './npm.js';
import { privateKeys } from './private-key.js';
import { tokens } from './tokens.js';
import { urlCredentials } from './url-credentials.js';

/** Our own detectors, one file a family. A new family is one line here; the prefilter is built from this list. */
export const DETECTORS: readonly Detector[] = [
  ...privateKeys,
  ...urlCredentials,
  basicAuth,
  ...aws,
  ...tokens,
  npmAuthToken,
];
