import { PolicyError } from '../errors.js';
import type { SnapshotKind } from '../rule/index.js';

export function unreadable(file: string, why: string): PolicyError {
  return new PolicyError('CONFIG_INVALID', {
    what: 'The config cannot be read',
    where: file,
    why,
    fix: 'Name a file that can be read',
  });
}

export function noConfig(top: string): PolicyError {
  return new PolicyError('CONFIG_MISSING', {
    what: 'There is no policy here',
    where: top,
    why: 'neither nonstop.config.json nor another config that cosmiconfig finds stands at the top of the repository',
    fix: 'Create nonstop.config.json, for instance with { "rules": { "secrets": "block" } }',
  });
}

export function removed(file: string, kind: SnapshotKind): PolicyError {
  const back = kind === 'index' ? `git restore --staged -- ${file}` : `git checkout BASE -- ${file}`;
  return new PolicyError('CONFIG_MISSING', {
    what: 'This change removes the policy',
    where: file,
    why: 'it is in the commit before, and not in what is being checked',
    fix: `Put it back (${back}), or remove the hook or job that runs this check too`,
  });
}

export function notInSnapshot(file: string, kind: string): PolicyError {
  return new PolicyError('CONFIG_MISSING', {
    what: 'The policy is not part of what is being checked',
    where: file,
    why: `it stands in the working tree, but is not committed, and a check of a ${kind} reads the policy from there`,
    fix: `Commit ${file}, or name it with --config ${file}`,
  });
}
