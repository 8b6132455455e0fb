import { isSecretKey } from './detectors/aws.js';
import type { Kind } from './detectors/detector.js';
import { isPlaceholderToken } from './detectors/npm.js';
import { isFiller, isPlaceholder, isReference } from './detectors/placeholder.js';
import { TOKEN_AS_USER } from './detectors/url-credentials.js';

/** What we make of one of secretlint's message ids. */
export interface SecretlintKind extends Kind {
  /** The credential in what was reported: its group `secret`. Without one, all of it is. */
  readonly within?: RegExp;
  /** Whether the credential is more than a placeholder. Without one, its random part has to be random. */
  readonly accept?: (secret: string, reported: string) => boolean;
  /** The report's data is the name of the file, so that only its range tells the place. */
  readonly ranged?: boolean;
}

const URL: SecretlintKind = {
  id: 'url-credentials',
  title: 'password in a URL',
  within: /:\/\/[^:]*:(?<secret>[^@/\s]*)@/d,
  accept: (password) => !isReference(password) && password !== TOKEN_AS_USER, // it has a list of words of its own
};
const GRAFANA: SecretlintKind = { id: 'grafana-token', title: 'Grafana token', prefix: /^gl(?:c|sa)_/ };
const VAULT: SecretlintKind = { id: 'vault-token', title: 'HashiCorp Vault token', prefix: /^hv[sbr]\./ };
const VERCEL: SecretlintKind = { id: 'vercel-token', title: 'Vercel token', prefix: /^vc[piark]_/ };

/** By secretlint's message id. One without an entry is shown under its own name. */
export const SECRETLINT_KINDS: Readonly<Record<string, SecretlintKind>> = {
  AWSSecretAccessKey: { id: 'aws-secret-access-key', title: 'AWS secret access key', accept: isSecretKey },
  PrivateKeyJSON: {
    id: 'gcp-service-account-key',
    title: 'Google Cloud service account key',
    within: /"private_key"\s*:\s*"(?<secret>[^"]+)"/d,
    accept: () => true,
    ranged: true,
  },
  PackageJSON_xOauthToken: {
    id: 'github-oauth-url',
    title: 'GitHub token in a URL',
    within: /(?<secret>[^\s"'/@:]*)$/d, // the report may begin at an earlier URL of the line
    accept: (token) => !isPlaceholder(token),
  },
  Npmrc_authToken: {
    id: 'npm-auth-token',
    title: 'npm registry token',
    within: /^[ \t]*["']?(?<secret>[^\0-\x20"';#]*)/d, // the report may begin with the end of the line
    accept: (token) => !isPlaceholderToken(token),
  },
  NPM_ACCESS_TOKEN: {
    id: 'npm-access-token',
    title: 'npm access token',
    prefix: /^npm_/,
    accept: (token) => !token.includes('_', 4) && !isFiller(token.slice(4)), // else it is a name: `npm_install_…`
  },
  SLACK_TOKEN: {
    id: 'slack-token',
    title: 'Slack token',
    prefix: /^x(?:ox[abopr]|app)-/,
    accept: (token) => token.split('-').some((part) => part.length >= 8 && /\d/.test(part) && !isFiller(part)),
  },
  IncomingWebhook: {
    id: 'slack-webhook',
    title: 'Slack incoming webhook',
    prefix: /^https:\/\/hooks\.slack\.com\/services\//i,
    accept: (url) => !isFiller(url.slice(url.lastIndexOf('/') + 1)),
  },
  BasicAuth: URL,
  MongoDBConnection: URL,
  MySQLConnection: URL,
  PostgreSQLConnection: URL,
  OPENAI_TOKEN: { id: 'openai-key', title: 'OpenAI API key', prefix: /^sk-(?:(?:proj|svcacct|admin)-)?/ },
  ANTHROPIC_API_KEY: { id: 'anthropic-key', title: 'Anthropic API key', prefix: /^sk-ant-api0\d-/ },
  GROQ_API_KEY: { id: 'groq-key', title: 'Groq API key', prefix: /^gsk_/ },
  HUGGINGFACE_USER_ACCESS_TOKEN: { id: 'huggingface-token', title: 'Hugging Face token', prefix: /^hf_/ },
  LINEAR_API_TOKEN: { id: 'linear-token', title: 'Linear API token', prefix: /^lin_api_/ },
  NOTION_INTEGRATION_TOKEN: { id: 'notion-token', title: 'Notion token', prefix: /^ntn_/ },
  PrivateKey: { id: 'private-key', title: 'private key', accept: () => true },
  SENDGRID_KEY: { id: 'sendgrid-key', title: 'SendGrid API key', prefix: /^SG\./ },
  SHOPIFY_KEY: { id: 'shopify-token', title: 'Shopify token', prefix: /^shp(?:pa|ca|at|ss)_/ },
  GITHUB_TOKEN: { id: 'github-token', title: 'GitHub token', prefix: /^(?:gh[pousr]_|github_pat_)/ },
  GITLAB_PERSONAL_ACCESS_TOKEN: { id: 'gitlab-token', title: 'GitLab token', prefix: /^glpat-/ },
  GRAFANA_CLOUD_API_TOKEN: GRAFANA,
  GRAFANA_SERVICE_ACCOUNT_TOKEN: GRAFANA,
  OPS_TOKEN: { id: '1password-token', title: '1Password service account token', prefix: /^ops_/ },
  HASHICORP_VAULT_SERVICE_TOKEN: VAULT,
  HASHICORP_VAULT_BATCH_TOKEN: VAULT,
  HASHICORP_VAULT_RECOVERY_TOKEN: VAULT,
  VERCEL_PERSONAL_ACCESS_TOKEN: VERCEL,
  VERCEL_INTEGRATION_TOKEN: VERCEL,
  VERCEL_APP_ACCESS_TOKEN: VERCEL,
  VERCEL_APP_REFRESH_TOKEN: VERCEL,
  VERCEL_AI_GATEWAY_API_KEY: VERCEL,
  DATABRICKS_PERSONAL_ACCESS_TOKEN: { id: 'databricks-token', title: 'Databricks token', prefix: /^dapi/ },
  DOCKER_PERSONAL_ACCESS_TOKEN: { id: 'docker-token', title: 'Docker token', prefix: /^dckr_pat_/ },
  FIGMA_PERSONAL_ACCESS_TOKEN: { id: 'figma-token', title: 'Figma token', prefix: /^figd_/ },
};
