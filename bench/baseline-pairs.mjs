// Random findings, and two branches that each mend some of them, never the same one.

const KINDS = ['no-untyped-def', 'no-any-return', 'type-arg', 'eval', 'github-token', 'node'];

/** What people mend in one branch: a few findings anywhere, whole files, a few in one folder, or all of a kind (and the other a few). */
export const HABITS = {
  findings: (drafts, random) => twoParts(sample(drafts, 10, random), 5, random),
  files: (drafts, random) => twoParts(sample(groups(drafts, pathOf), 6, random), 3, random),
  folder(drafts, random) {
    const folders = groups(drafts, folderOf).filter(({ length }) => length > 5);
    const [folder = drafts] = sample(folders, 1, random);
    return twoParts(sample(folder, 6, random), 3, random);
  },
  kind(drafts, random) {
    const [all] = sample(groups(drafts, keyOf), 1, random);
    return [all, sample(without(drafts, all), 1 + Math.floor(random() * 5), random)];
  },
};

const pathOf = ({ path }) => path;
const folderOf = ({ path }) => path.split('/')[1];
const keyOf = ({ key }) => key;

/** Three lists of drafts: the base, and what two branches have left of it. A file has 1, 2, 4 or 8 findings on average. */
export function pairOf(size, habit, random) {
  const names = Object.keys(HABITS);
  const mend = HABITS[habit ?? names[Math.floor(random() * names.length)]];
  const files = Math.max(4, Math.round(size / [1, 2, 4, 8][Math.floor(random() * 4)]));
  const folders = Math.max(2, Math.round(files / 8));
  const drafts = Array.from({ length: size }, (_, line) => {
    const file = Math.floor(random() * files);
    const kind = Math.floor(random() * random() * KINDS.length); // some kinds are more common
    const path = `services/area-${file % folders}/file-${file}.py`;
    return { path, rule: `rule-${kind % 2}`, messageId: 'found', key: KINDS[kind], line };
  });
  return [drafts, ...mend(drafts, random).map((mended) => without(drafts, mended))];
}

function without(all, some) {
  const left = new Set(all);
  for (const each of some) left.delete(each);
  return [...left];
}

function groups(all, by) {
  const found = new Map();
  for (const each of all) found.set(by(each), [...(found.get(by(each)) ?? []), each]);
  return [...found.values()];
}

function sample(all, count, random) {
  const rest = [...all];
  const draw = () => rest.splice(Math.floor(random() * rest.length), 1)[0];
  return Array.from({ length: Math.min(count, all.length) }, draw);
}

/** From 1 to `most` of what was drawn for each side. */
function twoParts(drawn, most, random) {
  const middle = Math.floor(drawn.length / 2);
  const take = () => 1 + Math.floor(random() * Math.min(most, middle));
  return [drawn.slice(0, middle), drawn.slice(middle)].map((part) => part.slice(0, take()).flat());
}
