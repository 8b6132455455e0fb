import type { Trigger } from './detectors/detector.js';
import { URL_HINT } from './detectors/url-credentials.js';

/**
 * What must stand in a text for secretlint's preset to find anything.
 * @source the patterns of the preset; `test/rules/secretlint.test.ts` holds each of its message ids against this table
 */
export const SECRETLINT_TRIGGERS: readonly Trigger[] = [
  { keywords: ['secretaccess', 'secret_access'], confirm: /secret_?access_?key["']?[\s\x80-\xff]*[:=]/i },
  { keywords: ['private key'], confirm: /PRIVATE KEY(?: BLOCK)?-----/ },
  { keywords: ['private_key_id'] },
  { keywords: ['_authtoken='] },
  { keywords: ['npm_'], confirm: /npm_\w{36}/ },
  { keywords: ['x-oauth-basic@'] },
  { keywords: ['://'], confirm: URL_HINT },
  { keywords: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxo-', 'xoxr-', 'xapp-'] },
  { keywords: ['hooks.slack.com/services/'] },
  { keywords: ['sg.'], confirm: /SG\.\w{1,128}\.\w/ },
  { keywords: ['shppa_', 'shpca_', 'shpat_', 'shpss_'] },
  { keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'] },
  { keywords: ['glpat-'] },
  { keywords: ['glc_', 'glsa_'] },
  { keywords: ['t3blbkfj'] },
  { keywords: ['sk-ant-api0'] },
  { keywords: ['gsk_'], confirm: /gsk_[A-Za-z0-9]{52}/ },
  { keywords: ['hf_'], confirm: /hf_[A-Za-z]{34}/ },
  { keywords: ['lin_api_'] },
  { keywords: ['ntn_'], confirm: /ntn_\d{11}/ },
  { keywords: ['ops_ey'] },
  { keywords: ['hvs.', 'hvb.', 'hvr.'] },
  { keywords: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], confirm: /vc[piark]_[A-Za-z0-9]{20}/ },
  { keywords: ['dapi'], confirm: /dapi[A-Fa-f0-9]{32}/ },
  { keywords: ['dckr_pat_'] },
  { keywords: ['figd_'] },
];
