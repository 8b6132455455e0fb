import { printable } from './escape.js';

/** A cell is for reading; more than this of one is no longer read, and a table of such cells is no longer shown. */
const MOST_IN_A_CELL = 1000;
const SPECIAL = /[\\`*~$[\]<>&"|]|(?<![a-z0-9])_|_(?![a-z0-9])|:(?=\/\/)|(?<![a-z0-9])w(?=ww\.)/gi;

/** Text for a table cell, in which nothing is Markdown, HTML, a link or a mention. */
export function cellText(text: string): string {
  return encode(text).replaceAll('@', '@\u200B');
}

/** The same in the type of code, for paths and ids. It can be copied as it is: mentions do not work in code. */
export function cellCode(text: string): string {
  return text === '' ? '' : `<code>${encode(text).replaceAll('@', '&#64;')}</code>`;
}

export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Entities, since a backslash in a cell means one thing to the table and another to what is in it. */
function encode(text: string): string {
  return printable(cut(text)).replace(SPECIAL, (char) => `&#${char.charCodeAt(0)};`);
}

function cut(text: string): string {
  const half = /[\uD800-\uDBFF]$/; // of a character that the cut goes through
  return text.length > MOST_IN_A_CELL ? `${text.slice(0, MOST_IN_A_CELL).replace(half, '')}…` : text;
}
