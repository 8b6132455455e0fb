/** Line and column of an offset, both from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds lines of a text; they end at LF, so a CR belongs to the line it ends. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  position(offset: number): Position {
    const line = this.indexOf(offset);
    return { line: line + 1, column: offset - this.starts[line]! + 1 };
  }

  /** Offsets of the line that holds an offset, without its line end. */
  around(offset: number): { start: number; end: number } {
    const line = this.indexOf(offset);
    const next = this.starts[line + 1];
    const end = next === undefined ? this.text.length : next - 1;
    return { start: this.starts[line]!, end: this.text[end - 1] === '\r' ? Math.max(end - 1, offset) : end };
  }

  /** The last line that starts at or before an offset. */
  private indexOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
