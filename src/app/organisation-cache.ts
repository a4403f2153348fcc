import type { Store } from './store.ts';

/**
 * How long the organisation is kept in memory, in milliseconds: what another instance changed holds here after that
 * at the latest; what is changed here holds at once.
 */
const longestKept = 3000;

/** A store that reads the organisation once for many commands, so that a command is one read and one write. */
export function withOrganisationCache(store: Store, clock: () => number = () => performance.now()): Store {
  /** Goes up at each save: what was read before it may be old. */
  let saves = 0;
  let kept: { value: Awaited<ReturnType<Store['loadOrganisation']>>; at: number } | undefined;
  return {
    ...store,
    loadOrganisation: async () => {
      if (kept?.value && clock() - kept.at < longestKept) return kept.value;
      const before = saves;
      const value = await store.loadOrganisation();
      if (before === saves) kept = { value, at: clock() };
      return value;
    },
    saveOrganisation: async (organisation, version) => {
      try {
        return await store.saveOrganisation(organisation, version);
      } finally {
        // Also after a conflict: what is kept, or on its way, is then known to be old.
        saves++;
        kept = undefined;
      }
    },
  };
}
