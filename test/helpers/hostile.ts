/** Names that files of a repository can have, and that are something else to a log, a URI, XML or Markdown. */
export const PATHS = [
  'with space.ts',
  'a#b?.ts',
  '100%.md',
  'caf%E9',
  `it's "quoted".ts`,
  'new\nline.ts',
  'naïve/漢字/😀.ts',
  'a:b,c;d.ts',
  'a|b`c`<d>&[e](f)*_g_.md',
  '::error::x.ts',
  '##[error]x.ts',
];

/** Text that a message can quote from a repository. */
export const MESSAGES = [
  '::error::x',
  'a line\n::add-mask::y\r::warning::z',
  'in a line ##[add-mask]x and ##vso[task.setvariable variable=a]b',
  'the end ]]> of it & <script>alert("1")</script>',
  'a | b `c` \\| d',
  '\u001B[31mred\u001B[0m \u009B2J \u0000',
  'half a character: \uD83D, \uDE00',
  'turned \u202Earound\u2066, \uFEFF, \uFFFE, \u2028',
  'https://example.com www.example.com @team [text](1) $x$',
];
