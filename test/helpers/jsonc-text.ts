import fc from 'fast-check';

/** How a config is written down; `seed` decides all that is left to chance. */
export interface Hand {
  readonly seed: number;
  readonly indent: string;
  readonly lineBreak: '\n' | '\r\n' | '\r' | 'mixed';
  readonly mark: '' | '\uFEFF';
  readonly trailingComma: boolean;
  readonly finalBreak: boolean;
  readonly colon: string;
  /** The chance that a list is written on one line, and that a comment stands where one may, from 0 to 1. */
  readonly oneLine: number;
  readonly comments: number;
  /** Trivia of any kind in any legal place, instead of a person's layout. */
  readonly wild: boolean;
}

export const hand: fc.Arbitrary<Hand> = fc.record({
  seed: fc.nat(),
  indent: fc.constantFrom('  ', '    ', '\t', ' ', '   ', '        ', ''),
  lineBreak: fc.constantFrom('\n', '\r\n', '\n', 'mixed', '\r'),
  mark: fc.constantFrom('', '', '\uFEFF'),
  trailingComma: fc.boolean(),
  finalBreak: fc.boolean(),
  colon: fc.constantFrom(': ', ':', ' : ', ':   ', ':\t'),
  oneLine: fc.constantFrom(0, 0.3, 0.7, 1),
  comments: fc.constantFrom(0, 0.1, 0.4, 0.9),
  wild: fc.constantFrom(false, false, false, true),
});

const key = fc.oneof(
  fc.constantFrom('rules', 'modules', 'secrets', 'level', 'hook', 'ci', 'ignore', '__proto__', 'constructor', '', '0'),
  fc.string({ maxLength: 4, unit: 'binary' }),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0); // no -0
export const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    'off',
    'warn',
    'block',
    true,
    false,
    null,
    0,
    1,
    '}',
    '// "a": 1',
    '/*',
    ',',
    'x'.repeat(90),
  ),
  fc.string({ maxLength: 6, unit: 'binary' }),
  number,
);
const { object, value } = fc.letrec((tie) => ({
  object: fc
    .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 4, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries)),
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('object'), fc.array(tie('value'), { maxLength: 4 })),
}));

export { key, value };
export const config = object as fc.Arbitrary<Record<string, unknown>>;

/** Comments that look like something else. */
const COMMENTS = ['', ' x', ' }', ' ],', ' "a": 1,', ',', '/', ' é\u2028\u{1F600}', ' {', ' : '];

/** The text of a value in some hand. */
export function write(whole: unknown, style: Hand): string {
  const chance = generator(style.seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!;
  const lineBreak = () => (style.lineBreak === 'mixed' ? pick(['\n', '\r\n', '\r']) : style.lineBreak);
  const happens = (likely: number) => chance() < likely;
  let count = 0;
  // no two comments are the same, so that one that goes missing is known
  const words = () => {
    count += 1;
    return `${pick(COMMENTS)}${count}`;
  };
  const block = (inOneLine: boolean) => `/*${words()}${!inOneLine && happens(0.2) ? `${lineBreak()} y` : ''}*/`;
  const line = () => `//${words()}`;
  const maybe = (text: () => string) => (happens(style.comments) ? text() : '');
  const [layOut, gap] = style.wild ? [wild, anything] : [tidy, () => ''];
  const comments = (indent: string) => maybe(() => `${indent}${happens(0.5) ? line() : block(false)}${lineBreak()}`);
  const end = style.finalBreak ? lineBreak() : '';
  return style.mark + gap() + comments('') + layOut(whole, '', false) + gap() + end;

  function anything(): string {
    if (happens(0.4)) return '';
    const pieces = [' ', '\t', '  ', lineBreak(), block(false), line() + lineBreak()];
    return pick(pieces) + (happens(0.5) ? anything() : '');
  }

  function wild(part: unknown): string {
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    const entries = Object.entries(part).map(([name, item]) => {
      const head = Array.isArray(part) ? '' : `${JSON.stringify(name)}${anything()}:${anything()}`;
      return anything() + head + wild(item) + anything();
    });
    const last = entries.length > 0 && style.trailingComma ? `,${anything()}` : anything();
    return brackets(part, entries.join(',') + last);
  }

  function tidy(part: unknown, indent: string, inOneLine: boolean): string {
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    const one = inOneLine || happens(style.oneLine);
    const inner = indent + style.indent;
    const entries = Object.entries(part).map(([name, item]) => {
      const head = Array.isArray(part) ? '' : `${JSON.stringify(name)}${style.colon}`;
      const front = maybe(() => `${block(one)} `);
      return front + head + tidy(item, inner, one) + maybe(() => ` ${block(one)}`);
    });
    return brackets(part, one ? onOneLine(entries) : onLines(entries, indent, inner));
  }

  function onOneLine(entries: readonly string[]): string {
    const pad = style.colon.endsWith(' ') ? ' ' : '';
    if (entries.length === 0) return pick(['', ' ', maybe(() => ` ${block(true)} `)]);
    const inner = entries.reduce((line, entry) => `${line},${pad}${maybe(() => `${block(true)} `)}${entry}`);
    const last = style.trailingComma && happens(0.5) ? ',' : '';
    return pad + maybe(() => `${block(true)} `) + inner + last + maybe(() => ` ${block(true)}`) + pad;
  }

  function onLines(entries: readonly string[], indent: string, inner: string): string {
    const behind = () => maybe(() => ` ${happens(0.6) ? line() : block(false)}`) + maybe(() => ' ');
    const lines = entries.map((entry, at) => {
      const comma = at < entries.length - 1 || style.trailingComma ? ',' : '';
      const lineEnd = happens(0.9) ? behind() + lineBreak() + comments(inner) + inner : ' ';
      return { entry: entry + comma, lineEnd };
    });
    const body = lines.map(({ entry, lineEnd }, at) => entry + (at < lines.length - 1 ? lineEnd : '')).join('');
    const start = behind() + lineBreak() + comments(inner);
    const foot = happens(0.9) ? behind() + lineBreak() + comments(inner) + indent : ' ';
    return entries.length === 0 ? start + indent : start + inner + body + foot;
  }
}

function brackets(list: object, inner: string): string {
  return Array.isArray(list) ? `[${inner}]` : `{${inner}}`;
}

/** Numbers from 0 to 1 that look like chance (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
