import { ALPHANUMERIC, BASE32, BASE64, HEX, randomText } from './generated-secrets.js';

/** A text with one credential in it. */
export interface Sample {
  readonly before: string;
  readonly secret: string;
  readonly after: string;
}

/** Makes credentials of one kind that no one issued. */
export interface SampleKind {
  /** For the name of a test. */
  readonly name: string;
  readonly detector: string;
  /** The public start of the secret. */
  readonly prefix: string;
  /** The file it is looked for in. */
  readonly path: string;
  /** Ids of the messages of secretlint that it also makes. */
  readonly secretlint: readonly string[];
  /** A token that is known by its form alone: it stands in any text, and is of the least length that its kind has. */
  readonly isToken: boolean;
  make(seed: number): Sample;
}

const URL_SAFE = `${ALPHANUMERIC}-_`;
const DIGITS = '0123456789';

type Part = string | readonly [length: number, alphabet?: string];

/** Fixed parts and random ones, joined. */
function build(parts: readonly Part[], seed: number): string {
  return parts
    .map((part, at) =>
      typeof part === 'string' ? part : randomText(part[0], seed * 101 + at, part[1] ?? ALPHANUMERIC),
    )
    .join('');
}

/** The prefix is given in pieces, so that no credential is spelled out here. */
function token(
  detector: string,
  prefix: readonly string[],
  rest: readonly Part[],
  secretlint: readonly string[] = [],
): SampleKind {
  const start = prefix.join('');
  return {
    name: `${detector} ${start}`,
    detector,
    prefix: start,
    path: 'config/settings.txt',
    secretlint,
    isToken: true,
    make: (seed) => ({ before: '', secret: build([start, ...rest], seed), after: '' }),
  };
}

interface InContext {
  readonly detector: string;
  readonly as: string;
  readonly path?: string;
  readonly before: string;
  readonly secret: readonly Part[];
  readonly after?: string;
  readonly secretlint?: readonly string[];
}

/** A credential that is known by what stands around it. */
function inContext({
  detector,
  as,
  path = 'config/settings.txt',
  before,
  secret,
  after = '',
  ...more
}: InContext): SampleKind {
  return {
    name: `${detector} ${as}`,
    detector,
    prefix: '',
    path,
    secretlint: more.secretlint ?? [],
    isToken: false,
    make: (seed) => ({ before, secret: build(secret, seed), after }),
  };
}

/** As `openssl` writes it: 64 characters a line. */
export function pem(seed: number, { label = 'RSA ', lines = 6, end = '\n', start = 'MII' } = {}): string {
  const body = Array.from({ length: lines }, (_, at) =>
    at === 0
      ? start + randomText(64 - start.length, seed, BASE64)
      : randomText(at === lines - 1 ? 42 : 64, seed + at, BASE64),
  );
  return [`-----BEGIN ${label}PRIVATE KEY-----`, ...body, `-----END ${label}PRIVATE KEY-----`].join(end);
}

function privateKey(as: string, make: (seed: number) => Sample, secretlint: readonly string[] = []): SampleKind {
  const detector = secretlint.includes('PrivateKeyJSON') ? 'gcp-service-account-key' : 'private-key';
  const path = detector === 'private-key' ? 'config/settings.txt' : 'config/account.json';
  return { name: `${detector} ${as}`, detector, prefix: '', path, secretlint, isToken: false, make };
}

/** JSON of a service account of 1Password: base 64 that ends in the closing brace. */
function serviceAccount(seed: number): string {
  const account = { email: `${randomText(12, seed)}@accounts.lcl`, muk: randomText(60, seed + 1), salt: '' };
  const spare = (4 - (JSON.stringify(account).length % 3)) % 3;
  return Buffer.from(JSON.stringify({ ...account, salt: 's'.repeat(spare) })).toString('base64');
}

const jwt: readonly Part[] = ['eyJ', [33, URL_SAFE], '.eyJ', [117, URL_SAFE], '.', [86, ALPHANUMERIC]];
const slack = (prefix: string) =>
  token('slack-token', [prefix, '-'], [[12, DIGITS], '-', [13, DIGITS], '-', [24]], ['SLACK_TOKEN']);
const vercel = (letter: string, id: string) => token('vercel-token', ['vc', letter, '_'], [[20]], [id]);
const shopify = (kind: string) => token('shopify-token', ['shp', kind, '_'], [[32]], ['SHOPIFY_KEY']);
const github = (letter: string) => token('github-token', ['gh', letter, '_'], [[36]], ['GITHUB_TOKEN']);

/** Every kind of credential that is known, and every form of it that is worth a test. */
export const SAMPLES: readonly SampleKind[] = [
  ...['sk_live', 'sk_test', 'rk_live', 'rk_test'].map((prefix) => token('stripe-key', [prefix, '_'], [[24]])),
  ...['auth', 'api', 'client'].map((type) => token('tailscale-key', ['tskey', `-${type}-`], [[8], '-', [16]])),
  ...['k', 'ut', 'at'].map((type) => token('cloudflare-token', ['cf', `${type}_`], [[40], [8, HEX]])),
  ...['p', 'o', 'u', 's', 'r'].map(github),
  token('github-token', ['github', '_pat_'], [[22], '_', [59]], ['GITHUB_TOKEN']),
  { ...token('github-token', ['gh', 's_'], ['123456_', ...jwt]), name: 'github-token of an app', isToken: false },
  token('aws-access-key-id', ['AK', 'IA'], [[16, BASE32]]),
  token('aws-access-key-id', ['AS', 'IA'], [[16, BASE32]]),
  token('npm-access-token', ['npm', '_'], [[36]], ['NPM_ACCESS_TOKEN']),
  ...['xoxb', 'xoxp', 'xoxa', 'xoxo', 'xoxr', 'xapp'].map(slack),
  token(
    'slack-webhook',
    ['https://hooks.slack', '.com/services/'],
    ['T', [10], '/B', [10], '/', [24]],
    ['IncomingWebhook'],
  ),
  token('sendgrid-key', ['S', 'G.'], [[22], '.', [43]], ['SENDGRID_KEY']),
  ...['pa', 'ca', 'at', 'ss'].map(shopify),
  token('gitlab-token', ['gl', 'pat-'], [[20]], ['GITLAB_PERSONAL_ACCESS_TOKEN']),
  token('grafana-token', ['gl', 'c_'], [[32]], ['GRAFANA_CLOUD_API_TOKEN']),
  token('grafana-token', ['gl', 'sa_'], [[32], '_', [8, HEX]], ['GRAFANA_SERVICE_ACCOUNT_TOKEN']),
  token('openai-key', ['s', 'k-'], [[20], 'T3Blbk', 'FJ', [20]], ['OPENAI_TOKEN']),
  token('openai-key', ['s', 'k-proj-'], [[58], 'T3Blbk', 'FJ', [58]], ['OPENAI_TOKEN']),
  token('anthropic-key', ['sk-', 'ant-api03-'], [[90, URL_SAFE], 'AA'], ['ANTHROPIC_API_KEY']),
  token('groq-key', ['gs', 'k_'], [[52]], ['GROQ_API_KEY']),
  token('huggingface-token', ['h', 'f_'], [[34, ALPHANUMERIC.slice(0, 52)]], ['HUGGINGFACE_USER_ACCESS_TOKEN']),
  token('linear-token', ['lin', '_api_'], [[32]], ['LINEAR_API_TOKEN']),
  token('notion-token', ['nt', 'n_'], [[11, DIGITS], [35]], ['NOTION_INTEGRATION_TOKEN']),
  {
    ...token('1password-token', ['ops', '_'], [], ['OPS_TOKEN']),
    make: (seed) => ({ before: '', secret: `${'ops'}_${serviceAccount(seed)}`, after: '' }),
    isToken: false,
  },
  token('vault-token', ['hv', 's.'], [[90, URL_SAFE]], ['HASHICORP_VAULT_SERVICE_TOKEN']),
  token('vault-token', ['hv', 'b.'], [[138, URL_SAFE]], ['HASHICORP_VAULT_BATCH_TOKEN']),
  token('vault-token', ['hv', 'r.'], [[90, URL_SAFE]], ['HASHICORP_VAULT_RECOVERY_TOKEN']),
  vercel('p', 'VERCEL_PERSONAL_ACCESS_TOKEN'),
  vercel('i', 'VERCEL_INTEGRATION_TOKEN'),
  vercel('a', 'VERCEL_APP_ACCESS_TOKEN'),
  vercel('r', 'VERCEL_APP_REFRESH_TOKEN'),
  vercel('k', 'VERCEL_AI_GATEWAY_API_KEY'),
  token('databricks-token', ['da', 'pi'], [[32, HEX]], ['DATABRICKS_PERSONAL_ACCESS_TOKEN']),
  token('docker-token', ['dckr', '_pat_'], [[27]], ['DOCKER_PERSONAL_ACCESS_TOKEN']),
  token('figma-token', ['fi', 'gd_'], [[40]], ['FIGMA_PERSONAL_ACCESS_TOKEN']),
  ...[
    ['AWS_SECRET_ACCESS_KEY=', ''],
    ['  "secretAccessKey": "', '",'],
    ['aws_secret_access_key = ', ' # mine'],
    ["'awsSecretKey' => '", "',"],
    ['aws configure set aws_secret_access_key ', ''],
  ].map(([before = '', after = '']) =>
    inContext({ detector: 'aws-secret-access-key', as: before.trim(), before, secret: [[40, BASE64]], after }),
  ),
  ...['AWS_SECRET_ACCESS_KEY=', 'secretAccessKey: '].map((before) =>
    inContext({
      detector: 'aws-secret-access-key',
      as: `${before} for secretlint, which wants a letter at its end`,
      before,
      secret: [[39, BASE64], 'a'],
      secretlint: ['AWSSecretAccessKey'],
    }),
  ),
  inContext({
    detector: 'npm-auth-token',
    as: 'in .npmrc',
    path: 'web/.npmrc',
    before: '//registry.npmjs.org/:_authToken=',
    secret: [[8, HEX], '-', [4, HEX], '-4', [3, HEX], '-a', [3, HEX], '-', [12, HEX]],
    secretlint: ['Npmrc_authToken'],
  }),
  inContext({
    detector: 'npm-auth-token',
    as: 'in a script',
    before: 'echo "//npm.corp.io/:_authToken=',
    secret: [[32], '0=='],
    after: '" >> .npmrc',
  }),
  inContext({
    detector: 'npm-auth-token',
    as: '_password',
    before: '//npm.corp.io/:_password="',
    secret: [[24], '=='],
    after: '"',
  }),
  inContext({ detector: 'npm-auth-token', as: '_auth', before: '//npm.corp.io/:_auth=', secret: [[24]] }),
  inContext({
    detector: 'npm-auth-token',
    as: 'of yarn',
    path: '.yarnrc.yml',
    before: 'npmAuthToken: "',
    secret: [[32], '7'],
    after: '"',
  }),
  inContext({
    detector: 'github-oauth-url',
    as: 'in package.json',
    path: 'package.json',
    before: '  "dep": "git+https://',
    secret: [[40, HEX]],
    after: ':x-oauth-basic@github.com/acme/dep.git",',
    secretlint: ['BasicAuth', 'PackageJSON_xOauthToken'],
  }),
  inContext({
    detector: 'github-oauth-url',
    as: 'as the user',
    before: 'url = https://',
    secret: [[40, HEX]],
    after: '@github.com/acme/dep',
  }),
  ...[
    ['https://deploy:', '@ci.corp.io/job', 'BasicAuth'],
    ['ftp://deploy:', '@files.corp.io', 'BasicAuth'],
    ['mongodb+srv://app:', '@cluster0.corp.io/main?retryWrites=true', 'MongoDBConnection'],
    ['mysql://app:', '@db.corp.io:3306/main', 'MySQLConnection'],
    ['postgresql://app:', '@db.corp.io:5432/main', 'PostgreSQLConnection'],
    ['jdbc:mysql://app:', '@db.corp.io:3306/main', 'MySQLConnection'],
  ].map(([before = '', after = '', id = '']) =>
    inContext({
      detector: 'url-credentials',
      as: before,
      before: `url: ${before}`,
      secret: [[20]],
      after,
      secretlint: [id],
    }),
  ),
  ...[
    ['redis://:', '@cache.corp.io:6379'],
    ['amqps://app:', '@mq.corp.io/vhost'],
    ['"resolved": "https://bot:', '@npm.corp.io/a/-/a-1.0.0.tgz",'],
    ['"url":"https:\\/\\/bot:', '@corp.io\\/x"'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template
    ['postgres://${USER}:', '@${HOST}:5432/main'],
  ].map(([before = '', after = '']) =>
    inContext({ detector: 'url-credentials', as: before, before, secret: [[20]], after }),
  ),
  ...[
    ['Authorization: Basic ', ''],
    ["  'authorization' => 'Basic ", "',"],
    ['curl -H "Authorization: Basic ', '" https://corp.io'],
    ['proxy_set_header Authorization "Basic ', '";'],
    ['headers.set("Authorization", "Basic ', '")'],
  ].map(
    ([before = '', after = '']): SampleKind => ({
      ...inContext({ detector: 'basic-auth-header', as: before, before, secret: [], after }),
      make: (seed) => ({ before, secret: Buffer.from(`deploy:${randomText(15, seed)}9k`).toString('base64'), after }),
    }),
  ),
  privateKey('in PEM', (seed) => ({ before: '', secret: pem(seed), after: '' }), ['PrivateKey']),
  privateKey(
    'of OpenSSH',
    (seed) => ({
      before: '',
      secret: pem(seed, { label: 'OPENSSH ', start: 'b3BlbnNzaC1rZXktdjEAAAA' }),
      after: '',
    }),
    ['PrivateKey'],
  ),
  privateKey('of PKCS#8', (seed) => ({ before: '', secret: pem(seed, { label: '' }), after: '' }), ['PrivateKey']),
  privateKey(
    'escaped in JSON',
    (seed) => ({ before: '{"key": "', secret: pem(seed, { end: '\\n' }), after: '\\n"}' }),
    ['PrivateKey'],
  ),
  privateKey(
    'of a Google service account',
    (seed) => {
      const secret = `${pem(seed, { label: '', end: '\\n' })}\\n`;
      return {
        before: `{"type": "service_account", "private_key_id": "${randomText(40, seed, HEX)}", "private_key": "`,
        secret,
        after: '"}',
      };
    },
    ['PrivateKeyJSON', 'PrivateKey'],
  ),
];
