/** Offsets of a secret in a text, in UTF-16 units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a file must hold before anything slower looks at it. */
export interface Trigger {
  /** Lower-case ASCII; one of them stands, in any case, in every text in which there is something to find. */
  readonly keywords: readonly string[];
  /**
   * Also matches every such text; asked after a keyword that is common. It sees the bytes of UTF-8 as single characters, so a
   * byte above 127 must not end a match: `\s` does, since 0xA0 counts as white space.
   */
  readonly confirm?: RegExp;
}

/** What one kind of credential is called, and what of it may be shown. */
export interface Kind {
  /** Kebab-case and stable: it is shown, and is the key of a fingerprint. */
  readonly id: string;
  /** For people, as in "a {{title}}". */
  readonly title: string;
  /**
   * The start that every such credential has and that is no secret: shown in the masked form. A kind without one is known by what
   * stands around it, and gives way to a kind with one.
   */
  readonly prefix?: RegExp;
}

/** Knows one kind of credential. */
export interface Detector extends Trigger, Kind {
  find(text: string): Iterable<Span>;
}

/**
 * The spans of a pattern's group `secret`, or of the whole match. The pattern has the flags `g` and `d`, and no two
 * repetitions that can match the same text, so that its time is linear.
 */
export function* matches(
  text: string,
  pattern: RegExp,
  accept: (secret: string, groups: Readonly<Record<string, string | undefined>>) => boolean = () => true,
): Iterable<Span> {
  for (const match of text.matchAll(pattern)) {
    const [start, end] = match.indices?.groups?.secret ?? match.indices![0]!;
    if (accept(text.slice(start, end), match.groups ?? {})) yield { start, end };
  }
}
