import type { Node } from 'jsonc-parser';
import { endOf, entriesOf, gapBefore, isBreak, isComma, isComment, type Splice, type Token } from './tokens.js';

/** An entry with what is around it. */
interface Place {
  readonly entry: Node;
  /** From the entry before it, or the opening bracket. */
  readonly before: readonly Token[];
  /** Up to the next entry, or the closing bracket. */
  readonly after: readonly Token[];
  /** The one comma that goes. */
  readonly comma: Token | undefined;
  readonly isLast: boolean;
}

/**
 * The splices that take an entry out with one comma. Its own comments go with it: those in front of it on its line, those up to its
 * comma, and those behind it on a line that it has for itself. All others stay, also those on lines of their own above it: they may
 * speak of its neighbours too.
 */
export function removeEntry(text: string, list: Node, index: number): Splice[] {
  const before = gapBefore(text, list, index);
  const after = gapBefore(text, list, index + 1);
  const comma = onLine(after).find(isComma) ?? before.find(isComma) ?? after.find(isComma);
  const entries = entriesOf(list);
  const place = { entry: entries[index]!, before, after, comma, isLast: index === entries.length - 1 };
  const gone = wholeLines(place) ?? partOfLine(place);
  const rest = text.slice(list.offset + 1, gone.start) + text.slice(gone.end, endOf(list) - 1);
  if (entries.length === 1 && /^[ \t]*$/.test(rest)) {
    return [{ start: list.offset + 1, end: endOf(list) - 1, text: '' }];
  }
  if (!comma || (gone.start <= comma.start && comma.end <= gone.end)) return [{ ...gone, text: '' }];
  return [gone, comma].map(({ start, end }) => ({ start, end, text: '' })).sort((a, b) => a.start - b.start);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Its lines with their break, where no other entry and no bracket stands on them. */
function wholeLines({ before, after, comma }: Place): Range | undefined {
  const lineStart = before.findLastIndex(isBreak);
  const lineEnd = after.findIndex(isBreak);
  if (lineStart === -1 || lineEnd === -1) return undefined;
  const front = before.slice(lineStart + 1);
  const others = front.slice(0, front.findLastIndex(isComma) + 1).filter((token) => token !== comma);
  if (others.some(isComma) || others.some(isComment)) return undefined;
  return { start: before[lineStart]!.end, end: after[lineEnd]!.end };
}

/** The entry and its own comments, where something else stands on its lines. */
function partOfLine(place: Place): Range {
  const { before, after, entry, comma, isLast } = place;
  const end = endOfPart(place);
  const own = before.slice(before.length - count(before.toReversed(), isSpaceOrBlock));
  const stop = before[before.length - own.length - 1]; // `undefined` is the opening bracket
  if (stop && isComma(stop)) return { start: stop === comma ? stop.start : stop.end, end };

  const line = after.filter(({ start }) => start >= end);
  const spaceBehind = line[0]?.kind === 'space' ? line[0].end : end;
  if (stop) {
    const above = before[before.indexOf(stop) - 1];
    // the closing bracket moves up, unless into a line comment
    if (isLast && above?.kind !== 'line comment') return { start: stop.start, end };
    return { start: own.find(isComment)?.start ?? entry.offset, end: spaceBehind };
  }
  // comments behind the opening bracket are the list's
  const behind = line.find(({ kind }) => kind !== 'space');
  const endsLine = behind ? isBreak(behind) : isLast;
  const spaceInFront = own.at(-1)?.kind === 'space' ? own.at(-1)!.start : entry.offset;
  return endsLine ? { start: spaceInFront, end } : { start: entry.offset, end: spaceBehind };
}

function endOfPart({ after, entry, comma, isLast }: Place): number {
  if (comma && onLine(after).includes(comma)) return comma.end;
  const endsAtBracket = isLast && !after.some(isBreak);
  return (endsAtBracket ? after.findLast(isComment)?.end : undefined) ?? endOf(entry);
}

const isSpaceOrBlock = ({ kind }: Token) => kind === 'space' || kind === 'block comment';

/** What stands behind it up to the end of the line. */
function onLine(after: readonly Token[]): readonly Token[] {
  return after.slice(
    0,
    count(after, (token) => !isBreak(token)),
  );
}

/** How many tokens at the front are so. */
function count(tokens: readonly Token[], is: (token: Token) => boolean): number {
  const other = tokens.findIndex((token) => !is(token));
  return other === -1 ? tokens.length : other;
}
