import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TempRepo } from '../helpers/temp-repo.js';
import { configOf, found, leak, repoWith, said, using } from '../helpers/verb-repo.js';

const test = suite('presets');
const FLOOR = { floors: [{ rule: 'secrets', files: ['**'], level: 'block' }] };
const json = (value: unknown) => JSON.stringify(value);

/** Why a check with this config fails. */
function why(config: object | string, files: Record<string, string> = {}): string {
  return using(repoWith(config, files), (repo) => {
    const { code, stdout, stderr } = repo.run(['check']);
    assert.equal([code, stdout], [2, '']);
    return /^why +(.*)$/m.exec(stderr)?.[1] ?? stderr;
  });
}

function verdict(config: object, files: Record<string, string>): string {
  return using(repoWith(config, { '.gitignore': 'node_modules\n', 'a.txt': leak(), ...files }), (repo) => {
    return [repo.check().code, ...found(repo.check().result)].join(' ');
  });
}

test('a file, beside the config and from the folder of the one that names it', () => {
  const files = {
    'policy/a.json': json({ extends: ['./b.json'] }),
    'policy/b.json': json({ rules: { secrets: 'block' } }),
  };
  assert.is(verdict({ extends: ['./policy/a.json'], rules: { secrets: 'block' } }, files), '1 new block a.txt:1');
});

test('a rule that only a preset names warns at most, until the config names it', () => {
  const files = { 'p.json': json({ rules: { secrets: 'block' } }) };
  assert.is(verdict({ extends: ['./p.json'] }, files), '0 new warn a.txt:1');
  assert.is(
    verdict({ extends: ['./p.json'], modules: [{ name: 'm', files: ['x/**'], rules: { secrets: 'off' } }] }, files),
    '1 new block a.txt:1',
  );
});

test('packages: plain, scoped, and a file of one', () => {
  const off = { rules: { secrets: 'off' } };
  const at = (name: string, file: string) => ({
    [`node_modules/${name}/package.json`]: '{ "version": "1.2.3" }',
    [`node_modules/${name}/${file}`]: json(FLOOR),
  });
  for (const [name, files] of [
    ['preset', at('preset', 'nonstop.config.json')],
    ['@acme/preset', at('@acme/preset', 'nonstop.config.json')],
    ['@acme/preset/strict', at('@acme/preset', 'strict.json')],
    ['@acme/preset/levels/strict.json', at('@acme/preset', 'levels/strict.json')],
  ] as const)
    assert.is(verdict({ extends: [name], ...off }, files), '1 new block a.txt:1', name);
});

test('a floor of a preset cannot be lowered: not by the default, a module, off, a lowering or a verb', () => {
  const lowered = { level: 'off', reason: 'r', owner: 'o', ticket: 't', until: '2099-01-01' };
  const files = { 'p.json': json(FLOOR) };
  const config = {
    extends: ['./p.json'],
    rules: { secrets: 'off' },
    modules: [{ name: 'm', files: ['a.txt'], rules: { secrets: { level: 'off', lowered } } }],
    floors: [{ rule: 'secrets', files: ['a.txt'], level: 'warn' }],
  };
  assert.is(verdict(config, files), '1 new block a.txt:1');
  using(repoWith({ extends: ['./p.json'], rules: { secrets: 'block' } }, files), (repo) => {
    const why = ['--reason', 'r', '--owner', 'o', '--ticket', 't', '--until', '2099-01-01'];
    const ran = repo.run(['lower', 'default', 'secrets', '--to', 'warn', ...why]);
    assert.equal([ran.code, said(ran)], [2, 'error  A floor does not allow this  USAGE']);
    assert.match(ran.stderr, /^where +p\.json:1, floors\[0\]$/m);
  });
});

test('lists grow: a module, a waiver and an ignore of a preset hold beside those of the config', () => {
  const preset = { modules: [{ name: 'p', files: ['p/**'], rules: { secrets: 'warn' } }], ignore: ['gone/**'] };
  const config = {
    extends: ['./p.json'],
    rules: { secrets: 'block' },
    modules: [{ name: 'q', files: ['q/**'] }],
    ignore: ['a.txt'],
  };
  const files = { 'p.json': json(preset), 'gone/x': leak(), 'p/x': leak(), 'q/x': leak() };
  assert.is(verdict(config, files), '1 new warn p/x:1 new block q/x:1');
});

test('two presets may extend the same one', () => {
  const base = { modules: [{ name: 'm', files: ['m/**'], rules: { secrets: 'block' } }], ...FLOOR };
  const files = {
    'x.json': json({ extends: ['./base.json'] }),
    'y.json': json({ extends: ['./base.json'] }),
    'base.json': json(base),
  };
  assert.is(verdict({ extends: ['./x.json', './y.json'], rules: { secrets: 'warn' } }, files), '1 new block a.txt:1');
});

test('what cannot be used is an error that says why', () => {
  assert.is(why({ extends: ['./no.json'] }), 'it is not there');
  assert.is(why({ extends: ['@acme/none'] }), 'it is not there');
  assert.is(why({ extends: ['../outside.json'] }), 'it lies outside of the repository');
  assert.is(why({ extends: ['./p.js'] }, { 'p.js': '' }), 'a preset is JSON data, and this is no .json file');
  assert.is(
    why(
      { extends: ['./p.json'] },
      { 'p.json': json({ extends: ['./q.json'] }), 'q.json': json({ extends: ['./p.json'] }) },
    ),
    'it extends itself: nonstop.config.json → p.json → q.json → p.json',
  );
  assert.is(
    why({ extends: ['./nonstop.config.json'] }),
    'it extends itself: nonstop.config.json → nonstop.config.json',
  );
  assert.match(
    why({ extends: ['p'] }, { 'node_modules/p/package.json': '{}' }),
    /^the package has none of nonstop\.config\.json/,
  );
  assert.match(why({ extends: ['p'] }, { 'node_modules/p/package.json': '{' }), /package\.json/);
});

test('a preset is held to what a config is held to', () => {
  const of = (text: string) => why({ extends: ['./p.json'] }, { 'p.json': text });
  assert.match(of('{ "__proto__": { "rules": {} } }'), /__proto__/);
  assert.match(of('{ "rules": { "__proto__": "off" } }'), /__proto__/);
  assert.match(of('{ "ignore": [], "ignore": ["**"] }'), /ignore|twice|first/);
  assert.match(of('{ "rules": { "secrets": "blok" } }'), /blok/);
  assert.match(of('{ "rules": '), /./);
});

test('a module of a name that the config has too', () => {
  const module = { name: 'm', files: ['m/**'] };
  assert.match(
    why({ extends: ['./p.json'], modules: [module] }, { 'p.json': json({ modules: [module] }) }),
    /one of this name/,
  );
});

test('a staged check reads the staged preset', () => {
  using(
    repoWith({ extends: ['./p.json'], rules: { secrets: 'warn' } }, { 'p.json': json(FLOOR) }),
    (repo: TempRepo) => {
      repo.write('p.json', '{}').write('a.txt', leak()).git('add', 'a.txt');
      assert.is(repo.check(['--staged']).code, 1);
      repo.git('add', 'p.json');
      assert.is(repo.check(['--staged']).code, 0);
    },
  );
});

test('raise judges with the presets: its options, and its modules that it may not block yet', () => {
  const preset = {
    rules: { secrets: { level: 'warn', maxBytes: 9 } },
    modules: [{ name: 'theirs', files: ['theirs/**'], rules: { secrets: 'block' } }],
  };
  using(repoWith({ extends: ['./p.json'] }, { 'p.json': json(preset), 'theirs/a': leak() }), (repo) => {
    const before = configOf(repo);
    const ran = repo.run(['raise', 'default', 'secrets']);
    assert.equal([ran.code, configOf(repo)], [2, before]);
    assert.match(ran.stderr, /^not evaluated: p\.json: it has \d+ bytes, more than the limit of 9/m);
  });
});

test.run();
