/**
 * Finds which of many keywords stand in some bytes, in one pass whose cost does not grow with their number (Aho and Corasick,
 * Efficient string matching, 1975). Keywords are lower-case ASCII, and match in any case.
 */
export class KeywordAutomaton {
  /** Column of a byte in the table; bytes in no keyword share column 0. */
  private readonly column = new Uint8Array(256);
  /**
   * By row and column, the offset of the next row. Where a keyword ends there it is kept as its complement, which is negative, so
   * that the loop below needs one look-up a byte.
   */
  private readonly next: Int32Array;
  /** The keywords that end in a row, by the row's offset. */
  private readonly ends = new Map<number, readonly number[]>();

  constructor(keywords: readonly string[]) {
    const used = [...new Set(keywords.join(''))];
    for (const [at, char] of used.entries()) {
      this.column[char.charCodeAt(0)] = at + 1;
      this.column[char.toUpperCase().charCodeAt(0)] = at + 1;
    }
    const columns = used.length + 1;
    const trie = new Trie(keywords, (char) => this.column[char.charCodeAt(0)]!);
    const states = trie.transitions(columns);
    for (const [state, ended] of trie.ends.entries()) if (ended.length > 0) this.ends.set(state * columns, ended);
    this.next = Int32Array.from(states, (state) =>
      this.ends.has(state * columns) ? ~(state * columns) : state * columns,
    );
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
}

/** The states, made once: a tree of the keywords, then the links that a mismatch follows. */
class Trie {
  private readonly children: Map<number, number>[] = [new Map()];
  /** The keywords that end in a state. */
  readonly ends: number[][] = [[]];

  constructor(keywords: readonly string[], columnOf: (char: string) => number) {
    for (const [index, keyword] of keywords.entries()) {
      let state = 0;
      for (const char of keyword) state = this.child(state, columnOf(char));
      this.ends[state]!.push(index);
    }
  }

  private child(state: number, column: number): number {
    const known = this.children[state]!.get(column);
    if (known !== undefined) return known;
    this.children[state]!.set(column, this.children.length);
    this.ends.push([]);
    return this.children.push(new Map()) - 1;
  }

  /** The next state by state and column. Breadth first, so that the state a mismatch falls back to is always done before. */
  transitions(columns: number): Uint32Array {
    const next = new Uint32Array(this.children.length * columns);
    const fallback = new Uint32Array(this.children.length);
    const queue = [0];
    for (const state of queue) {
      for (let column = 0; column < columns; column++) {
        const child = this.children[state]!.get(column);
        const elsewhere = state === 0 ? 0 : next[fallback[state]! * columns + column]!;
        next[state * columns + column] = child ?? elsewhere;
        if (child === undefined) continue;
        fallback[child] = elsewhere;
        this.ends[child]!.push(...this.ends[elsewhere]!);
        queue.push(child);
      }
    }
    return next;
  }
}
