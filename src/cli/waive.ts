import { appendItem } from '../config/edit.js';
import { resolver } from '../engine/resolve.js';
import { refusalOf } from '../engine/waivers.js';
import { draftOf, edited, finish } from './edit-config.js';
import { findingBy } from './finding-by.js';
import { mandatory } from './lower.js';
import { asOfDay, dayOf, POLICY_OPTIONS, parseOptions } from './options.js';
import { type Session, withSession, workTree } from './session.js';
import type { Terminal } from './terminal.js';
import { usage } from './usage.js';

export const WAIVE_HELP = `nonstop-policy waive FINGERPRINT   let one finding through for a time

  --reason TEXT  --owner NAME  --until YYYY-MM-DD    all three are mandatory
  --ticket ID          where it is followed up
  --id ID              the waiver's name; by default the next of W-1, W-2, ...
  --dry-run            show the change, write nothing
`;

const OPTIONS = {
  ...POLICY_OPTIONS,
  reason: { type: 'string' },
  owner: { type: 'string' },
  ticket: { type: 'string' },
  until: { type: 'string' },
  id: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

/** `nonstop-policy waive FINGERPRINT`. */
export async function waive(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions('waive', argv, OPTIONS);
  if (values.help) {
    terminal.out(WAIVE_HELP);
    return 0;
  }
  const [fingerprint, ...rest] = positionals;
  if (fingerprint === undefined || rest.length > 0) {
    throw usage(
      'One fingerprint is expected',
      'nonstop-policy waive',
      `${positionals.length} words are given`,
      'nonstop-policy check --format json shows each finding with its fingerprint',
    );
  }
  const { reason, owner } = mandatory(values, ['reason', 'owner', 'until']);
  const until = dayOf('--until', values.until ?? '');
  const asOf = asOfDay(values);
  return withSession(workTree(values, terminal), terminal, async (session) => {
    const { ruleId: rule, path, state } = await findingBy(fingerprint, asOf, session);
    if (state !== 'new')
      throw usage(
        'This finding does not count already',
        fingerprint,
        `it is ${state}`,
        'nonstop-policy explain FINGERPRINT says by what',
      );
    if (rule === 'policy')
      throw usage(
        'This finding is not waived',
        fingerprint,
        'it is on the policy itself, and is mended by a line of it',
        'docs/rules/policy.md says how',
      );
    const draft = draftOf(session);
    const taken = session.found.policy.waivers.map(({ id }) => id);
    const id = values.id ?? nextId(taken);
    if (taken.includes(id))
      throw usage(
        'A waiver has this id',
        `--id ${id}`,
        'each waiver has an id of its own',
        'Choose another, or leave it out',
      );
    const waiver = {
      id,
      rule,
      ...(isNameable(path, session) ? { files: [path] } : {}),
      fingerprint,
      reason,
      owner,
      ...(values.ticket === undefined ? {} : { ticket: values.ticket }),
      until,
    };
    const floors = resolver(session.found.policy, { point: 'ci', asOf }).floorsOf(path);
    const refusal = refusalOf(
      { files: undefined, ...waiver, ticket: values.ticket, origin: { file: draft.file, line: null, at: 'waivers' } },
      asOf,
      floors,
    );
    if (refusal !== null)
      throw usage(
        'This waiver would not hold',
        `${id} for ${path}`,
        WHY[refusal],
        'Mend the finding, or name another last day',
      );
    const next = edited(draft, (text, at, file) => appendItem(text, at, waiver, file), ['waivers']);
    await finish(next, values['dry-run'] === true, terminal);
    return 0;
  });
}

/** Whether `files` can name it: a path with a secret is shown masked, and "!" at the start takes files out. */
function isNameable(path: string, { snapshot }: Session): boolean {
  return !path.startsWith('!') && snapshot.entries.some((entry) => entry.path === path);
}

const WHY = {
  expired: 'its last day is over',
  forbidden: 'a floor does not allow waivers there',
  tooLong: 'a floor does not allow a last day that far ahead',
};

function nextId(taken: readonly string[]): string {
  let at = taken.length + 1;
  while (taken.includes(`W-${at}`)) at++;
  return `W-${at}`;
}
