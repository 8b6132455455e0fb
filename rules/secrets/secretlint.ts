import { creator as preset, type rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Span } from './detectors/detector.js';

/** A credential that a rule of secretlint's recommended preset found. */
export interface SecretlintFinding extends Span {
  readonly detector: string;
  readonly title: string;
}

interface Report {
  readonly messageId: string;
  readonly data: Record<string, string>;
  readonly range: readonly [number, number];
}

/** Our words for secretlint's message ids: detector and title. One without an entry is shown under its own name. */
const NAMES: Record<string, readonly [detector: string, title: string]> = {
  AWSSecretAccessKey: ['aws-secret-access-key', 'AWS secret access key'],
  PrivateKeyJSON: ['gcp-service-account-key', 'Google Cloud service account key'],
  PackageJSON_xOauthToken: ['github-oauth-url', 'GitHub token in a URL'],
  Npmrc_authToken: ['npm-auth-token', 'npm registry token'],
  NPM_ACCESS_TOKEN: ['npm-access-token', 'npm access token'],
  SLACK_TOKEN: ['slack-token', 'Slack token'],
  IncomingWebhook: ['slack-webhook', 'Slack incoming webhook'],
  BasicAuth: ['url-credentials', 'password in a URL'],
  MongoDBConnection: ['url-credentials', 'password in a URL'],
  MySQLConnection: ['url-credentials', 'password in a URL'],
  PostgreSQLConnection: ['url-credentials', 'password in a URL'],
  OPENAI_TOKEN: ['openai-key', 'OpenAI API key'],
  ANTHROPIC_API_KEY: ['anthropic-key', 'Anthropic API key'],
  GROQ_API_KEY: ['groq-key', 'Groq API key'],
  HUGGINGFACE_USER_ACCESS_TOKEN: ['huggingface-token', 'Hugging Face token'],
  LINEAR_API_TOKEN: ['linear-token', 'Linear API token'],
  NOTION_INTEGRATION_TOKEN: ['notion-token', 'Notion token'],
  PrivateKey: ['private-key', 'private key'],
  SENDGRID_KEY: ['sendgrid-key', 'SendGrid API key'],
  SHOPIFY_KEY: ['shopify-token', 'Shopify token'],
  GITHUB_TOKEN: ['github-token', 'GitHub token'],
  GITLAB_PERSONAL_ACCESS_TOKEN: ['gitlab-token', 'GitLab token'],
  GRAFANA_CLOUD_API_TOKEN: ['grafana-token', 'Grafana token'],
  GRAFANA_SERVICE_ACCOUNT_TOKEN: ['grafana-token', 'Grafana token'],
  OPS_TOKEN: ['1password-token', '1Password service account token'],
  HASHICORP_VAULT_SERVICE_TOKEN: ['vault-token', 'HashiCorp Vault token'],
  HASHICORP_VAULT_BATCH_TOKEN: ['vault-token', 'HashiCorp Vault token'],
  HASHICORP_VAULT_RECOVERY_TOKEN: ['vault-token', 'HashiCorp Vault token'],
  VERCEL_PERSONAL_ACCESS_TOKEN: ['vercel-token', 'Vercel token'],
  VERCEL_INTEGRATION_TOKEN: ['vercel-token', 'Vercel token'],
  VERCEL_APP_ACCESS_TOKEN: ['vercel-token', 'Vercel token'],
  VERCEL_APP_REFRESH_TOKEN: ['vercel-token', 'Vercel token'],
  VERCEL_AI_GATEWAY_API_KEY: ['vercel-token', 'Vercel token'],
  DATABRICKS_PERSONAL_ACCESS_TOKEN: ['databricks-token', 'Databricks token'],
  DOCKER_PERSONAL_ACCESS_TOKEN: ['docker-token', 'Docker token'],
  FIGMA_PERSONAL_ACCESS_TOKEN: ['figma-token', 'Figma token'],
};

let reports: Report[] = [];
const scanners = startPreset();

/**
 * Runs the preset's scanners over a text. They are started once and called without secretlint's own runner: it is asynchronous,
 * marks every step in a profiler whose cost grows with the square of the steps, and removes duplicates in quadratic time. Its
 * comment filter is left out too: an unclosed `secretlint-disable` would hide the rest of a file in silence.
 */
export function runSecretlint(text: string, path: string): SecretlintFinding[] {
  reports = [];
  const extension = /\.[^./]*$/.exec(path)?.[0] ?? '';
  const source = { content: text, filePath: path, ext: extension, contentType: 'text', hasBOM: false };
  for (const { file } of scanners) file?.(source as never);
  return reports.map((report) => locate(report, text));
}

function startPreset() {
  type Scanner = (typeof rules)[number];
  const started: ReturnType<Scanner['create']>[] = [];
  const context = {
    sharedOptions: {},
    createTranslator:
      () =>
      (messageId: string, data: Report['data'] = {}) => ({ message: '', messageId, data }),
    ignore() {},
    report({ message, range }: { message: { messageId: string; data: Report['data'] }; range: Report['range'] }) {
      reports.push({ messageId: message.messageId, data: message.data, range });
    },
  };
  const registerRule = (scanner: Scanner) => {
    if (scanner.meta.id.endsWith('-filter-comments')) return;
    started.push(scanner.create(context as never, {} as never));
  };
  preset.create({ registerRule } as never, {} as never);
  return started;
}

/** Where the credential itself stands: a report's range may begin at the variable's name and end inside the value. */
function locate({ messageId, data, range }: Report, text: string): SecretlintFinding {
  const [detector, title] = NAMES[messageId] ?? [messageId.toLowerCase().replaceAll('_', '-'), messageId];
  const value = Object.values(data)[0] ?? '';
  const at = value === '' ? -1 : text.indexOf(value, range[0]);
  const whole = at === -1 ? { start: range[0], end: range[1] } : { start: at, end: at + value.length };
  return { detector, title, ...narrowed(detector, text, whole) };
}

function narrowed(detector: string, text: string, span: Span): Span {
  const matched = text.slice(span.start, span.end);
  const part =
    detector === 'url-credentials'
      ? /^[^:]*:\/\/[^:]*:(?<secret>.*)@/ds.exec(matched)
      : detector === 'gcp-service-account-key'
        ? /"private_key"\s*:\s*"(?<secret>[^"]+)"/d.exec(matched)
        : null;
  const [start, end] = part?.indices?.groups?.secret ?? [0, matched.length];
  return { start: span.start + start, end: span.start + end };
}
