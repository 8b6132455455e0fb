import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Secret, scan } from '../../rules/secrets/api.js';
import { DETECTORS } from '../../rules/secrets/detectors/index.js';
import { KEY_STORE } from '../../rules/secrets/detectors/private-key.js';
import { SECRETLINT_KINDS } from '../../rules/secrets/secretlint-kinds.js';
import { MASK } from '../../src/rule/index.js';
import { BASE64, githubToken, HEX, randomText } from '../helpers/generated-secrets.js';
import { SAMPLES, type Sample, type SampleKind } from '../helpers/samples.js';

const scanText = (text: string | Uint8Array, path = 'a.txt') =>
  scan(typeof text === 'string' ? Buffer.from(text) : text, { path });
const detectorsIn = (text: string | Uint8Array, path?: string) => scanText(text, path).map(({ detector }) => detector);

/** Where a credential stands that begins at a line and column, read from its own text. */
function expected(
  { detector, prefix }: SampleKind,
  { before, secret }: Sample,
  line: number,
  column: number,
): Secret[] {
  const lines = secret.split('\n');
  const start = column + before.length;
  const endColumn = lines.length === 1 ? start + secret.length : lines.at(-1)!.length + 1;
  const masked = `${prefix}${MASK}`;
  return [{ detector, line, column: start, endLine: line + lines.length - 1, endColumn, masked }];
}

const whole = ({ before, secret, after }: Sample) => `${before}${secret}${after}`;

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

const kinds = suite('every kind of credential is found in its place');

kinds('every detector has a sample', () => {
  const known = [...DETECTORS, KEY_STORE, ...Object.values(SECRETLINT_KINDS)].map(({ id }) => id);
  const sampled = [...SAMPLES.map(({ detector }) => detector), KEY_STORE.id];
  assert.equal([...new Set(sampled)].sort(), [...new Set(known)].sort());
});

for (const kind of SAMPLES) {
  const { name, path } = kind;
  const sample = kind.make(1);
  const text = whole(sample);
  const isJson = path.endsWith('.json') && kind.secretlint.includes('PrivateKeyJSON'); // is read as a whole, so nothing may stand around it

  kinds(`${name}: alone, without a line end`, () => {
    assert.equal(scanText(text, path), expected(kind, sample, 1, 1));
  });
  kinds(`${name}: after a byte order mark, which is no column`, () => {
    assert.equal(scanText(`\ufeff${text}\n`, path), expected(kind, sample, 1, 1));
  });
  kinds(`${name}: in UTF-16, with and without a byte order mark`, () => {
    const place = expected(kind, sample, 1, 1);
    assert.equal(scanText(Buffer.from(`\ufeff${text}`, 'utf16le'), path), place);
    assert.equal(scanText(Buffer.from(text, 'utf16le'), path), place);
    assert.equal(scanText(utf16be(`\ufeff${text}`), path), place);
    assert.equal(scanText(utf16be(text), path), place);
  });
  if (isJson) continue;

  kinds(`${name}: indented by tabs, between lines that end in CR LF`, () => {
    const lines = text.split('\n');
    const crlf = { ...sample, secret: sample.secret.replaceAll('\n', '\r\n') };
    const place = expected(kind, sample, 3, 3);
    assert.equal(scanText(`one\r\n\r\n\t\t${whole(crlf)}\r\nend\r\n`, path), place);
    assert.ok(lines.length > 0);
  });
  kinds(`${name}: after characters that take two UTF-16 units`, () => {
    assert.equal(scanText(`é\n🔑🔑 ${text}\n`, path), expected(kind, sample, 2, 6));
  });
  kinds(`${name}: in Latin-1`, () => {
    assert.equal(scanText(Buffer.from(`clé\nmot passé ${text}\n`, 'latin1'), path), expected(kind, sample, 2, 11));
  });
  kinds(`${name}: in a binary file`, () => {
    const bytes = Buffer.concat([
      Buffer.from([0x7f, 0x45, 0, 1, 2, 0xff, 0, 10]),
      Buffer.from(text),
      Buffer.from([0, 0]),
    ]);
    assert.equal(scanText(bytes, path), expected(kind, sample, 2, 1));
  });
  kinds(`${name}: twice, and on one line with another`, () => {
    const other = kind.make(2);
    const token = githubToken(9);
    const content = `${text}\n${whole(other)}\n${token} ${text}\n`;
    const height = text.split('\n').length;
    const github = { detector: 'github-token', masked: `ghp_${MASK}`, line: 1 + 2 * height, endLine: 1 + 2 * height };
    assert.equal(scanText(content, path), [
      ...expected(kind, sample, 1, 1),
      ...expected(kind, other, 1 + height, 1),
      { ...github, column: 1, endColumn: 41 },
      ...expected(kind, sample, 1 + 2 * height, 42),
    ]);
  });
  for (const size of [10_000, 100_000, 1_000_000]) {
    kinds(`${name}: across the offset ${size}, on a line of its own and on one long line`, () => {
      const at = size - sample.before.length - Math.floor(Math.min(sample.secret.length, 40) / 2);
      const lines = `${'x'.repeat(79)}\n`.repeat(Math.ceil(at / 80)).slice(-at);
      const height = lines.split('\n').length;
      assert.equal(scanText(`${lines}${text}\n`, path), expected(kind, sample, height, 1));
      const minified = 'a=b;c '.repeat(Math.ceil(at / 6)).slice(-at);
      assert.equal(scanText(`${minified}${text} ${minified.slice(0, 1000)}`, path), expected(kind, sample, 1, at + 1));
    });
  }
  kinds(`${name}: different ones each time`, () => {
    for (let seed = 10; seed < 40; seed++) {
      const each = kind.make(seed);
      assert.equal(scanText(`key: ${whole(each)}\n`, path), expected(kind, each, 1, 6), `seed ${seed}`);
    }
  });
}

/** Kinds with a mark so rare that it is never part of a word. */
const HAS_A_MARK = ['slack-webhook', 'openai-key'];

const misses = suite('what only looks like a credential is not found');

for (const kind of SAMPLES.filter(({ isToken }) => isToken)) {
  const { name, path, prefix } = kind;
  const { secret } = kind.make(1);
  const random = secret.slice(prefix.length);

  const isOpen = kind.detector.startsWith('slack'); // its parts have no fixed length
  misses(`${name}: one character short`, () => {
    if (!isOpen) assert.equal(detectorsIn(`key: ${secret.slice(0, -1)}\n`, path), []);
  });
  misses(`${name}: glued to a letter`, () => {
    if (!HAS_A_MARK.includes(kind.detector))
      assert.equal(
        detectorsIn(
          `key: x${secret}
`,
          path,
        ),
        [],
      );
  });
  misses(`${name}: nothing, a variable or a template after the prefix`, () => {
    for (const rest of [
      '',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template
      '${TOKEN}',
      '{{token}}',
      '{token}',
      '<token>',
      '$TOKEN',
      '%TOKEN%',
      '...',
      '…',
      '*'.repeat(random.length),
    ]) {
      assert.equal(detectorsIn(`key: "${prefix}${rest}"\n`, path), [], rest);
    }
  });
  misses(`${name}: the signs that documentation puts in its place`, () => {
    const shaped = (fill: string) => {
      let at = 0;
      return random.replace(/[A-Za-z0-9]/g, (char) =>
        /[0-9]/.test(char) && fill === 'x' ? '0' : fill[at++ % fill.length]!,
      );
    };
    for (const fill of ['x', 'X', '0']) {
      assert.equal(detectorsIn(`key: ${prefix}${shaped(fill)}\n`, path), [], fill);
    }
  });
}

misses('a secret key of AWS of one character less or more, of the documentation, or in one case', () => {
  const named = (key: string) => detectorsIn(`AWS_SECRET_ACCESS_KEY=${key}\n`);
  const key = randomText(40, 3, BASE64);
  assert.equal(named(key.slice(1)), []);
  assert.equal(named(`${key}A`), []);
  assert.equal(named(`${randomText(33, 3, BASE64)}EXAMPLE`), []);
  assert.equal(named(`${randomText(30, 3, BASE64)}${'EXAMPLE'}KEY`), []);
  assert.equal(named(randomText(40, 3, HEX)), []);
  assert.equal(named('x'.repeat(40)), []);
  assert.equal(detectorsIn(`${'AK'}IA${randomText(9, 3, 'ABCDEFG')}EXAMPLE`), []);
});

misses('a placeholder or code where a registry token stands', () => {
  for (const value of [
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the text of templates
    '${NPM_TOKEN}',
    '"${NPM_TOKEN}"',
    "'${NPM_TOKEN-}'",
    '$NPM_TOKEN',
    '${{ secrets.NPM_TOKEN }}',
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the text of templates
    '{{npm_token}}',
    '%NPM_TOKEN%',
    '<your token>',
    'process.env.NPM_TOKEN',
    'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    'XXXXXXXXXXXXXXXXXXXXXXXX',
    '00000000-0000-0000-0000-000000000000',
    'YOUR_AUTH_TOKEN',
    'your-token-here',
    'MYTOKEN1',
    'token',
    '',
    '\nregistry=https://registry.npmjs.org/',
  ]) {
    assert.equal(detectorsIn(`//registry.npmjs.org/:_authToken=${value}\nalways-auth=true\n`, '.npmrc'), [], value);
    assert.equal(detectorsIn(`run: echo "//registry.npmjs.org/:_authToken=${value}"\n`, 'ci.yml'), [], value);
  }
  for (const code of [
    'this._authToken = options.authToken2',
    'self._password = settings.DATABASE1_PASSWORD',
    'db->_authToken = credentials1;',
    "'//registry/:_authToken=' + process.env.NPM_TOKEN1",
    '"//registry/:_authToken="+token1Value;',
  ]) {
    assert.equal(detectorsIn(code, 'a.js'), [], code);
  }
});

misses('what secretlint reports of a URL is reported, also where only a word stands', () => {
  for (const [scheme, user, password, host] of [
    ['postgres', 'postgres', 'postgres', 'localhost/db'],
    ['mongodb', 'root', 'example', 'mongo:27017'],
    ['https', 'user', 'pass', 'example.com/x'],
    ['https', 'user', 'pass', 'sub.example.com:8080/p?q#h'],
    ['https', 'alice', 's3cr3t', 'example.org'],
    ['https', 'alice', 'hunter2', 'example.net'],
    ['https', 'alice', 'OpenSesame', 'intranet.mycompany.com'],
    ['postgres', 'app', 'password123', 'localhost/app'],
    ['postgres', 'app', 'Passw0rd2024', 'postgres/app'],
    ['https', 'alice', '12345678', 'corp.io'],
    ['mysql', 'shop', 'shop', 'db.corp.io/shop'],
  ]) {
    const url = `${scheme}://${user}:${password}@${host}`;
    assert.equal(detectorsIn(`url: ${url}\n`), ['url-credentials'], url);
  }
});

misses('a placeholder, a template or a port where the password of a URL stands', () => {
  for (const url of [
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the text of templates
    'postgres://user:password@localhost:5432/db',
    'postgres://user:password@db.corp.io/main',
    'amqp://guest:guest@rabbit.corp.io',
    'http://foo:bar@1.2.3.4:50',
    'redis://:foobared@localhost:6379',
    'mysql://app:app@mysql/app',
    'https://username:your-db-password@db.corp.io',
    'https://user:<password>@db.corp.io',
    'postgres://<user>:<password>@<host>:<port>/<database>?<query>',
    'https://user:<%= password %>@corp.io',
    'socks://me:abcdef12345124@proxy.corp.io',
    'https://user:[PASSWORD]@db.corp.io',
    'https://user:{password}@db.corp.io',
    'https://user:{{password}}@db.corp.io',
    'https://user:${PASSWORD}@db.corp.io',
    'https://user:${encode(password)}@${host}',
    'https://user:prefix-${PASSWORD}@db.corp.io',
    'https://user:#{password}@db.corp.io',
    'https://user:$PASSWORD@db.corp.io',
    'https://user:$(PASSWORD)@db.corp.io',
    'https://user:%PASSWORD%@db.corp.io',
    'https://user:%(password)s@db.corp.io',
    'https://%s:%s%s@%s',
    'https://user:****************@db.corp.io',
    'https://user:xxxxxxxx@db.corp.io',
    'https://user:XXXX@db.corp.io',
    'https://user:....@db.corp.io',
    'https://user:process.env.PASSWORD@db.corp.io',
    'http://jane:p%40ssword@corp.io',
    'http://jane:pa%2Fssword@corp.io',
    'https://x-access-token:${TOKEN}@github.com/a/b',
    'https://${TOKEN}:x-oauth-basic@github.com/a/b',
    'https://corp.io:8080?from=a@b.io',
    'https://corp.io:8080#a@b.io',
    'http://corp.io:8080@evil.io/',
    'https://corp.io:8080/@scope/name',
    'https://cdn.corp.io/npm:@scope/name@1.0.0',
    'docker://alpine:3.18@sha256:abc',
    'cvs://:pserver:anoncvs@cvs.corp.io:/src',
    'ssh://git@github.com:22/a/b',
    'git@github.com:a/b.git',
    '"https://" + user + ":" + password + "@" + host',
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the text of templates
  ]) {
    assert.equal(detectorsIn(`url: ${url}\n`), [], url);
  }
});

misses('a header without a password, or with one of the manuals', () => {
  for (const login of [
    'Aladdin:open sesame',
    'user:password',
    'test:test123',
    'username:',
    'demo:p@55w0rd',
    's6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw',
    'no colon at all',
  ]) {
    assert.equal(detectorsIn(`Authorization: Basic ${Buffer.from(login).toString('base64')}\n`), [], login);
  }
  for (const header of [
    'Authorization: Basic <credentials>',
    'Authorization: Basic realm="corp"',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template
    'Authorization: `Basic ${btoa(login)}`',
    'Authorization: Basic authentication is used',
    `Authorization: Bearer ${randomText(40, 1)}`,
    `WWW-Authenticate: Basic ${Buffer.from(`a:${randomText(12, 1)}`).toString('base64')}`,
  ]) {
    assert.equal(detectorsIn(`${header}\n`), [], header);
  }
});

misses('hashes and identifiers', () => {
  const lock = Array.from({ length: 200 }, (_, at) => [
    `    "node_modules/p${at}": {`,
    `      "version": "1.0.${at}",`,
    `      "resolved": "https://registry.npmjs.org/p${at}/-/p${at}-1.0.${at}.tgz",`,
    `      "integrity": "sha512-${Buffer.from(randomText(64, at)).toString('base64')}"`,
    '    },',
  ]).flat();
  assert.equal(detectorsIn(lock.join('\n'), 'package-lock.json'), []);
  const yarn = '  resolution: "left-pad@npm:1.3.0"\n  checksum: 10c0/'.concat(randomText(128, 1, HEX));
  assert.equal(detectorsIn(yarn, 'yarn.lock'), []);
  const html = `<script src="https://cdn.corp.io/a.js" integrity="sha384-${randomText(64, 2, BASE64)}"></script>`;
  assert.equal(detectorsIn(html, 'index.html'), []);
  assert.equal(detectorsIn(`commit ${randomText(40, 3, HEX)}\nid: 123e4567-e89b-12d3-a456-426614174000\n`), []);
  assert.equal(detectorsIn(`npm_install_D_types_Slashnode_6290Ensure npm_config_${'registry_'.repeat(4)}`), []);
});

misses('nothing in nothing', () => {
  assert.equal(scan(new Uint8Array()), []);
  assert.equal(scan(Buffer.from([0xff, 0xfe])), []);
  assert.equal(scan(Buffer.from([0])), []);
  assert.equal(scanText('\ufeff'), []);
});

const places = suite('a credential is found wherever it stands');

places('in the address of a package in a lockfile', () => {
  const token = githubToken(4);
  const line = (url: string) => `      "resolved": "${url}",\n`;
  assert.equal(scanText(line(`git+https://${token}@github.com/a/b.git#0123456`), 'package-lock.json'), [
    { detector: 'github-token', line: 1, column: 32, endLine: 1, endColumn: 72, masked: `ghp_${MASK}` },
  ]);
  assert.equal(detectorsIn(line(`https://x-access-token:${token}@github.com/a/b/archive/v1.tgz`)), ['github-token']);
  assert.equal(detectorsIn(line(`https://npm.corp.io/a.tgz?token=${token}`)), ['github-token']);
});

places('a secret key of AWS that ends in a sign of base 64, in every notation', () => {
  for (const end of ['+', '/', '=', 'A']) {
    const key = `${randomText(39, 5, BASE64)}${end}`;
    for (const line of [
      `AWS_SECRET_ACCESS_KEY=${key}`,
      `export AWS_SECRET_ACCESS_KEY="${key}"`,
      `secret_access_key: '${key}'`,
      `"SecretAccessKey": "${key}",`,
      `{\\"secretAccessKey\\":\\"${key}\\"}`,
      `mySecretAccessKey := \`${key}\``,
      `<aws_secret_access_key>${key}</aws_secret_access_key>`,
      `set("aws.secretAccessKey", "${key}")`,
      `AWS_SECRET_KEY = ${key} # mine`,
    ]) {
      const column = line.indexOf(key) + 1;
      const place = { line: 1, column, endLine: 1, endColumn: column + 40 };
      assert.equal(scanText(`${line}\n`), [{ detector: 'aws-secret-access-key', ...place, masked: MASK }], line);
    }
  }
});

places('a token after an escape that ends in a letter', () => {
  const token = githubToken(6);
  for (const before of ['"a\\n', '?token%3D', 'a\\u003d', 'a\\t', '_', '-', '.', '7', '\\"', '=', '/', ',']) {
    const column = before.length + 1;
    const place = { line: 1, column, endLine: 1, endColumn: column + 40 };
    assert.equal(
      scanText(`${before}${token}"`),
      [{ detector: 'github-token', ...place, masked: `ghp_${MASK}` }],
      before,
    );
  }
});

places('a password of a URL, whatever signs are in it', () => {
  for (const password of [
    'q!7$Zk&9(x)*w',
    'q7+Zk,9;x=w',
    'q7-Zk_9.x~w',
    'q7%40Zk%2F9%3Ax',
    '%40q7Zk9xw',
    'q7@Zk9xw',
    'q7:Zk9xw',
    'q7#Zk9xw',
    'q7?Zk9xw',
    '$q7Zk9xW',
    '^q7{Zk9xw',
    'pässwört7Zk',
    '密码q7Zk9xw',
    'q7Z1',
    `x${randomText(1500, 7)}`,
  ]) {
    const url = `postgres://app:${password}@db.corp.io:5432/main`;
    const place = { line: 1, column: 21, endLine: 1, endColumn: 21 + password.length };
    const found = [{ detector: 'url-credentials', ...place, masked: MASK }];
    assert.equal(scanText(`url: ${url}\n`), found, password);
    assert.equal(scanText(`url: ${url}`, 'package.json'), found, password);
  }
});

places('a strong password for this machine or a made-up host', () => {
  const password = randomText(14, 8);
  for (const host of ['localhost', '127.0.0.1:5432', 'example.com', 'db', '[::1]:5432']) {
    assert.equal(detectorsIn(`postgres://app:${password}@${host}/main`), ['url-credentials'], host);
  }
});

places('a password of words and digits for any other host, be it made up', () => {
  for (const password of [
    's3cr3tP4ss',
    'secur3Pass',
    'str0ngP4ss',
    'BackupK3y987',
    'secret1234',
    'hunter2',
    'lighthouse',
  ]) {
    assert.equal(detectorsIn(`postgres://app:${password}@db.corp.io/main`), ['url-credentials'], password);
    if (password.length < 10 || !/\d/.test(password)) continue;
    assert.equal(detectorsIn(`postgres://app:${password}@db1.example.net/main`), ['url-credentials'], password);
    assert.equal(detectorsIn(`postgres://app:${password}@db.company.com/main`), ['url-credentials'], password);
  }
});

places('the token, not the URL around it', () => {
  assert.equal(detectorsIn(`https://x-access-token:${githubToken(5)}@github.com/a/b`), ['github-token']);
  assert.equal(detectorsIn(`//registry.npmjs.org/:_authToken=${'npm'}_${randomText(36, 5)}`, '.npmrc'), [
    'npm-access-token',
  ]);
});

places('behind a byte order mark of UTF-8, in a file that is none', () => {
  const bytes = Buffer.concat([Buffer.from('\ufeff'), Buffer.from(`é ${githubToken(7)}`, 'latin1')]);
  assert.is(scan(bytes)[0]?.column, 3);
});

places('the mark of secretlint that hides findings hides none', () => {
  assert.equal(detectorsIn(`/* secretlint-disable */ ${githubToken(7)}`), ['github-token']);
});

places('5,000 in one file', () => {
  const lines = Array.from({ length: 5000 }, (_, at) => `k${at}=${githubToken(at)}`);
  const found = scanText(lines.join('\n'));
  assert.equal(found.length, 5000);
  assert.equal(found.at(-1), {
    detector: 'github-token',
    line: 5000,
    column: 7,
    endLine: 5000,
    endColumn: 47,
    masked: `ghp_${MASK}`,
  });
});

for (const each of [kinds, misses, places]) each.run();
