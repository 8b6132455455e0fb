import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  BENDING,
  environmentFor,
  OF_ONE_REPOSITORY,
  plumbingEnvironment,
  withoutRepository,
} from '../../src/host/environment.js';

const test = suite('environment');
const root = realpathSync(mkdtempSync(join(tmpdir(), 'nonstop-')));
test.after(() => rmSync(root, { recursive: true, force: true }));

/** A folder that looks to git like a git dir. */
function gitFolder(name: string): string {
  for (const part of ['objects', 'refs']) mkdirSync(join(root, name, part), { recursive: true });
  return join(root, name);
}

const top = join(root, 'repo');
const gitDir = gitFolder('repo/.git');
const other = gitFolder('other/.git');
const linkedDir = join(gitDir, 'worktrees/linked');
mkdirSync(linkedDir, { recursive: true });
writeFileSync(join(linkedDir, 'commondir'), '../..\n');
mkdirSync(join(root, 'linked'));
writeFileSync(join(root, 'linked/.git'), `gitdir: ${linkedDir}\n`);
mkdirSync(join(root, 'plain'));
symlinkSync(top, join(root, 'link'));

const keeps = (index: string, repository = { top, gitDir }) =>
  environmentFor({ GIT_INDEX_FILE: index }, repository).GIT_INDEX_FILE === index;

test('every variable that git counts as of one repository is dropped or neutral, but for settings', () => {
  const named = execFileSync('git', ['rev-parse', '--local-env-vars'], { encoding: 'utf8' }).trim().split('\n');
  const settings = ['GIT_CONFIG', 'GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_COUNT', 'GIT_NO_REPLACE_OBJECTS'];
  const handled = [...OF_ONE_REPOSITORY, ...BENDING, ...settings];
  assert.equal(
    named.filter((name) => !handled.includes(name)),
    [],
  );
});

test('plumbing speaks English, takes no lock, asks no question, and keeps the rest', () => {
  const env = { LC_ALL: 'de_DE', GIT_EXTERNAL_DIFF: 'evil', GIT_PREFIX: 'sub/', HOME: '/h', GIT_INDEX_FILE: 'i' };
  assert.equal(plumbingEnvironment(env), {
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    HOME: '/h',
    GIT_INDEX_FILE: 'i',
  });
});

test('a git that shall find its repository by the folder is told of none', () => {
  const env = Object.fromEntries([...OF_ONE_REPOSITORY, 'HOME'].map((name) => [name, 'x']));
  assert.equal(withoutRepository(env), { HOME: 'x' });
});

test('the index of this repository is kept, however it is named', () => {
  for (const name of ['index', 'index.lock', 'next-index-1.lock', 'of-a-tool']) {
    assert.ok(keeps(`.git/${name}`), name);
    assert.ok(keeps(join(gitDir, name)), name);
    assert.ok(keeps(join(root, 'link/.git', name)), `${name} through a link`);
  }
});

test('an index that a tool keeps outside of any git folder is kept', () => {
  assert.ok(keeps(join(root, 'plain/index')));
  assert.ok(keeps('tmp.index'));
});

test('the index of another repository is not kept', () => {
  for (const name of ['index', 'index.lock', 'next-index-1.lock', 'of-a-tool']) assert.not(keeps(join(other, name)));
});

test('in a linked work tree: its own index and that of a tool are kept, the main one is not', () => {
  const linked = { top: join(root, 'linked'), gitDir: linkedDir };
  assert.ok(keeps(join(linkedDir, 'index'), linked));
  assert.ok(keeps(join(linkedDir, 'next-index-1.lock'), linked));
  assert.ok(keeps(join(gitDir, 'of-a-tool'), linked));
  assert.not(keeps(join(gitDir, 'index'), linked));
  assert.not(keeps(join(gitDir, 'next-index-1.lock'), linked));
  assert.not(keeps('.git/index', linked)); // a file stands there
});

test('an index in a folder that is not there is not kept', () => {
  assert.not(keeps(join(root, 'nowhere/index')));
});

test('with the index of another repository everything of that one goes', () => {
  const env = { GIT_INDEX_FILE: join(other, 'index'), GIT_OBJECT_DIRECTORY: join(other, 'objects'), HOME: '/h' };
  assert.equal(environmentFor(env, { top, gitDir }), { HOME: '/h' });
});

test.run();
