import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BIN, TempRepo } from '../helpers/temp-repo.js';
import { configOf, found, leak, messages, repoWith, said, using } from '../helpers/verb-repo.js';

const test = suite('baseline');
const FILE = 'nonstop-baseline.txt';
const BLOCK = { rules: { secrets: 'block' } };
/** Enough beside the findings that git knows a file again. */
const BODY = Array.from({ length: 20 }, (_, at) => `line ${at}\n`).join('');

function entries(repo: TempRepo): string[] {
  const lines = readFileSync(repo.path(FILE), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' ')[3]!);
}

function accepted(files: Readonly<Record<string, string>>, config: object = BLOCK): TempRepo {
  const repo = repoWith(config, files);
  const { code, stderr } = repo.run(['baseline', 'update']);
  assert.is(code, 0, stderr);
  return repo.commit('accept');
}

test('what stands today is accepted, what is new blocks', () => {
  using(accepted({ 'a.txt': leak(1), 'b.txt': leak(2) }), (repo) => {
    assert.equal(found(repo.check().result), ['baselined block a.txt:1', 'baselined block b.txt:1']);
    repo.write('c.txt', leak(3)).commit();
    assert.equal([repo.check().code, found(repo.check().result)[2]], [1, 'new block c.txt:1']);
    repo
      .write('a.txt', `moved\n\n${leak(1)}`)
      .write('c.txt', 'x\n')
      .commit();
    assert.is(repo.check().code, 0);
  });
});

test('it says what it accepts, masked, and --dry-run writes nothing', () => {
  using(repoWith(BLOCK, { 'a.txt': leak(1) + leak(2, 'key1') }), (repo) => {
    const dry = repo.run(['baseline', 'update', '--dry-run']);
    assert.is(dry.stdout, `accepted: a.txt  secrets found, 2\n${FILE}: 2 findings more, 0 fewer, 2 in all\n`);
    assert.is(existsSync(repo.path(FILE)), false);
    repo.run(['baseline', 'update']);
    assert.not.match(readFileSync(repo.path(FILE), 'utf8'), /ghp_/);
    const before = readFileSync(repo.path(FILE), 'utf8');
    assert.is(repo.run(['baseline', 'update']).stdout, `${FILE}: 0 findings more, 0 fewer, 2 in all\n`);
    assert.is(readFileSync(repo.path(FILE), 'utf8'), before);
  });
});

test('what is mended is stale, and pruned for good', () => {
  using(accepted({ 'a.txt': leak(1), 'b.txt': leak(2) }), (repo) => {
    repo.write('a.txt', 'clean\n').commit();
    assert.equal(messages(repo.check().result, 'policy'), ['staleBaseline']);
    assert.is(repo.run(['baseline', 'prune']).stdout, `${FILE}: 0 findings more, 1 fewer, 1 in all\n`);
    assert.equal(entries(repo), ['b.txt']);
    repo.write('a.txt', leak(1)).commit();
    assert.is(repo.check().code, 1);
    repo.run(['baseline', 'prune']);
    assert.equal(entries(repo), ['b.txt']);
  });
});

test('it is frozen in CI: no growth, but pruning is fine', () => {
  using(accepted({ 'a.txt': leak(1), 'b.txt': leak(2) }), (repo) => {
    const env = { CI: 'true' };
    const ran = repo.run(['baseline', 'update'], { env });
    assert.equal([ran.code, said(ran)], [2, 'error  The baseline is frozen in CI  USAGE']);
    repo.write('a.txt', 'clean\n').commit();
    assert.is(repo.run(['baseline', 'prune'], { env }).code, 0);
    assert.equal(entries(repo), ['b.txt']);
  });
});

test('a run over a part neither prunes nor calls stale', () => {
  using(accepted({ 'a.txt': leak(1), 'b.txt': leak(2) }), (repo) => {
    repo.write('a.txt', 'clean\n').write('c.txt', 'x\n');
    repo.git('add', '--all');
    for (const args of [['b.txt'], ['--staged'], ['--rule', 'policy-change']]) {
      assert.equal(messages(repo.check(args).result, 'policy'), [], args.join());
    }
    assert.equal(messages(repo.check(['--staged', '--all']).result, 'policy'), ['staleBaseline']);
  });
});

test('where the rule is off, or files are ignored, what is accepted stays', () => {
  const modules = [{ name: 'pay', files: ['pay/**'], rules: { secrets: 'block' } }];
  using(accepted({ 'pay/a.txt': leak(1), 'old/b.txt': leak(2), 'c.txt': leak(3) }, { ...BLOCK, modules }), (repo) => {
    repo.write(
      'nonstop.config.json',
      JSON.stringify({ ...BLOCK, modules: [{ ...modules[0], rules: { secrets: 'off' } }], ignore: ['old/**'] }),
    );
    repo.write('c.txt', 'clean\n').commit();
    assert.is(repo.run(['baseline', 'prune']).code, 0);
    assert.equal(entries(repo).sort(), ['old/b.txt', 'pay/a.txt']);
  });
});

test('what cannot be evaluated is neither accepted nor pruned', () => {
  const config = { rules: { secrets: { level: 'block', maxBytes: 200 } } };
  using(accepted({ 'a.txt': leak(1) }, config), (repo) => {
    repo.write('a.txt', 'x'.repeat(300)).commit();
    for (const verb of ['update', 'prune']) assert.is(repo.run(['baseline', verb]).code, 2);
    assert.equal(entries(repo), ['a.txt']);
  });
});

/** Each kind of snapshot, once the rename is committed. */
const COMMITTED = [[], ['--all'], ['--staged', '--all'], ['--range', 'HEAD~1..HEAD', '--all'], ['--base', 'HEAD~1']];

test('a rename is carried without touching the file, staged and then committed', () => {
  using(accepted({ 'a.txt': BODY + leak(1), 'b.txt': BODY + leak(2) }), (repo) => {
    const before = readFileSync(repo.path(FILE), 'utf8');
    repo.git('mv', 'a.txt', 'new name.txt');
    for (const args of [[], ['--staged'], ['--staged', '--all']]) assert.is(repo.check(args).code, 0, args.join(' '));
    repo.commit('rename');
    for (const args of COMMITTED) assert.is(repo.check(args).code, 0, args.join(' '));
    assert.is(readFileSync(repo.path(FILE), 'utf8'), before);
    assert.is(repo.run(['baseline', 'prune']).stdout, `${FILE}: 0 findings more, 0 fewer, 2 in all\n`);
    assert.is(repo.commit().check().code, 0);
  });
});

test('a rename is carried when the baseline was written again after it, and along several renames', () => {
  using(accepted({ 'a.txt': BODY + leak(1), 'b.txt': leak(2) }), (repo) => {
    repo.git('mv', 'a.txt', 'c.txt');
    repo.commit();
    // another branch writes the file, and knows nothing of the rename
    repo.git('checkout', '-q', '-b', 'other', 'HEAD~1');
    repo.write('b.txt', 'clean\n');
    repo.run(['baseline', 'prune']);
    repo.commit();
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--no-edit', 'other');
    repo.git('mv', 'c.txt', 'd.txt');
    assert.is(repo.check(['--staged', '--all']).code, 0);
    repo.commit();
    for (const args of COMMITTED) assert.is(repo.check(args).code, 0, args.join(' '));
  });
});

test('a rename is carried after raise --with-baseline has written the file', () => {
  const config = {
    rules: { secrets: 'block' },
    modules: [{ name: 'pay', files: ['pay/**'], rules: { secrets: 'warn' } }],
  };
  using(accepted({ 'a.txt': BODY + leak(1) }, config), (repo) => {
    repo.git('mv', 'a.txt', 'c.txt');
    repo.write('pay/x.txt', leak(2)).commit();
    assert.is(repo.run(['raise', 'pay', 'secrets', '--with-baseline']).code, 0);
    assert.is(repo.commit().check().code, 0);
  });
});

test('the rename before is no growth to policy-change when the file is pruned later', () => {
  const config = { rules: { secrets: 'block', 'policy-change': 'block' } };
  using(accepted({ 'a.txt': BODY + leak(1) }, config), (repo) => {
    repo.git('mv', 'a.txt', 'c.txt');
    repo.commit();
    repo.run(['baseline', 'prune']);
    repo.git('add', '--all');
    assert.equal([entries(repo), repo.check(['--staged']).result.findings], [['c.txt'], []]);
  });
});

test('a renamed file with more findings than before: those count', () => {
  using(accepted({ 'a.txt': BODY + leak(1, 'key') }), (repo) => {
    repo.git('mv', 'a.txt', 'c.txt');
    repo.write('c.txt', BODY + leak(1, 'key') + leak(2, 'key')).commit();
    assert.equal(found(repo.check().result), ['baselined block c.txt:21', 'new block c.txt:22']);
  });
});

test('neither a deletion, a copy nor a file of the same name later donates', () => {
  using(accepted({ 'a.txt': BODY + leak(1, 'key'), 'b.txt': BODY.repeat(2) + leak(2, 'key') }), (repo) => {
    repo.git('rm', '-q', 'a.txt');
    repo.write('other.txt', leak(3, 'key')).commit();
    assert.equal(found(repo.check().result)[1], 'new block other.txt:1');
    repo
      .write('other.txt', 'x\n')
      .write('copy.txt', BODY.repeat(2) + leak(2, 'key'))
      .commit();
    assert.equal(found(repo.check().result), ['baselined block b.txt:41', 'new block copy.txt:41']);
  });
});

test('a shallow clone that ends before the rename is an error with the command that mends it', () => {
  using(accepted({ 'a.txt': BODY + leak(1) }), (repo) => {
    repo.git('mv', 'a.txt', 'c.txt');
    repo.commit().write('x.txt', 'x\n').commit();
    const clone = new TempRepo({ config: null });
    try {
      clone.git('fetch', '-q', '--depth=1', `file://${repo.top}`, 'main');
      clone.git('checkout', '-q', 'FETCH_HEAD');
      const ran = clone.run(['check']);
      assert.equal(
        [ran.code, /^fix +(.*)$/m.exec(ran.stderr)?.[1]],
        [2, 'Fetch the history, for instance: git fetch --unshallow'],
      );
    } finally {
      clone.remove();
    }
  });
});

test('a swap of one secret for another in the same place is seen in a staged check', () => {
  using(accepted({ 'a.txt': BODY + leak(1, 'key') }), (repo) => {
    repo.write('a.txt', BODY + leak(2, 'key'));
    repo.git('add', '--all');
    assert.equal(found(repo.check(['--staged']).result), ['new block a.txt:21']);
  });
});

test('a swap for a secret of another name is seen in every check', () => {
  using(accepted({ 'a.txt': BODY + leak(1, 'one') }), (repo) => {
    repo.write('a.txt', BODY + leak(2, 'two')).commit();
    assert.equal(found(repo.check().result), ['new block a.txt:21']);
  });
});

function branches(repo: TempRepo, ours: () => void, theirs: () => void): void {
  repo.git('checkout', '-q', '-b', 'theirs');
  theirs();
  repo.git('add', '--all');
  repo.run(['baseline', 'update']);
  repo.commit('theirs').git('checkout', '-q', 'main');
  ours();
  repo.git('add', '--all');
  repo.run(['baseline', 'update']);
  repo.commit('ours');
}

function merge(repo: TempRepo): boolean {
  try {
    repo.git('merge', '-q', '--no-edit', 'theirs');
    return true;
  } catch {
    return false;
  }
}

const SOME = Object.fromEntries(['a', 'b', 'c', 'd'].map((name, at) => [`${name}.txt`, leak(at + 1)]));

test('as a merge driver it joins two branches, each with fewer here and more there', () => {
  using(accepted(SOME), (repo) => {
    repo.write('.gitattributes', `${FILE} merge=nonstop\n`).commit();
    repo.git('config', 'merge.nonstop.driver', `'${process.execPath}' '${BIN}' baseline merge %O %A %B`);
    branches(
      repo,
      () => repo.write('a.txt', 'clean\n').write('b.txt', 'clean\n').write('e.txt', leak(5)),
      () => repo.write('b.txt', 'clean\n').write('c.txt', 'clean\n').write('f.txt', leak(6)),
    );
    assert.is(merge(repo), true);
    assert.equal(entries(repo).sort(), ['d.txt', 'e.txt', 'f.txt']);
    assert.equal([repo.check().code, messages(repo.check().result, 'policy')], [0, []]);
  });
});

test('a conflict is resolved by baseline merge without arguments, from any folder', () => {
  using(accepted(SOME), (repo) => {
    repo.write('.gitattributes', `${FILE} -merge\n`).write('sub/x', 'x\n').commit();
    branches(
      repo,
      () => repo.write('a.txt', 'clean\n'),
      () => repo.write('b.txt', 'clean\n'),
    );
    assert.is(merge(repo), false);
    assert.is(repo.run(['baseline', 'merge'], { cwd: repo.path('sub') }).stdout, `${FILE} is merged; git add it\n`);
    repo.commit('merge');
    assert.equal([entries(repo).sort(), repo.check().code], [['c.txt', 'd.txt'], 0]);
    const again = repo.run(['baseline', 'merge']);
    assert.equal([again.code, said(again)], [2, 'error  There is no conflict to resolve  USAGE']);
  });
});

test('a side that has removed the file accepts nothing', () => {
  using(accepted(SOME), (repo) => {
    branches(
      repo,
      () => {
        for (const name of Object.keys(SOME)) repo.write(name, 'clean\n');
      },
      () => repo.write('b.txt', 'clean\n'),
    );
    repo.git('rm', '-q', FILE);
    repo.commit();
    assert.is(merge(repo), false);
    assert.is(repo.run(['baseline', 'merge']).code, 0);
    assert.equal(entries(repo), []);
  });
});

test('marks of a conflict, and any other garbled file, are an error and no guess', () => {
  using(accepted(SOME), (repo) => {
    const good = readFileSync(repo.path(FILE), 'utf8');
    for (const bad of [
      `<<<<<<< ours\n${good}`,
      good.replace('# 04', '# 05'),
      good.slice(0, -1),
      '',
      `${good}${good}`,
    ]) {
      repo.write(FILE, bad);
      const ran = repo.run(['check']);
      assert.equal([ran.code, said(ran)], [2, 'error  The baseline cannot be used as it is  BASELINE_INVALID']);
      for (const verb of ['update', 'prune']) assert.is(repo.run(['baseline', verb]).code, 2);
      assert.is(readFileSync(repo.path(FILE), 'utf8'), bad);
      const driver = repo.run(['baseline', 'merge', FILE, FILE, FILE]);
      assert.is(driver.code, 2);
    }
    const ran = repo.run(['baseline', 'merge', 'x', 'y', 'z']);
    assert.equal([ran.code, said(ran)], [2, 'error  A file to merge cannot be read  USAGE']);
    assert.is(said(repo.run(['baseline', 'merge', 'x'])), 'error  Three files are expected, or none  USAGE');
    assert.is(said(repo.run(['baseline', 'updte'])), 'error  There is no baseline command of this name  USAGE');
  });
});

test('a named rule alone is accepted, and a rule that is unknown is told', () => {
  using(repoWith(BLOCK, { 'a.txt': leak(1) }), (repo) => {
    assert.is(repo.run(['baseline', 'update', 'secretz']).code, 2);
    assert.is(said(repo.run(['baseline', 'update', 'policy'])), 'error  This rule has no baseline  USAGE');
    assert.is(repo.run(['baseline', 'update', 'secrets']).code, 0);
    assert.equal(entries(repo), ['a.txt']);
    appendFileSync(repo.path('a.txt'), 'more\n');
    assert.match(configOf(repo), /"block"/);
  });
});

test.run();
