import { defineRule } from '../../src/rule/index.js';
import { decode } from './decode.js';
import { suspect } from './prefilter.js';

const MIB = 1024 * 1024;

export default defineRule({
  meta: {
    id: 'secrets',
    summary: 'No credential enters the repository',
    options: {
      maxBytes: {
        type: 'integer',
        default: 50 * MIB,
        minimum: 1,
        maximum: 500 * MIB,
        summary: 'bytes of the largest file that is scanned; a larger one is reported as not evaluated',
      },
    },
    waiverComments: [
      { comment: 'gitleaks:allow', nextLine: false },
      { comment: 'pragma: allowlist secret', nextLine: false },
      { comment: 'pragma: allowlist nextline secret', nextLine: true },
      { comment: 'secretlint-disable-line', nextLine: false },
      { comment: 'secretlint-disable-next-line', nextLine: true },
      { comment: 'trufflehog:ignore', nextLine: false },
    ],
    messages: {
      found: '{{title}}: {{masked}}',
      path: 'The name of a file holds a {{title}}: {{masked}}',
    },
    fixes: {
      found: 'Revoke it, take it out of the file, and read it from the environment or a secret store',
      path: 'Revoke it, and give the file another name',
    },
  },
  async *check({ files, options, contents, before, hide }) {
    for (const { path, rawPath } of files) {
      const suspicion = suspect(rawPath, '');
      if (suspicion === null) continue;
      const { examine } = await import('./scan.js');
      const { secrets, texts } = examine(suspicion, '');
      texts.forEach(hide);
      for (const { detector, title, masked } of secrets) {
        yield { messageId: 'path', path, key: detector, data: { detector, title, masked } };
      }
    }
    for await (const { file, bytes } of contents(files, options)) {
      const suspicion = suspect(bytes, file.path);
      if (suspicion === null) continue;
      const { examine } = await import('./scan.js');
      const { secrets, found, texts } = examine(suspicion, file.path);
      texts.forEach(hide);
      const earlier = secrets.length > 0 ? await before(file) : null;
      for (const [at, { detector, title, name, masked, ...place }] of secrets.entries()) {
        const data = { detector, title, masked };
        const fresh = isFresh(found[at], earlier);
        yield { messageId: 'found', path: file.path, key: `${detector} ${name}`, data, ...place, ...fresh };
      }
    }
  },
});

/** Whether the change brought this very secret into a file that was there before; its fingerprint does not tell one value from another. */
function isFresh(secret: string | undefined, earlier: Uint8Array | null): { fresh?: true } {
  return secret === undefined || earlier === null || decode(earlier).text.includes(secret) ? {} : { fresh: true };
}
