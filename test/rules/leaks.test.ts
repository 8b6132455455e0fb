import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { censor } from '../../rules/secrets/censor.js';
import rule from '../../rules/secrets/index.js';
import { check } from '../../src/index.js';
import { githubToken, randomText } from '../helpers/generated-secrets.js';
import { runOn } from '../helpers/rule-tester.js';
import { pem, SAMPLES } from '../helpers/samples.js';

/** As much of a secret as may be seen. */
const MOST_SEEN = 7;

/** Every string in a value, its keys too. */
function* stringsIn(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) {
      yield key;
      yield* stringsIn(each);
    }
  }
}

/** The parts of a secret that were drawn at random: behind its prefix, without what every key has around it. */
function randomParts(secret: string, prefix: string): string[] {
  const body = secret.slice(prefix.length).replace(/-----(?:BEGIN|END)[A-Z ]*-----|T3BlbkFJ/g, '\n');
  return body.split(/\s|\\n/).filter((part) => part.length > MOST_SEEN);
}

function assertHidden(result: unknown, parts: readonly string[]): void {
  const texts = [...stringsIn(result)];
  for (const part of parts) {
    for (let at = 0; at + MOST_SEEN < part.length; at++) {
      const piece = part.slice(at, at + MOST_SEEN + 1);
      const leak = texts.find((text) => text.includes(piece));
      if (leak !== undefined) assert.unreachable(`"${piece}" of a secret stands in "${leak}"`);
    }
  }
}

interface Planted {
  readonly text: string;
  readonly parts: readonly string[];
}

const alone = fc
  .tuple(fc.constantFrom(...SAMPLES), fc.integer({ min: 1, max: 10_000 }))
  .map(([kind, seed]): Planted => {
    const { before, secret, after } = kind.make(seed);
    return { text: `${before}${secret}${after}`, parts: randomParts(secret, kind.prefix) };
  });

/** Two detectors at the same text, or each at a part of it. */
const overlapping = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom('', '%21', '!x', '@y'), fc.nat(4))
  .map(([seed, tail, form]): Planted => {
    const token = githubToken(seed);
    const password = `${randomText(10, seed + 1)}${tail}`;
    const text = [
      `https://user:${token}${tail}@corp.io/x`,
      `https://${token}:${password}@corp.io/x`,
      `//registry.npmjs.org/:_authToken=${token}`,
      `postgres://app:${password}@db.corp.io/${token}`,
      `{"private_key": "${pem(seed, { end: '\\n' })}", "token": "${token}"}`,
    ][form]!;
    const own = form === 1 || form === 3 ? [password] : form === 4 ? randomParts(pem(seed), '') : [];
    return { text, parts: [token.slice(4), ...own] };
  });

const filler = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('', ' ', '\n', '\t', '\r\n', ' = "', '";\n', 'é🔑', 'a'.repeat(50), ' '.repeat(30)),
);
/** A secret where a detector sees it; or a copy of one in a word, where none does. */
const piece = fc.record({
  before: filler,
  which: fc.nat(4),
  glued: fc.boolean(),
  gap: fc.constantFrom(' ', '\n', ' "', '\t'),
});

const file = fc
  .tuple(
    fc.array(fc.oneof(alone, overlapping), { minLength: 1, maxLength: 5 }),
    fc.array(piece, { maxLength: 8 }),
    filler,
  )
  .map(([planted, pieces, end]) => {
    const seen = planted.map(({ text }) => ` ${text} `).join('\n');
    const more = pieces.map(({ before, which, glued, gap }) => {
      const { text } = planted[which % planted.length]!;
      return glued ? `${before}word${text}word` : `${before}${gap}${text}${gap}`;
    });
    return { content: `${more.slice(0, 4).join('')} ${seen} ${more.slice(4).join('')}${end}`, planted };
  });

const paths = fc.constantFrom('a.txt', '.npmrc', 'package.json', 'config/account.json');

test('no draft, and no result, holds 8 characters of a secret', async () => {
  await fc.assert(
    fc.asyncProperty(file, paths, async ({ content, planted }, path) => {
      const parts = planted.flatMap((each) => each.parts);
      const { drafts, trace } = await runOn(rule, { [path]: content });
      assert.ok(drafts.length > 0);
      assertHidden({ drafts, undecided: trace.undecided }, parts);
      const config = { rules: { secrets: 'block' } } as const;
      assertHidden(await check({ config, files: { [path]: content }, asOf: '2025-01-01' }), parts);
    }),
    { numRuns: 400, seed: 1 },
  );
});

test('no error that is printed holds one', () => {
  fc.assert(
    fc.property(file, ({ content, planted }) => {
      assertHidden(
        censor(content),
        planted.flatMap((each) => each.parts),
      );
    }),
    { numRuns: 200, seed: 2 },
  );
});

test.run();
