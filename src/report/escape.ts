/** Signs that turn text around or stand for no character, half a character, and control characters beyond ASCII. */
const SIGNS =
  '\\x7F-\\x9F\\p{Cs}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069\\uFEFF\\uFFF9-\\uFFFB\\uFFFE\\uFFFF';
const UNPRINTABLE = new RegExp(`[\\0-\\x1F${SIGNS}]`, 'gu');
/** JSON escapes the control characters of ASCII itself; the line feeds in it are its own. */
const UNPRINTABLE_IN_JSON = new RegExp(`[${SIGNS}]`, 'gu');
/** Commands of GitHub begin a line; older ones, and those of Azure and TeamCity, also stand within it. */
const COMMAND = /:(?=:)|#(?=#[a-z]*\[)/gi;
const COMMAND_WITHIN = /#(?=#[a-z]*\[)/gi;

/** Text that came from a repository, safe as one line of a terminal and of a log that CI reads. */
export function inert(text: string): string {
  return withoutCommands(printable(text));
}

/** Control characters, signs that turn text around, and what is no character at all, shown as escapes. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeChar);
}

/**
 * Breaks what CI takes for a command (`::error::`, `##[error]`, `##vso[`, `##teamcity[`) with a sign of no width. GitHub's and
 * Azure's runners compare by culture and see through that sign, but cut by its place, so they are left with no known name.
 */
export function withoutCommands(text: string): string {
  return text.replace(COMMAND, '$&\u200B');
}

/**
 * A value as JSON, newline at the end. What is no print in it, and what CI takes for a command anywhere in a line, is written as
 * escapes, which a parser reads as the same text.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(UNPRINTABLE_IN_JSON, unicodeEscape).replace(COMMAND_WITHIN, unicodeEscape)}\n`;
}

function escapeChar(char: string): string {
  const code = char.charCodeAt(0);
  if (char === '\t') return ' ';
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(char);
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
