import fs, {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { replaceFile } from '../../src/cli/replace-file.js';
import { PolicyError } from '../../src/errors.js';

const test = suite<{ folder: string; config: string }>('replaceFile');

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'nonstop-replace-'));
  context.config = join(context.folder, 'nonstop.config.json');
  writeFileSync(context.config, '{}\n');
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

/** The help of the error that it ends with. */
function refusal(replace: () => void) {
  try {
    replace();
  } catch (error) {
    if (error instanceof PolicyError && error.code === 'CONFIG_UNWRITABLE') return error.help;
    throw error;
  }
  throw new Error('the file was replaced');
}

test('the new text is there and nothing beside it', ({ folder, config }) => {
  replaceFile(config, '{}\n', '\uFEFF{ "a": "é" }\r\n');
  assert.is(readFileSync(config, 'utf8'), '\uFEFF{ "a": "é" }\r\n');
  assert.equal(readdirSync(folder), ['nonstop.config.json']);
});

test('the mode is kept', ({ config }) => {
  for (const mode of [0o640, 0o664, 0o755]) {
    chmodSync(config, mode);
    const text = readFileSync(config, 'utf8');
    replaceFile(config, text, `${text} `);
    assert.is(statSync(config).mode & 0o7777, mode);
  }
});

test('a link stays a link, and its target changes where that is', ({ folder, config }) => {
  mkdirSync(join(folder, 'shared'));
  writeFileSync(join(folder, 'shared/policy.json'), '[]');
  rmSync(config);
  symlinkSync('shared/policy.json', config);
  replaceFile(config, '[]', '[1]');
  assert.ok(lstatSync(config).isSymbolicLink());
  assert.is(readlinkSync(config), 'shared/policy.json');
  assert.is(readFileSync(join(folder, 'shared/policy.json'), 'utf8'), '[1]');
  assert.equal(readdirSync(folder).sort(), ['nonstop.config.json', 'shared']);
  assert.equal(readdirSync(join(folder, 'shared')), ['policy.json']);
});

test('a file that someone changed meanwhile is left alone', ({ folder, config }) => {
  writeFileSync(config, '{ "theirs": 1 }\n');
  assert.equal(
    refusal(() => replaceFile(config, '{}\n', '{ "ours": 1 }\n')),
    {
      what: 'The config could not be written',
      where: config,
      why: 'it changed since it was read, or is not in UTF-8',
      fix: 'Run the command again',
    },
  );
  assert.is(readFileSync(config, 'utf8'), '{ "theirs": 1 }\n');
  assert.equal(readdirSync(folder), ['nonstop.config.json']);
});

test('a file that is not UTF-8 is left alone, although its decoding is the expected text', ({ config }) => {
  const bytes = Buffer.from('// caf\u00e9\n{}', 'latin1');
  writeFileSync(config, bytes);
  refusal(() => replaceFile(config, bytes.toString('utf8'), '{}'));
  assert.ok(readFileSync(config).equals(bytes));
});

test('a file that is gone, and a folder in its place, are told by name', ({ folder, config }) => {
  rmSync(config);
  assert.match(refusal(() => replaceFile(config, '{}\n', '{}')).why, /^ENOENT/);
  assert.equal(readdirSync(folder), []);
  mkdirSync(config);
  assert.match(refusal(() => replaceFile(config, '{}\n', '{}')).why, /^EISDIR/);
});

/** Runs with another function of `node:fs` in place, and puts the real one back. */
function withFs<Name extends 'fsyncSync' | 'renameSync'>(name: Name, other: (typeof fs)[Name], run: () => void) {
  const real = fs[name];
  fs[name] = other;
  syncBuiltinESMExports();
  try {
    run();
  } finally {
    fs[name] = real;
    syncBuiltinESMExports();
  }
}

test('a change that comes while the new text is being written is kept', ({ folder, config }) => {
  const theirs = () => writeFileSync(config, '[]');
  withFs('fsyncSync', theirs, () => {
    assert.match(refusal(() => replaceFile(config, '{}\n', '{ "ours": 1 }')).why, /^it changed/);
  });
  assert.is(readFileSync(config, 'utf8'), '[]');
  assert.equal(readdirSync(folder), ['nonstop.config.json']);
});

test('a rename that fails leaves the old text and nothing beside it', ({ folder, config }) => {
  const busy = () => {
    assert.is(readdirSync(folder).length, 2);
    throw new Error('EBUSY: resource busy');
  };
  withFs('renameSync', busy, () => assert.match(refusal(() => replaceFile(config, '{}\n', '[]')).why, /^EBUSY/));
  assert.is(readFileSync(config, 'utf8'), '{}\n');
  assert.equal(readdirSync(folder), ['nonstop.config.json']);
});

test('what is read-only is left alone, and no temporary file stays', ({ folder, config }) => {
  if (process.getuid?.() === 0) return; // root may write everything
  chmodSync(config, 0o444);
  assert.match(refusal(() => replaceFile(config, '{}\n', '[]')).why, /^EACCES/);
  chmodSync(config, 0o644);
  chmodSync(folder, 0o555);
  assert.match(refusal(() => replaceFile(config, '{}\n', '[]')).why, /^EACCES/);
  chmodSync(folder, 0o755);
  assert.is(readFileSync(config, 'utf8'), '{}\n');
  assert.equal(readdirSync(folder), ['nonstop.config.json']);
});

test.run();
