/**
 * Text that came from a repository, safe for a terminal and for a log that CI reads: control characters and the signs that turn
 * text around are shown as escapes, and no line can begin a workflow command.
 */
export function inert(text: string): string {
  return text
    .replace(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, escapeChar)
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, escapeChar)
    .replace(/::|##\[|##vso\[|##teamcity\[/g, (command) => `${command[0]}\u200B${command.slice(1)}`);
}

function escapeChar(char: string): string {
  const code = char.charCodeAt(0);
  if (char === '\t') return ' ';
  if (char === '\n') return '\\n';
  if (char === '\r') return '\\r';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
