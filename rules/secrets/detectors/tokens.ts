import { type Detector, matches } from './detector.js';
import { isFiller } from './placeholder.js';

/** A token glued to a letter is part of a word, unless that letter ends an escape: `\n`, `%3D`, `\u003d`. */
const START = /(?<!(?<!\\|%[0-9A-Fa-f]|\\u00[0-9A-Fa-f])[A-Za-z])/;

/** A token that its issuer made to be recognised: a fixed prefix, then a run of known length. */
function token(id: string, title: string, keywords: readonly string[], prefix: RegExp, form: RegExp): Detector {
  const pattern = new RegExp(`${START.source}(?:${form.source})`, 'dg');
  const isReal = (secret: string) => !isFiller(secret.replace(prefix, ''));
  return { id, title, keywords, prefix, find: (text) => matches(text, pattern, isReal) };
}

/** What the secretlint preset that serves Node.js 20 lacks beside its successor, so that results are the same everywhere. */
export const tokens: readonly Detector[] = [
  token(
    'stripe-key',
    'Stripe secret key',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'],
    /^[rs]k_(?:live|test)_/,
    /[rs]k_(?:live|test)_[A-Za-z0-9]{24,247}(?![A-Za-z0-9])/,
  ),
  token(
    'tailscale-key',
    'Tailscale key',
    ['tskey-'],
    /^tskey-[a-z]+-/,
    /tskey-[a-z]{2,20}-[A-Za-z0-9_]{8,40}-[A-Za-z0-9_]{16,60}(?![A-Za-z0-9_])/,
  ),
  token(
    'cloudflare-token',
    'Cloudflare API token',
    ['cfk_', 'cfut_', 'cfat_'],
    /^cf(?:k|ut|at)_/,
    /cf(?:k|ut|at)_[A-Za-z0-9]{40}[0-9a-f]{8}(?![A-Za-z0-9])/,
  ),
  token(
    'github-token',
    'GitHub token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    /^(?:gh[pousr]_|github_pat_)/,
    /gh[pousr]_[A-Za-z0-9]{36,251}(?![A-Za-z0-9_])|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9])/,
  ),
  token(
    'github-token',
    'GitHub token',
    ['ghs_'],
    /^ghs_/,
    /ghs_\d{1,20}_[\w-]{1,400}\.[\w-]{1,4000}\.[\w-]{1,1000}(?![\w-])/, // of an app, with a JSON web token
  ),
];
