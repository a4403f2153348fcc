import type { Page } from '../app/store.ts';

/** A page of ids, in their order, that may go on after its last where it is full. */
export function pageOfIds(items: string[], limit: number): Page<string> {
  const last = items.length === limit ? items.at(-1) : undefined;
  return last === undefined ? { items } : { items, next: last };
}
