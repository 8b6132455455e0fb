import { printable } from './escape.js';

type Attributes = Readonly<Record<string, string | number>>;

/** An element with elements in it, each given as its lines. */
export function element(name: string, attributes: Attributes, children: readonly (readonly string[])[] = []): string[] {
  if (children.length === 0) return [`<${start(name, attributes)}/>`];
  return [`<${start(name, attributes)}>`, ...children.flat().map((line) => `  ${line}`), `</${name}>`];
}

/** An element with one text in it, whose lines stay lines. */
export function textElement(name: string, attributes: Attributes, text: string): string[] {
  if (text === '') return element(name, attributes);
  return [`<${start(name, attributes)}>${text.split('\n').map(escaped).join('\n')}</${name}>`];
}

function start(name: string, attributes: Attributes): string {
  const value = (text: string) => text.split('\n').map(escaped).join('&#10;'); // as it is, a parser makes it a space
  return [name, ...Object.entries(attributes).map(([key, text]) => `${key}="${value(String(text))}"`)].join(' ');
}

/**
 * XML 1.0 has no way to write control characters or half a character, so they are shown as escapes. What CI takes for a command in
 * the line of a log is written as references, which a parser reads as the same text.
 */
function escaped(text: string): string {
  return printable(text).replace(/[&<>"]|:(?=:)|#(?=#[a-z]*\[)/gi, (char) => `&#${char.charCodeAt(0)};`);
}
