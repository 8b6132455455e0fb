/**
 * Finds which of many keywords stand in some bytes, in one pass whose cost does not grow with their number (Aho and Corasick,
 * Efficient string matching, 1975). Keywords are lower-case ASCII, and match in any case.
 *
 * A state is the longest start of a keyword that the bytes read so far end in; it is known by the offset of its row in the table.
 */
export class KeywordAutomaton {
  /** Column of a byte in the table; bytes in no keyword share column 0. */
  private readonly column = new Uint8Array(256);
  private readonly columns: number;
  /**
   * By row and column, the next row. Where a keyword ends there it is kept as its complement, which is negative, so that the loop in
   * `find` needs one look-up a byte.
   */
  private readonly next: Int32Array;
  /** The keywords that end in a row. */
  private readonly ends = new Map<number, readonly number[]>();

  constructor(keywords: readonly string[]) {
    const used = [...new Set(keywords.join(''))];
    for (const [at, char] of used.entries()) {
      this.column[char.charCodeAt(0)] = at + 1;
      this.column[char.toUpperCase().charCodeAt(0)] = at + 1;
    }
    this.columns = used.length + 1;
    this.next = new Int32Array((1 + keywords.join('').length) * this.columns);
    this.build(keywords);
  }

  /** Indices of the keywords that stand in the bytes. */
  find(bytes: Uint8Array): Set<number> {
    const { next, column, ends } = this;
    const found = new Set<number>();
    let row = 0;
    for (let at = 0; at < bytes.length; at++) {
      row = next[row + column[bytes[at]!]!]!;
      if (row < 0) {
        row = ~row;
        for (const keyword of ends.get(row)!) found.add(keyword);
      }
    }
    return found;
  }

  /**
   * Makes the states by their length, shortest first. A state goes on like its fallback, the longest shorter state that it ends in,
   * except where a keyword goes on; so its row begins as a copy of the fallback's, which is complete by then.
   */
  private build(keywords: readonly string[]): void {
    const { next, columns } = this;
    const reached = keywords.map(() => 0);
    const longest = Math.max(0, ...keywords.map(({ length }) => length));
    let last = 0;
    for (let length = 1; length <= longest; length++) {
      const first = last + columns;
      const made: { row: number; edge: number; fallback: number; ended: number[] }[] = [];
      for (const [index, keyword] of keywords.entries()) {
        if (keyword.length < length) continue;
        const edge = reached[index]! + this.column[keyword.charCodeAt(length - 1)]!;
        if (next[edge]! < first) {
          const inherited = next[edge]!;
          last += columns;
          made.push({ row: last, edge, fallback: inherited < 0 ? ~inherited : inherited, ended: [] });
          next[edge] = last;
        }
        reached[index] = next[edge]!;
        if (keyword.length === length) made[(reached[index]! - first) / columns]!.ended.push(index);
      }
      for (const { row, edge, fallback, ended } of made) {
        const all = [...ended, ...(this.ends.get(fallback) ?? [])];
        if (all.length === 0) continue;
        this.ends.set(row, all);
        next[edge] = ~row;
      }
      for (const { row, fallback } of made) next.copyWithin(row, fallback, fallback + columns);
    }
  }
}
