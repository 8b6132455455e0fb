/** What an editor, a terminal or a diff does not show, or takes for the end of a line. A fixed list: every Node.js writes the same. */
const HIDDEN =
  /[\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb]/g;

/** A text as one field of a line: as it is, or as a JSON string where it could break the line or hide in it. */
export function renderField(text: string): string {
  const quoted = JSON.stringify(text).replace(HIDDEN, escaped);
  return quoted === `"${text}"` && !text.includes(' ') && text !== '' ? text : quoted;
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text of a field, or `undefined` where it is none. More spellings are read than are written. */
export function parseField(field: string): string | undefined {
  if (!field.startsWith('"')) return field;
  try {
    return JSON.parse(field) as string;
  } catch {
    return undefined;
  }
}
