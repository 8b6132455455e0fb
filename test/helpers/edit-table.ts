import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Path } from '../../src/config/validate.js';
import type { Result } from '../../src/errors.js';

export interface EditCase {
  readonly name: string;
  readonly before: string;
  readonly path: Path;
  readonly value?: unknown;
  readonly after: string;
}

export const FILE = 'nonstop.config.json';

export function edited(result: Result<string>): string {
  if (!result.ok) throw result.error;
  return result.value;
}

/** A test for each pair of texts. */
export function editTable(
  edit: (text: string, path: Path, value: unknown, file: string) => Result<string>,
  cases: readonly EditCase[],
) {
  for (const { name, before, path, value, after } of cases) {
    test(name, () => assert.is(edited(edit(before, path, value, FILE)), after));
  }
  test.run(); // here, so that no table can forget it
}
