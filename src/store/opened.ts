import { LRUCache } from 'lru-cache';

/** As much as is remembered, in characters of what is sealed: some 2,000 complaints. */
const most = 8_000_000;
/** How long something is remembered at most, in milliseconds: what another instance destroyed is gone here too by then. */
const longest = 10 * 60_000;

interface Sealed {
  id: string;
  sealed: string;
}

/** Opens what lies sealed, remembering what it opened lately. What it gives is frozen, since others get it too. */
export interface Opened<T extends object> {
  open(row: Sealed): Promise<T>;
  /** Remembers what was just sealed. */
  keep(row: Sealed, content: T): void;
  forget(id: string): void;
}

/**
 * Makes what opens: the same sealed text of the same id has the same content, so that what was remembered of an older
 * text is never given for a newer one, whoever wrote that.
 */
export function createOpened<T extends object>(open: (row: Sealed) => Promise<T>): Opened<T> {
  const remembered = new LRUCache<string, { sealed: string; content: T }>({
    maxSize: most,
    sizeCalculation: ({ sealed }) => sealed.length,
    ttl: longest,
    ttlAutopurge: true,
  });
  const keep = ({ id, sealed }: Sealed, content: T) => {
    remembered.set(id, { sealed, content: frozen(content) });
  };
  return {
    open: async (row) => {
      const known = remembered.get(row.id);
      if (known?.sealed === row.sealed) return known.content;
      const content = await open(row);
      keep(row, content);
      return content;
    },
    keep,
    forget: (id) => remembered.delete(id),
  };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
