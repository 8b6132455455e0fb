// a module of its own, loaded when a config is in YAML: only an import by name is resolved alike by Node.js and by the bundler
import { defaultLoaders } from 'cosmiconfig';

/** The value of a YAML text. */
export function parseYaml(text: string, file: string): unknown {
  return defaultLoaders['.yaml'](file, text);
}
