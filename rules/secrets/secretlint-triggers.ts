import type { Trigger } from './detectors/detector.js';
import { URL_HINT } from './detectors/url-credentials.js';

/** `scanners`: the rules of the preset that look for it, by the last part of their ids. */
export interface SecretlintTrigger extends Trigger {
  readonly scanners: readonly string[];
}

/**
 * What must stand in a text for secretlint's preset to find anything.
 * @source the patterns of the preset; `test/rules/secretlint.test.ts` holds each of its message ids against this table
 */
export const SECRETLINT_TRIGGERS: readonly SecretlintTrigger[] = [
  {
    scanners: ['aws'],
    keywords: ['secretaccess', 'secret_access'],
    confirm: /secret_?access_?key["']?[\s\x80-\xff]*[:=]/i,
  },
  { scanners: ['privatekey'], keywords: ['private key'], confirm: /PRIVATE KEY(?: BLOCK)?-----/ },
  { scanners: ['gcp'], keywords: ['private_key_id'] },
  { scanners: ['npm'], keywords: ['_authtoken='] },
  { scanners: ['npm'], keywords: ['npm_'], confirm: /npm_\w{36}/ },
  { scanners: ['npm'], keywords: ['x-oauth-basic@'] },
  { scanners: ['basicauth', 'database-connection-string'], keywords: ['://'], confirm: URL_HINT },
  { scanners: ['slack'], keywords: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxo-', 'xoxr-', 'xapp-'] },
  { scanners: ['slack'], keywords: ['hooks.slack.com/services/'] },
  { scanners: ['sendgrid'], keywords: ['sg.'], confirm: /SG\.\w{1,128}\.\w/ },
  { scanners: ['shopify'], keywords: ['shppa_', 'shpca_', 'shpat_', 'shpss_'] },
  { scanners: ['github'], keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'] },
  { scanners: ['gitlab'], keywords: ['glpat-'] },
  { scanners: ['grafana'], keywords: ['glc_', 'glsa_'] },
  { scanners: ['openai'], keywords: ['t3blbkfj'] },
  { scanners: ['anthropic'], keywords: ['sk-ant-api0'] },
  { scanners: ['groq'], keywords: ['gsk_'], confirm: /gsk_[A-Za-z0-9]{52}/ },
  { scanners: ['huggingface'], keywords: ['hf_'], confirm: /hf_[A-Za-z]{34}/ },
  { scanners: ['linear'], keywords: ['lin_api_'] },
  { scanners: ['notion'], keywords: ['ntn_'], confirm: /ntn_\d{11}/ },
  { scanners: ['1password'], keywords: ['ops_ey'] },
  { scanners: ['hashicorp-vault'], keywords: ['hvs.', 'hvb.', 'hvr.'] },
  { scanners: ['vercel'], keywords: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], confirm: /vc[piark]_[A-Za-z0-9]{20}/ },
  { scanners: ['databricks'], keywords: ['dapi'], confirm: /dapi[A-Fa-f0-9]{32}/ },
  { scanners: ['docker'], keywords: ['dckr_pat_'] },
  { scanners: ['figma'], keywords: ['figd_'] },
];
