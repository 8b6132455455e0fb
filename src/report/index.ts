import type { Render } from './format.js';
import { pretty } from './pretty.js';

/** A format's renderer, loaded when it is asked for; `machine` formats own the stream they are written to. */
export interface Format {
  readonly machine: boolean;
  load(): Promise<Render>;
}

export const FORMATS: Readonly<Record<string, Format>> = {
  pretty: { machine: false, load: async () => pretty },
  compact: { machine: false, load: async () => (await import('./compact.js')).compact },
  json: { machine: true, load: async () => (await import('./json.js')).json },
  sarif: { machine: true, load: async () => (await import('./sarif.js')).sarif },
  junit: { machine: true, load: async () => (await import('./junit.js')).junit },
  github: { machine: false, load: async () => (await import('./github.js')).github },
  gitlab: { machine: true, load: async () => (await import('./gitlab.js')).gitlab },
  markdown: { machine: true, load: async () => (await import('./markdown.js')).markdown },
};
