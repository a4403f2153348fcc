import type { Store } from '../../src/app/store.ts';

/** A store that counts how often a complaint is written. */
export function countingCommits(store: Store): { counted: Store; commits: () => number } {
  let commits = 0;
  const commit: Store['commit'] = (...given) => {
    commits++;
    return store.commit(...given);
  };
  return { counted: { ...store, commit }, commits: () => commits };
}
