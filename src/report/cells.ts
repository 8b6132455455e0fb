/** Two cells on a terminal: East Asian wide and full-width forms, and emoji (Unicode 15.1, EastAsianWidth.txt). */
const WIDE =
  /[\u1100-\u115F\u2329\u232A\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{1B2FB}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]/u;
/** No cell of its own: marks on the letter before, and signs that only say how to join. */
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;
const ASCII = /^[\x20-\x7E]*$/;

/** How many cells a terminal needs for a text without control characters. */
export function cells(text: string): number {
  if (ASCII.test(text)) return text.length;
  let sum = 0;
  for (const char of text) sum += widthOf(char);
  return sum;
}

/** As much from the start of a text as fits. */
export function fit(text: string, room: number): string {
  if (ASCII.test(text)) return text.slice(0, room);
  let kept = '';
  let left = room;
  for (const char of text) {
    left -= widthOf(char);
    if (left < 0) break;
    kept += char;
  }
  return kept;
}

/** The whole text, or what fits of its start, with `…` for the rest. */
export function shorten(text: string, room: number): string {
  return cells(text) <= room ? text : `${fit(text, room - 1)}…`;
}

/** The whole text, or what fits of its end, with `…` for what stands before. */
export function shortenStart(text: string, room: number): string {
  if (cells(text) <= room) return text;
  const chars = [...text];
  let left = room - 1;
  let from = chars.length;
  while (from > 0 && widthOf(chars[from - 1]!) <= left) left -= widthOf(chars[--from]!);
  return `…${chars.slice(from).join('')}`;
}

/** Lines of at most `room` cells, broken at spaces, or anywhere in a word that is longer than a line. */
export function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, room))) {
    if (line !== '' && cells(line) + 1 + cells(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => each.trimEnd());
}

function pieces(word: string, room: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (cells(rest) > room) {
    const part = fit(rest, room);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}

function widthOf(char: string): number {
  if (NONE.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}
