import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KNOWN_RULES } from '../../src/cli/known-rules.js';
import { policyFromText } from '../../src/config/load.js';
import { FORMATS } from '../../src/report/index.js';
import { cleanEnv, TempRepo } from '../helpers/temp-repo.js';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const read = (page: string) => readFileSync(page, 'utf8');

/** The fenced blocks of one language. */
function blocks(page: string, language: string): string[] {
  return [...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    (match) => match[1] ?? '',
  );
}

test('every config that the docs show is one', () => {
  const configs = pages.flatMap((page) => blocks(page, 'jsonc').map((text) => ({ page, text })));
  assert.ok(configs.length >= 2);
  for (const { page, text } of configs) policyFromText(text, page, KNOWN_RULES);
});

test('every link between pages leads somewhere', () => {
  const dead: string[] = [];
  for (const page of pages) {
    for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [file = '', heading] = target.split('#');
      const path = file === '' ? page : join(dirname(page), file);
      if (!existsSync(path)) dead.push(`${page}: ${target}`);
      else if (heading !== undefined && !headings(path).includes(heading)) dead.push(`${page}: ${target}`);
    }
  }
  assert.equal(dead, []);
});

/** As GitHub makes anchors of headings. */
function headings(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test('every error code has its heading', () => {
  const codes = [...read('src/errors.ts').matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map((match) => match[1] ?? '');
  const missing = codes.filter((code) => !read('docs/exit-codes.md').includes(`\n## ${code}\n`));
  assert.ok(codes.length > 5);
  assert.equal(missing, []);
});

test('every format is in the table of formats, and the other way round', () => {
  const table = [...read('docs/start.md').matchAll(/^\| `(\w+)` +\| /gm)].map((match) => match[1] ?? '');
  assert.equal(table.sort(), Object.keys(FORMATS).sort());
});

test('the rule of the docs does what they say, in a script and as a plugin', () => {
  const [rule = '', script = ''] = blocks('docs/writing-a-rule.md', 'js');
  const repo = new TempRepo({ config: null });
  try {
    mkdirSync(repo.path('node_modules'));
    symlinkSync(process.cwd(), repo.path('node_modules/nonstop-policy'));
    repo
      .write('.gitignore', 'node_modules\n')
      .write('rules/no-todo.js', rule)
      .write('package.json', '{ "type": "module" }');
    repo.write('script.js', `${script}\nconsole.log(verdict, findings.map(({ line, message }) => [line, message]));`);
    const printed = execFileSync(process.execPath, ['script.js'], { cwd: repo.top, env: cleanEnv(), encoding: 'utf8' });
    assert.is(printed, "block [ [ 1, 'TODO without a ticket' ] ]\n");
    const config = blocks('docs/config.md', 'js').find((block) => block.includes('defineConfig')) ?? '';
    repo.write('nonstop.config.js', config).write('src/a.ts', '// TODO later\n').commit();
    const { code, result } = repo.check(['--allow-js-config']);
    assert.equal([code, result.counts.warn, result.findings[0].ruleId], [0, 1, 'no-todo']);
  } finally {
    repo.remove();
  }
});

test.run();
