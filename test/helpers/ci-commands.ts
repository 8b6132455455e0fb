/** What GitHub's and Azure's runners know by name, as far as a repository would want to run it. */
const KNOWN = ['error', 'warning', 'notice', 'add-mask', 'stop-commands', 'add-matcher', 'task.setvariable'];
/** Signs that .NET does not see when it compares by culture. */
const UNSEEN = /[\p{Cf}\p{Cc}\p{Mn}]/u;

/**
 * The commands that a CI runner could see in what was printed. Harsher than the runners (actions/runner ActionCommand.cs, which looks
 * for signs by culture and cuts by their place): where a sign may stand at several places, all count.
 */
export function commandsIn(output: string): string[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => {
    const names = [...beginning(line.trimStart()), ...within(line, '##['), ...within(line, '##vso[')];
    return names.filter((name) => KNOWN.includes(name.toLowerCase())).slice(0, 1);
  });
}

function beginning(line: string): string[] {
  if (!stands('::', line, 0)) return [];
  const ends = [...line].map((_, at) => at).filter((at) => at >= 2 && stands('::', line, at));
  return ends.map((end) => firstWord(line.slice(2, end)));
}

function within(line: string, sign: string): string[] {
  const starts = Array.from({ length: line.length }, (_, at) => at).filter((at) => stands(sign, line, at));
  return starts.map((at) => firstWord(line.slice(at + sign.length, Math.max(line.indexOf(']', at), 0))));
}

function stands(sign: string, line: string, from: number): boolean {
  let at = from;
  for (const char of sign) {
    while (at < line.length && UNSEEN.test(line[at]!)) at++;
    if (line[at++] !== char) return false;
  }
  return true;
}

function firstWord(text: string): string {
  return text.split(' ')[0]!;
}
