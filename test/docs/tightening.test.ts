import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { normalised, runShown, shownIn, withOutputs } from '../helpers/console-page.js';
import { githubToken } from '../helpers/generated-secrets.js';
import { TempRepo } from '../helpers/temp-repo.js';

const PAGE = 'docs/tightening.md';
/** Ten findings each. */
const FILES = [
  'payments/app.env',
  'shop/api.env',
  'shop/web.env',
  'legacy/batch.env',
  'legacy/mail.env',
  'legacy/jobs.env',
];

/** The repository at the beginning of the story: 3 modules, 60 findings, each with a token that no one issued. */
function beginning(page: string): TempRepo {
  const config = /^```jsonc\n(.*?)^```$/ms.exec(page)?.[1] ?? '';
  const repo = new TempRepo({ config: null }).write('nonstop.config.json', config);
  for (const [file, name] of FILES.entries()) {
    const lines = Array.from({ length: 10 }, (_, at) => `KEY_${at + 1}=${githubToken(10 * file + at)}\n`);
    repo.write(name, lines.join(''));
  }
  return repo.commit('before');
}

/** `made-up-token SEED` of the page. */
const generator = fileURLToPath(new URL('../helpers/generated-secrets.ts', import.meta.url));
const script = `import('${generator}').then((m) => console.log(m.githubToken(Number(process.argv[1]))))`;
const tools = {
  'made-up-token': `exec '${process.execPath}' --import '${import.meta.resolve('tsx')}' -e "${script}" "$1"`,
};

test('the commands of the story say what the page shows', () => {
  const page = readFileSync(PAGE, 'utf8');
  const shown = shownIn(page);
  const repo = beginning(page);
  try {
    const outputs = runShown(
      shown.map(({ command }) => command),
      { cwd: repo.top, tools },
    );
    // the page is written by hand but for the outputs: NONSTOP_UPDATE_DOCS=1 node scripts/test.mjs docs
    if (process.env.NONSTOP_UPDATE_DOCS === '1') writeFileSync(PAGE, withOutputs(page, outputs.map(normalised)));
    else {
      for (const [at, { command, output }] of shown.entries())
        assert.is(normalised(outputs[at]!), output, `after $ ${command}`);
    }
    assert.ok(shown.length > 30);
    for (const text of [page, ...outputs]) assert.not.match(text, /gh[p]_[A-Za-z0-9]{36}/);
  } finally {
    repo.remove();
  }
});

test.run();
