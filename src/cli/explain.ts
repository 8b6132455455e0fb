import { explainPath, type PathExplained } from '../engine/explain.js';
import type { Finding } from '../engine/result.js';
import { inert } from '../report/escape.js';
import { renderExplained } from '../report/explain.js';
import { place } from '../report/words.js';
import { findingBy, isFingerprint } from './finding-by.js';
import { asOfDay, oneOf, POLICY_OPTIONS, parseOptions } from './options.js';
import { fromTop } from './path-filter.js';
import { fileRules, withSession, workTree } from './session.js';
import type { Terminal } from './terminal.js';
import { usage } from './usage.js';

export const EXPLAIN_HELP = `nonstop-policy explain PATH          why a file is judged as it is
nonstop-policy explain FINGERPRINT   the same for the file of one finding, and what became of the finding

  --format pretty|json
  --as-of YYYY-MM-DD   as if it were that day
  --config FILE        this config instead of the one found
  --allow-js-config    run a config written in JavaScript or TypeScript
`;

const OPTIONS = { ...POLICY_OPTIONS, format: { type: 'string' } } as const;

/** `nonstop-policy explain PATH|FINGERPRINT`. */
export async function explain(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions('explain', argv, OPTIONS);
  if (values.help) {
    terminal.out(EXPLAIN_HELP);
    return 0;
  }
  const [target, ...rest] = positionals;
  if (target === undefined || rest.length > 0) {
    throw usage(
      'One file or fingerprint is expected',
      'nonstop-policy explain',
      `${positionals.length} are given`,
      'Name one, for instance nonstop-policy explain src/a.ts',
    );
  }
  const format = oneOf('format', values.format ?? 'pretty', ['pretty', 'json']);
  const asOf = asOfDay(values);
  return withSession(workTree(values, terminal), terminal, async (session) => {
    const finding = isFingerprint(target) ? await findingBy(target, asOf, session) : null;
    const path = finding?.path ?? fromTop(target, session.repository.top, terminal.cwd);
    const entry = session.snapshot.entries.find((each) => each.path === path);
    const explained = explainPath(path, { policy: session.found.policy, rules: fileRules(session.found), entry, asOf });
    terminal.out(
      format === 'json' ? `${JSON.stringify({ finding, ...explained }, null, 2)}\n` : pretty(finding, explained),
    );
    return 0;
  });
}

function pretty(finding: Finding | null, explained: PathExplained): string {
  if (finding === null) return renderExplained(explained);
  const state =
    finding.state === 'new' ? 'it counts' : `${finding.state}${finding.waiver === null ? '' : ` by ${finding.waiver}`}`;
  const head = `${place(finding)}  ${finding.message}  ${finding.ruleId}, ${finding.level}, ${state}`;
  return `${inert(head)}\n${renderExplained(explained)}`;
}
