import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compact } from '../../src/report/compact.js';
import { github } from '../../src/report/github.js';
import { markdown } from '../../src/report/markdown.js';
import { pretty } from '../../src/report/pretty.js';
import { sarif } from '../../src/report/sarif.js';
import { checkResult, finding } from '../helpers/check-result.js';

const surface = { colour: false, width: 80, quiet: false };
const render = (result: ReturnType<typeof checkResult>) =>
  pretty({ tool: { name: 'n', version: '1' }, result, timings: null }, surface);

test('a waived finding stays in sight, with the waiver that lets it through', () => {
  const waived = finding({ state: 'waived', waiver: 'W-12', path: 'a.ts', line: 3, column: 14 });
  assert.match(
    render(checkResult({ findings: [waived] })),
    /^waived by W-12: a\.ts:3:14 GitHub token: ghp_\*{8} \[secrets\]$/m,
  );
});

test('steps that come due soon are announced with their owner', () => {
  const announcement = {
    ruleId: 'secrets',
    module: 'payments',
    owner: '@pay',
    on: '2026-12-06',
    level: { hook: 'warn', ci: 'block' },
    phase: null,
  } as const;
  const text = render(checkResult({ announcements: [announcement] })).replace(/\n {2}/g, ' ');
  assert.match(text, /^soon: secrets in the module payments becomes hook warn, ci block on 2026-12-06 \(@pay\)$/m);
});

test('the other reports announce them too', () => {
  const step = {
    ruleId: 'secrets',
    module: null,
    owner: null,
    on: '2026-12-06',
    level: { hook: 'block', ci: 'block' },
    phase: null,
  } as const;
  const input = { tool: { name: 'n', version: '1' }, result: checkResult({ announcements: [step] }), timings: null };
  for (const format of [compact, markdown, github, sarif]) {
    assert.match(format(input, surface), /soon: secrets becomes block on 2026-12-06/);
  }
});

test.run();
