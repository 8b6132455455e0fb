import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { githubToken } from '../helpers/generated-secrets.js';
import { blocks, errorOf, judged, refused, scenarios } from '../helpers/scenario.js';

const { test, repo: newRepo, folder } = scenarios('hostile settings');
const secret = `token = ${githubToken(41)}\n`;
const lines = Array.from({ length: 60 }, (_, at) => `line ${at}\n`).join('');

/** Staged: an edit, a rename with an edit, a new file below and above the folder that one stands in. */
function scene() {
  const repo = newRepo().write('sub/a.txt', 'clean\n').write('old.txt', lines).commit();
  repo.git('mv', 'old.txt', 'new.txt');
  repo.write('sub/a.txt', secret).write('new.txt', `${lines}${secret}`).write('top.txt', secret).git('add', '--all');
  return repo;
}
const found = blocks('new.txt:61:9', 'sub/a.txt:1:9', 'top.txt:1:9');

const SETTINGS: Record<string, string> = {
  'diff.relative': 'true',
  'diff.ignoreSubmodules': 'all',
  'diff.orderFile': '/nonexistent',
  'diff.noprefix': 'true',
  'diff.mnemonicPrefix': 'true',
  'diff.external': 'false',
  'diff.renames': 'false',
  'diff.renameLimit': '1',
  'diff.interHunkContext': '9',
  'diff.algorithm': 'patience',
  'diff.submodule': 'log',
  'diff.statGraphWidth': '1',
  'diff.colorMoved': 'zebra',
  'diff.wordRegex': '.',
  'core.quotePath': 'true',
  'core.abbrev': '4',
  'core.pager': 'false',
  'core.attributesFile': '/nonexistent',
  'core.ignoreCase': 'true',
  'core.trustctime': 'false',
  'core.filemode': 'false',
  'core.warnAmbiguousRefs': 'false',
  'core.splitIndex': 'true',
  'core.untrackedCache': 'true',
  'core.logAllRefUpdates': 'false',
  'core.useReplaceRefs': 'true',
  'submodule.recurse': 'true',
  'status.relativePaths': 'true',
  'status.short': 'true',
  'status.showUntrackedFiles': 'no',
  'status.submoduleSummary': 'true',
  'color.ui': 'always',
  'color.diff': 'always',
  'color.status': 'always',
  'column.ui': 'always',
  'log.showSignature': 'true',
  'log.decorate': 'full',
  'log.follow': 'true',
  'grep.lineNumber': 'true',
  'advice.detachedHead': 'false',
  'feature.manyFiles': 'true',
  'index.sparse': 'true',
  'protocol.allow': 'never',
  'i18n.logOutputEncoding': 'UTF-16',
  'transfer.hideRefs': 'refs',
};

test('no setting of a user changes what is judged', async () => {
  const repo = scene();
  for (const [name, value] of Object.entries(SETTINGS)) repo.git('config', name, value);
  for (const cwd of [repo.top, repo.path('sub')]) {
    assert.equal(judged(repo.check(['--staged'], { cwd })), found);
    assert.equal(judged(await repo.look([], { cwd })), found);
  }
  const tree = repo.git('write-tree').trim();
  const commit = repo.git('commit-tree', tree, '-p', 'HEAD', '-m', 'x').trim();
  for (const args of [
    ['--range', `HEAD..${commit}`],
    ['--range', `HEAD..${commit}`, '--all'],
    ['--staged', '--all'],
  ]) {
    assert.equal(judged(await repo.look(args, { cwd: repo.path('sub') })), found, args.join(' '));
  }
});

test('no copy of a file is missed where copies are looked for', () => {
  const repo = newRepo().write('a.txt', `${lines}${secret}`).commit();
  repo.git('config', 'diff.renames', 'copies');
  repo.write('a.txt', `${lines}${secret}more\n`).write('b.txt', `${lines}${secret}`).git('add', '--all');
  assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:61:9', 'b.txt:61:9'));
});

test('a monitor of the file system is not started', async () => {
  const repo = scene();
  const place = folder();
  const program = join(place, 'monitor');
  writeFileSync(program, `#!/bin/sh\ntouch ${place}/ran\nprintf '%s\\0' token\n`);
  chmodSync(program, 0o755);
  repo.git('config', 'core.fsmonitor', program);
  assert.equal(judged(repo.check(['--staged'])), found);
  assert.equal(judged(await repo.look()), found);
  assert.not(existsSync(join(place, 'ran')));
});

test('no variable of the environment changes what is judged', async () => {
  const repo = scene();
  const env = {
    GIT_EXTERNAL_DIFF: 'false',
    GIT_DIFF_OPTS: '--unified=0',
    GIT_LITERAL_PATHSPECS: '0',
    GIT_GLOB_PATHSPECS: '1',
    GIT_ICASE_PATHSPECS: '1',
    GIT_REPLACE_REF_BASE: 'refs/other/',
    GIT_PREFIX: 'sub/',
    GIT_INTERNAL_SUPER_PREFIX: 'x/',
    GIT_PAGER: 'false',
    GIT_OPTIONAL_LOCKS: '1',
    GIT_TRACE: '1',
    GIT_TRACE_SETUP: '1',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'diff.relative',
    GIT_CONFIG_VALUE_0: 'true',
    GIT_CONFIG_KEY_1: 'core.quotePath',
    GIT_CONFIG_VALUE_1: 'true',
    LC_ALL: 'de_DE.UTF-8',
    LANG: 'de_DE.UTF-8',
    LANGUAGE: 'de',
    TZ: 'Asia/Kathmandu',
    PAGER: 'false',
  };
  assert.equal(judged(repo.check(['--staged'], { env, cwd: repo.path('sub') })), found);
  assert.equal(judged(await repo.look([], { env, cwd: repo.path('sub') })), found);
});

test('the words of git are English in every locale', () => {
  const cwd = folder();
  const { stderr } = newRepo().run(['check'], { cwd, env: { LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' } });
  assert.match(stderr, 'not a git repository');
});

test('a replace ref shows us no clean file, tree or commit in place of the one that is pushed', async () => {
  const repo = newRepo().write('a.txt', 'clean\n').commit();
  const clean = { blob: repo.git('rev-parse', 'HEAD:a.txt').trim(), commit: repo.git('rev-parse', 'HEAD').trim() };
  repo.git('checkout', '--quiet', '-b', 'other');
  repo.write('a.txt', secret).git('add', 'a.txt');
  repo.git('replace', repo.git('rev-parse', ':a.txt').trim(), clean.blob);
  assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:1:9'));
  repo.commit();
  const bad = repo.git('rev-parse', 'HEAD').trim();
  repo.write('b.txt', 'clean\n').commit();
  repo.git('replace', bad, clean.commit);
  repo.git('replace', repo.git('--no-replace-objects', 'rev-parse', 'HEAD^{tree}').trim(), `${clean.commit}^{tree}`);
  assert.equal(judged(await repo.look(['--base', 'main'])), blocks('a.txt:1:9'));
  assert.equal(judged(await repo.look(['--all'])), blocks('a.txt:1:9'));
});

test('a replace ref shows us no weaker policy', () => {
  const repo = newRepo();
  const strong = repo.git('rev-parse', 'HEAD:nonstop.config.json').trim();
  repo.write('weak.json', '{ "rules": { "secrets": "off" } }').write('a.txt', secret).git('add', '--all');
  repo.git('replace', strong, repo.git('rev-parse', ':weak.json').trim());
  assert.equal(judged(repo.check(['--staged'])), blocks('a.txt:1:9'));
});

test('a setting that git itself stumbles over is an error', async () => {
  const repo = scene();
  repo.write('.git/config', `${repo.git('config', '--list')}[broken`);
  assert.equal(errorOf(await repo.call(['check', '--staged'])), refused('REPOSITORY_MISSING'));
});

test('a tag or branch that takes the name of the base does not make the range empty', async () => {
  const repo = newRepo();
  repo.git('checkout', '--quiet', '-b', 'feature');
  repo.write('a.txt', secret).commit();
  assert.equal(judged(repo.check(['--base', 'main'])), blocks('a.txt:1:9'));
  repo.git('update-ref', 'refs/remotes/origin/main', 'main');
  repo.git('tag', 'main', 'feature');
  repo.git('tag', 'origin/main', 'feature');
  repo.git('config', 'core.warnAmbiguousRefs', 'false');
  for (const name of ['main', 'origin/main', 'main~0']) {
    const ran = repo.run(['check', '--base', name]);
    assert.equal(errorOf(ran), refused('RANGE_UNKNOWN'), name);
    assert.match(ran.stderr, 'ambiguous');
    assert.match(ran.stderr, 'refs/heads/');
  }
  assert.equal(judged(await repo.look(['--base', 'refs/heads/main'])), blocks('a.txt:1:9'));
  assert.equal(judged(await repo.look(['--base', 'refs/remotes/origin/main'])), blocks('a.txt:1:9'));
  repo.git('update-ref', 'refs/heads/HEAD', 'refs/heads/main'); // a branch called HEAD
  assert.equal(judged(await repo.look(['--base', 'refs/heads/main'])), blocks('a.txt:1:9'));
});

test.run();
