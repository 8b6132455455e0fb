import { readFileSync } from 'node:fs';

/** Name and version, from the package's own manifest, beside which the build stands in `dist/`. */
export function tool(): { name: string; version: string } {
  const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return { name, version };
}
