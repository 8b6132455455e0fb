import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BASELINE_FILE, EMPTY } from '../engine/baseline/baseline.js';
import type { Rename } from '../engine/baseline/rename.js';
import { renderBaseline } from '../engine/baseline/render.js';
import { runCheck } from '../engine/check.js';
import { resolver } from '../engine/resolve.js';
import type { CheckResult, Finding } from '../engine/result.js';
import { systemClock } from '../host/clock.js';
import { openRepository } from '../host/repository.js';
import { undecidedText } from '../report/words.js';
import { writeBaseline } from './accept.js';
import { asOfDay, POLICY_OPTIONS, parseOptions } from './options.js';
import { refuseUnknownRule } from './raise.js';
import { fileRules, type Session, withSession, workTree } from './session.js';
import type { Terminal } from './terminal.js';
import { unknownName, usage } from './usage.js';
import { writeText } from './write-text.js';

export const BASELINE_HELP = `nonstop-policy baseline update [RULE...]   accept what stands today of these rules (of all that are on)
nonstop-policy baseline prune  [RULE...]   take out what is not found any more; it never grows
nonstop-policy baseline merge [BASE OURS THEIRS]
                                           resolve a merge: of the conflict in this repository; with three files as a git merge
                                           driver (%O %A %B), which writes to OURS

  --dry-run            show what would be accepted or taken out, write nothing
`;

const OPTIONS = { ...POLICY_OPTIONS, 'dry-run': { type: 'boolean' } } as const;

/** `nonstop-policy baseline update|prune|merge`. */
export async function baseline(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions('baseline', argv, OPTIONS);
  const [verb = '', ...words] = positionals;
  if (values.help || verb === 'help') {
    terminal.out(BASELINE_HELP);
    return 0;
  }
  if (verb === 'merge') return merge(words, terminal);
  if (verb !== 'update' && verb !== 'prune') throw unknownName('baseline command', verb, ['update', 'prune', 'merge']);
  const asOf = asOfDay(values);
  return withSession(workTree(values, terminal), terminal, async (session) => {
    for (const rule of words) refuseUnacceptable(rule, session);
    const result = await runAll(session, words, asOf);
    if (result.notEvaluated.length > 0) return refuseUndecided(result, terminal);
    const ran = new Set(result.rules.filter(({ state, scans }) => scans && state === 'ran').map(({ id }) => id));
    const update = {
      mode: verb === 'update' ? 'accept' : 'shrink',
      rules: words.length > 0 ? new Set(words) : ran,
      rulesRun: ran,
      complete: true,
      renames: renamesBeside(result.findings, session),
      isPassedOver: passedOver(session, asOf),
    } as const;
    const findings = result.findings.map((finding) =>
      finding.state === 'baselined' ? { ...finding, state: 'new' as const } : finding,
    );
    await writeBaseline(session, findings, { update, dryRun: values['dry-run'] === true }, terminal);
    return 0;
  });
}

/** What stands in files can be accepted; what the policy itself says, or a change does to it, is mended. */
function refuseUnacceptable(rule: string, session: Session): void {
  refuseUnknownRule(rule, session);
  if (fileRules(session.found).some(({ meta }) => meta.id === rule)) return;
  throw usage(
    'This rule has no baseline',
    rule,
    'it judges the policy, and not the files',
    'Name a rule that reads files',
  );
}

/** What became of the files in which nothing is found any more. */
function renamesBeside(findings: readonly Finding[], { accepted }: Session): readonly Rename[] {
  const there = new Set(findings.map(({ path }) => path));
  const gone = [...(accepted?.baseline.values() ?? [])].map(({ path }) => path).filter((path) => !there.has(path));
  return accepted?.renames([...new Set(gone)]) ?? [];
}

/** Where a rule is off, for a time perhaps, what is accepted stays so. */
function passedOver({ found }: Session, asOf: string): (ruleId: string, path: string) => boolean {
  const levels = resolver(found.policy, { point: 'ci', asOf });
  const rules = new Map(fileRules(found).map((rule) => [rule.meta.id, rule]));
  return (ruleId, path) => {
    const rule = rules.get(ruleId);
    return rule === undefined || levels.isIgnored(path) || levels.resolve(rule, path).level === 'off';
  };
}

function runAll({ found, snapshot, accepted }: Session, words: readonly string[], asOf: string): Promise<CheckResult> {
  const rules = fileRules(found).filter(({ meta }) => words.length === 0 || words.includes(meta.id));
  return runCheck({ policy: found.policy, rules, snapshot, asOf, point: 'ci', clock: systemClock, accepted });
}

/** A file that could not be read may hold more, or what seems to be gone. */
function refuseUndecided({ notEvaluated }: CheckResult, terminal: Terminal): number {
  for (const entry of notEvaluated) terminal.err(`not evaluated: ${undecidedText(entry)} [${entry.ruleId}]\n`);
  terminal.err(
    `${BASELINE_FILE} is as it was: what could not be evaluated can neither be accepted nor be taken for gone\n`,
  );
  return 2;
}

async function merge(words: readonly string[], terminal: Terminal): Promise<number> {
  if (words.length !== 0 && words.length !== 3) {
    throw usage(
      'Three files are expected, or none',
      'nonstop-policy baseline merge',
      `${words.length} are given`,
      'As a merge driver: nonstop-policy baseline merge %O %A %B',
    );
  }
  const [base, ours, theirs, target] =
    words.length === 3 ? [...words.map((file) => textOf(file, terminal.cwd)), words[1]!] : conflict(terminal);
  const { mergeTexts } = await import('../engine/baseline/merge.js');
  const merged = mergeTexts({ base: base!, ours: ours!, theirs: theirs! });
  if (!merged.ok) throw merged.error;
  writeText(resolve(terminal.cwd, target!), merged.value);
  if (words.length === 0) terminal.out(`${BASELINE_FILE} is merged; git add it\n`);
  return 0;
}

function textOf(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (cause) {
    const why = (cause as Error).message;
    throw usage(
      'A file to merge cannot be read',
      file,
      why,
      'As a merge driver: nonstop-policy baseline merge %O %A %B',
    );
  }
}

/** The three versions that an unresolved merge left in the index; a side without the file accepts nothing. */
function conflict({ cwd, env }: Terminal): [string, string, string, string] {
  const { git, top } = openRepository(cwd, env);
  const stages = git.run(['ls-files', '-u', '-z', '--', BASELINE_FILE]).toString('utf8').split('\0').filter(Boolean);
  if (stages.length === 0) {
    throw usage(
      'There is no conflict to resolve',
      BASELINE_FILE,
      'the index has one version of it, or none',
      'Run this while a merge is under way',
    );
  }
  const texts = [1, 2, 3].map((stage) => {
    const oid = stages
      .map((line) => /^\d+ ([0-9a-f]+) (\d)\t/.exec(line))
      .find((parts) => parts?.[2] === String(stage))?.[1];
    if (oid === undefined) return stage === 1 ? '' : renderBaseline(EMPTY);
    return git.run(['cat-file', 'blob', oid]).toString('utf8');
  });
  return [texts[0]!, texts[1]!, texts[2]!, join(top, BASELINE_FILE)];
}
