import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Path, Problem } from './validate.js';

/** A parsed text, with a way back from a place in the value to a place in the text. */
export interface Parsed {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The nodes of the text, at offsets behind a byte order mark; absent where the value was not read from text. */
  readonly root?: Node | undefined;
  /** Line and column of a path, or of the nearest parent that stands in the text; from 1. */
  locate(path: Path): { line: number; column: number } | undefined;
}

/** Parses JSON with comments and trailing commas. Twice the same key is a fault: which one would hold is anyone's guess. */
export function parseJsonc(source: string): Parsed {
  const text = source.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const problems: Problem[] = errors.slice(0, 1).map(({ error, offset }) => {
    const { line, column } = position(text, offset);
    return {
      path: [],
      what: 'The config is not valid JSON',
      why: `${spelled(printParseErrorCode(error))} at line ${line}, column ${column}`,
      fix: 'Mend that line; comments and trailing commas are allowed',
    };
  });
  const value = root && problems.length === 0 ? toValue(root, [], problems) : undefined;
  return { value, problems, root, locate: (path) => root && position(text, nearestNode(root, path).offset) };
}

function toValue(node: Node, path: Path, problems: Problem[]): unknown {
  if (node.type === 'array') return node.children?.map((child, at) => toValue(child, [...path, at], problems)) ?? [];
  if (node.type !== 'object') return node.value;
  const result = {};
  for (const { children = [] } of node.children ?? []) {
    const [key, child] = children;
    if (key === undefined || child === undefined) continue;
    const name = String(key.value);
    if (Object.hasOwn(result, name)) problems.push(duplicate(name, [...path, name]));
    // defined, not assigned: a key `__proto__` must stay a key
    const value = toValue(child, [...path, name], problems);
    Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

function duplicate(name: string, path: Path): Problem {
  return {
    path,
    what: 'The config has one key twice',
    why: `"${name}" is set again here`,
    fix: 'Remove one of the two',
  };
}

/** The last node of that path: with a key set twice, the second is the one to speak of. */
function nearestNode(root: Node, path: Path): Node {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const properties = node.children?.filter(({ children }) => children?.[0]?.value === step);
    const next = typeof step === 'number' ? node.children?.[step] : properties?.at(-1);
    if (next === undefined) break;
    const value = next.type === 'property' ? next.children?.[1] : undefined;
    node = value && depth < path.length - 1 ? value : next; // the last step is shown at its key
  }
  return node;
}

function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/** `ValueExpected` → `value expected` */
function spelled(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
