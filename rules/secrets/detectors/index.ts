import { aws } from './aws.js';
import type { Detector } from './detector.js';
import { privateKey } from './private-key.js';
import { tokens } from './tokens.js';
import { urlCredentials } from './url-credentials.js';

/** Our own detectors, one file a family. A new family is one line here; the prefilter is built from this list. */
export const DETECTORS: readonly Detector[] = [privateKey, urlCredentials, ...aws, ...tokens];
