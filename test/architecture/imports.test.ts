import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** Which layers a layer may import; a rule may also import its own folder. docs/architecture.md gives the reasons. */
const MAY: Record<string, readonly string[]> = {
  'src/errors': [],
  'src/rule': ['src/errors'],
  'src/attest': ['src/errors'],
  rules: ['src/rule', 'src/attest', 'src/errors'],
  'src/config': ['src/rule', 'src/errors'],
  'src/engine': ['src/rule', 'src/config', 'src/errors'],
  'src/report': ['src/engine', 'src/rule', 'src/errors'],
  'src/host': ['src/rule', 'src/errors'],
  'src/library': ['src/rule', 'src/config', 'src/engine', 'src/errors', 'rules'],
  'src/index': ['src/library', 'src/rule', 'src/config', 'src/engine', 'src/errors'],
  'src/cli': ['src/rule', 'src/config', 'src/engine', 'src/report', 'src/host', 'src/errors', 'rules'],
};
/** The pure layers may not even know that there is a process. */
const PURE = ['src/rule', 'src/config', 'src/engine', 'src/report', 'src/library', 'src/index', 'rules'];
const OUTSIDE = /^node:(fs|child_process|http|https|net|worker_threads|os|process)/;

const files = ['src', 'rules'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

/** `src/engine/check.ts` → `src/engine`; `rules/secrets/scan.ts` → `rules/secrets`; `rules/index.ts` → `rules` */
function layerOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  if (top === 'rules') return second.endsWith('.ts') ? 'rules' : `rules/${second}`;
  return `src/${second.replace(/\.ts$/, '')}`;
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

test('every file is in a layer of the table', () => {
  const known = Object.keys(MAY);
  const strangers = files.filter((file) => !known.includes(layerOf(file).replace(/^rules\/.*/, 'rules')));
  assert.equal(strangers, []);
  assert.ok(files.length > 30);
});

test('imports go one way', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const layer = layerOf(file);
    for (const target of importsOf(file).filter((name) => name.startsWith('.'))) {
      const to = layerOf(relative('.', join(dirname(file), target)).replace(/\.js$/, '.ts'));
      const may =
        layer === 'rules' ||
        to === layer ||
        (MAY[layer.replace(/^rules\/.*/, 'rules')] ?? []).includes(to.replace(/^rules\/.*/, 'rules'));
      const intoOtherRule = layer.startsWith('rules/') && to.startsWith('rules') && to !== layer;
      if (!may || intoOtherRule) wrong.push(`${file} imports ${target}`);
    }
  }
  assert.equal(wrong, []);
});

test('the pure layers reach neither disk, processes nor network', () => {
  const wrong = files
    .filter((file) => PURE.includes(layerOf(file).replace(/^rules\/.*/, 'rules')))
    .flatMap((file) =>
      importsOf(file)
        .filter((name) => OUTSIDE.test(name))
        .map((name) => `${file} imports ${name}`),
    );
  assert.equal(wrong, []);
});

test('the engine touches no process, console or clock', () => {
  const wrong = files.filter(
    (file) =>
      PURE.includes(layerOf(file)) &&
      /\b(process\.|console\.|Date\.now|new Date\(\))/.test(
        readFileSync(file, 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, ''),
      ),
  );
  assert.equal(wrong, []);
});

test.run();
