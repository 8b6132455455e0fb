import { type Detector, matches } from './detector.js';
import { isPlaceholder } from './placeholder.js';

/** A token that its issuer made to be recognised: a fixed prefix, then a run of known length. */
function token(id: string, title: string, keywords: readonly string[], pattern: RegExp, prefix: RegExp): Detector {
  return { id, title, keywords, prefix, find: (text) => matches(text, pattern) };
}

/** What the secretlint preset that serves Node.js 20 lacks beside its successor, so that results are the same everywhere. */
export const tokens: readonly Detector[] = [
  token(
    'stripe-key',
    'Stripe secret key',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'],
    /(?<![A-Za-z0-9])[rs]k_(?:live|test)_[A-Za-z0-9]{24,247}(?![A-Za-z0-9])/dg,
    /^[rs]k_(?:live|test)_/,
  ),
  token(
    'tailscale-key',
    'Tailscale key',
    ['tskey-'],
    /(?<![A-Za-z0-9])tskey-[a-z]{2,20}-[A-Za-z0-9]{8,40}-[A-Za-z0-9]{16,60}(?![A-Za-z0-9])/dg,
    /^tskey-[a-z]+-/,
  ),
  token(
    'cloudflare-token',
    'Cloudflare API token',
    ['cfk_', 'cfut_', 'cfat_'],
    /(?<![A-Za-z0-9])cf(?:k|ut|at)_[A-Za-z0-9]{40}[0-9a-f]{8}(?![A-Za-z0-9])/dg,
    /^cf(?:k|ut|at)_/,
  ),
  token(
    'github-token',
    'GitHub token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,251}|ghs_\d{1,10}_eyJ[\w-]{20,400}\.[\w-]{20,800}\.[\w-]{20,700}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![A-Za-z0-9])/dg,
    /^(?:gh[pousr]_|github_pat_)/,
  ),
  {
    id: 'npm-auth-token',
    title: 'npm registry token',
    keywords: ['_authtoken', '_password'],
    confirm: /_(?:authToken|password)\s*=/,
    find: (text) =>
      matches(
        text,
        /(?<![A-Za-z])_(?:authToken|password)[^\S\n]{0,5}=[^\S\n]{0,5}["']?(?<secret>[A-Za-z0-9_.~+/=:-]{8,600})(?![^\s"';,])/dg,
        (secret) => !isPlaceholder(secret),
      ),
  },
];
