/** Whether colours are wanted, by https://no-color.org and FORCE_COLOR, which wins; otherwise only on a terminal. */
export function hasColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no } = env;
  if (force !== undefined && force !== '') return !['0', 'false'].includes(force);
  if (no !== undefined && no !== '') return false;
  return isTerminal && env.TERM !== 'dumb';
}
