import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CheckOptions, check, type Draft, defineConfig, defineRule, PolicyError } from '../../src/index.js';
import { githubToken } from '../helpers/generated-secrets.js';

const asOf = '2026-11-22';

/** A rule that says of every file what a function says. */
function ruleOf(id: string, say: (path: string) => Iterable<Draft<'said'>>, meta: object = {}) {
  return defineRule({
    meta: { id, summary: 'A rule of a test', options: {}, messages: { said: 'said {{what}}' }, ...meta },
    *check({ files }) {
      for (const { path } of files) yield* say(path);
    },
  });
}

const always = ruleOf('always', (path) => [
  { messageId: 'said', path, line: 1, column: 1, key: 'k', data: { what: 'so' } },
]);
const run = (options: Partial<CheckOptions>) => check({ config: {}, files: { 'a.txt': 'x' }, asOf, ...options });

test('a secret is found, with everything that a report needs', async () => {
  const token = githubToken();
  const { findings, verdict, exitCode, rules } = await run({
    config: { rules: { secrets: 'block' } },
    files: { 'src/a.ts': `const a = 1;\nconst t = "${token}";\n` },
  });
  assert.equal([verdict, exitCode], ['block', 1]);
  assert.equal(
    rules.map(({ id, state, files, bytes }) => ({ id, state, files, bytes })),
    [{ id: 'secrets', state: 'ran', files: 1, bytes: 67 }],
  );
  const [{ fingerprint, excerpt, fix, ...finding }] = findings as [(typeof findings)[number]];
  assert.match(fingerprint, /^[0-9a-f]{32}$/);
  assert.equal(finding, {
    ruleId: 'secrets',
    messageId: 'found',
    message: 'GitHub token: ghp_********',
    level: 'block',
    state: 'new',
    waiver: null,
    path: 'src/a.ts',
    line: 2,
    column: 12,
    endLine: 2,
    endColumn: 52,
    module: null,
    data: { detector: 'github-token', title: 'GitHub token', masked: 'ghp_********' },
    help: 'docs/rules/secrets.md#found',
  });
  assert.equal(excerpt, { text: 'const t = "ghp_********";', start: 11, length: 12 });
});

test('levels decide the verdict: off says nothing, warn exits 0, block exits 1', async () => {
  const verdicts = await Promise.all(
    (['off', 'warn', 'block'] as const).map((level) => run({ config: { rules: { always: level } }, rules: [always] })),
  );
  assert.equal(
    verdicts.map(({ verdict, exitCode, counts }) => [verdict, exitCode, counts.warn, counts.block]),
    [
      ['pass', 0, 0, 0],
      ['warn', 0, 1, 0],
      ['block', 1, 0, 1],
    ],
  );
});

test('the point decides between two levels', async () => {
  const config = { rules: { always: { hook: 'warn', ci: 'block' } } } as const;
  const [hook, ci] = await Promise.all(
    (['hook', 'ci'] as const).map((point) => run({ config, rules: [always], point })),
  );
  assert.equal([hook?.verdict, ci?.verdict], ['warn', 'block']);
});

test('a file belongs to the last module that matches, and takes its level and options from there', async () => {
  const { findings } = await run({
    config: {
      rules: { always: 'off' },
      modules: [
        { name: 'all', files: ['**'], rules: { always: 'block' } },
        { name: 'tests', files: ['**/*.test.ts'], rules: { always: 'warn' } },
      ],
    },
    files: { 'a.ts': '', 'b/.hidden/c.test.ts': '' },
    rules: [always],
  });
  assert.equal(
    findings.map(({ path, module, level }) => [path, module, level]),
    [
      ['a.ts', 'all', 'block'],
      ['b/.hidden/c.test.ts', 'tests', 'warn'],
    ],
  );
});

test('ignored files are not looked at', async () => {
  const { findings } = await run({
    config: { rules: { always: 'block' }, ignore: ['vendor/**'] },
    files: { 'vendor/x/a.ts': '', 'a.ts': '' },
    rules: [always],
  });
  assert.equal(
    findings.map(({ path }) => path),
    ['a.ts'],
  );
});

test('options of a module are laid over the default, and those over the defaults of the rule', async () => {
  const seen: object[] = [];
  const rule = defineRule({
    meta: {
      id: 'opts',
      summary: 's',
      options: { a: { type: 'integer', default: 1, summary: 's' }, b: { type: 'string', default: 'x', summary: 's' } },
      messages: { said: '' },
    },
    *check({ options, files }): Iterable<Draft<'said'>> {
      seen.push({ ...options, files: files.map(({ path }) => path) });
    },
  });
  await run({
    config: {
      rules: { opts: { level: 'warn', a: 2 } },
      modules: [{ name: 'm', files: ['m/**'], rules: { opts: { b: 'y' } } }],
    },
    files: { 'm/1': '', 'm/2': '', n: '' },
    rules: [rule],
  });
  assert.equal(seen, [
    { a: 2, b: 'y', files: ['m/1', 'm/2'] },
    { a: 2, b: 'x', files: ['n'] },
  ]);
});

test('a rule of scope module is called once a module, one of scope repository once with all', async () => {
  const calls: string[][] = [];
  const spy = (id: string, scope: 'module' | 'repository') =>
    defineRule({
      meta: { id, scope, summary: 's', options: {}, messages: { said: '' } },
      *check({ files }): Iterable<Draft<'said'>> {
        calls.push([id, ...files.map(({ path }) => path)]);
      },
    });
  await run({
    config: { rules: { mod: 'warn', repo: 'warn' }, modules: [{ name: 'm', files: ['m/**'] }] },
    files: { 'm/1': '', a: '', b: '' },
    rules: [spy('mod', 'module'), spy('repo', 'repository')],
  });
  assert.equal(calls.sort(), [
    ['mod', 'a', 'b'],
    ['mod', 'm/1'],
    ['repo', 'a', 'b', 'm/1'],
  ]);
});

test('a rule that throws is not evaluated: exit 2 under block, loud under warn', async () => {
  const broken = ruleOf('broken', () => {
    throw new Error('it broke');
  });
  const results = await Promise.all(
    (['block', 'warn'] as const).map((level) => run({ config: { rules: { broken: level } }, rules: [broken] })),
  );
  assert.equal(
    results.map(({ verdict, exitCode, notEvaluated, counts }) => [
      verdict,
      exitCode,
      notEvaluated,
      counts.notEvaluated,
    ]),
    [
      ['error', 2, [{ ruleId: 'broken', path: null, level: 'block', reason: 'it broke' }], 1],
      ['warn', 0, [{ ruleId: 'broken', path: null, level: 'warn', reason: 'it broke' }], 1],
    ],
  );
  assert.equal(results[0]?.rules.at(-1)?.state, 'not-evaluated');
});

test('what was found before a rule threw is kept', async () => {
  const half = defineRule({
    meta: { id: 'half', summary: 's', options: {}, messages: { said: 'said' } },
    *check({ files }): Iterable<Draft<'said'>> {
      yield { messageId: 'said', path: files[0]!.path, key: '' };
      throw new Error('later');
    },
  });
  const { findings, verdict } = await run({ config: { rules: { half: 'block' } }, rules: [half] });
  assert.equal([findings.length, verdict], [1, 'error']);
});

test('a message id that meta does not have is a fault of the rule, not a finding', async () => {
  const odd = ruleOf('odd', (path) => [{ messageId: 'other' as 'said', path, key: '' }]);
  const { notEvaluated } = await run({ config: { rules: { odd: 'block' } }, rules: [odd] });
  assert.match(notEvaluated[0]?.reason ?? '', /message "other"/);
});

test('a file that cannot be read is not evaluated, the others are', async () => {
  const { verdict, rules, notEvaluated } = await run({
    config: { rules: { secrets: { level: 'block', maxBytes: 3 } } },
    files: { big: 'four', small: 'two' },
  });
  assert.is(verdict, 'error');
  assert.equal(notEvaluated, [
    { ruleId: 'secrets', path: 'big', level: 'block', reason: 'it has 4 bytes, more than the limit of 3' },
  ]);
  assert.equal([rules[0]?.files, rules[0]?.bytes], [1, 3]);
});

test('a run over no file at all is not a pass', async () => {
  const { verdict, notEvaluated } = await run({ config: { rules: { secrets: 'block' }, ignore: ['**'] } });
  assert.is(verdict, 'error');
  assert.match(notEvaluated[0]?.reason ?? '', /no file to look at/);
});

test('more warnings than allowed block', async () => {
  const config = { rules: { always: 'warn' } } as const;
  const files = { a: '', b: '' };
  const two = await run({ config, files, rules: [always], maxWarnings: 2 });
  const one = await run({ config, files, rules: [always], maxWarnings: 1 });
  assert.equal([two.exitCode, one.exitCode, one.verdict], [0, 1, 'block']);
});

test('fingerprints survive moved lines, tell equal findings apart, and hold nothing of the secret', async () => {
  const prints = async (text: string) =>
    (await run({ config: { rules: { secrets: 'block' } }, files: { a: text } })).findings.map(
      ({ fingerprint }) => fingerprint,
    );
  const token = githubToken(1);
  const before = await prints(`${token}\n`);
  assert.equal(await prints(`\n\n  ${token}\n`), before);
  assert.equal(
    await prints(`${githubToken(2)}\n`),
    before,
    'another value of the same kind is told by its place in the file only',
  );
  const twice = await prints(`${token}\n${githubToken(2)}\n`);
  assert.is(new Set(twice).size, 2);
  assert.ok(twice.includes(before[0] ?? ''));
});

test('a secret that one rule finds is masked in the words of another', async () => {
  const token = githubToken();
  const chatty = ruleOf('chatty', (path) => [{ messageId: 'said', path, key: '', data: { what: `I saw ${token}` } }]);
  const result = await run({
    config: { rules: { secrets: 'block', chatty: 'warn' } },
    files: { [`x-${token}.txt`]: token },
    rules: [chatty],
  });
  assert.is(result.findings.length, 3);
  assert.not(JSON.stringify(result).includes(token));
});

test('the same input gives the same result, however the files are ordered', async () => {
  const config = { rules: { secrets: 'block', always: 'warn' } } as const;
  const files = { b: githubToken(1), a: `${githubToken(2)} ${githubToken(3)}` };
  const one = await run({ config, files, rules: [always] });
  const two = await run({ config, files: Object.fromEntries(Object.entries(files).reverse()), rules: [always] });
  assert.is(JSON.stringify(one), JSON.stringify(two));
  assert.equal(
    one.findings.map(({ path, line, column, ruleId }) => [path, line, column, ruleId]),
    [
      ['a', 1, 1, 'always'],
      ['a', 1, 1, 'secrets'],
      ['a', 1, 42, 'secrets'],
      ['b', 1, 1, 'always'],
      ['b', 1, 1, 'secrets'],
    ],
  );
});

test('a config can be its text, and a wrong one is a PolicyError', async () => {
  const result = await run({ config: '{ "rules": { "always": "block" } } // text', rules: [always] });
  assert.is(result.verdict, 'block');
  try {
    await run({ config: { rules: { alway: 'block' } }, rules: [always] });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, PolicyError);
    assert.is((error as PolicyError).help.fix, 'Did you mean "always"?');
  }
});

test('defineConfig gives back what it gets', () => {
  const config = { rules: { secrets: 'block' } } as const;
  assert.is(defineConfig(config), config);
});

test('defineRule refuses an id that is not kebab-case', () => {
  assert.throws(() => ruleOf('Not_Kebab', () => []), /kebab-case/);
});

test.run();
