import { type Access, accessOf, viewerKeysOf } from '../domain/access.ts';
import type { Complaint } from '../domain/complaint.ts';
import type { Person } from '../domain/people.ts';
import type { Context } from '../domain/refusal.ts';
import { currentContext, type Surroundings } from './handle-command.ts';
import type { Page } from './store.ts';

/** A complaint as a person may see it today. */
export interface Seen {
  complaint: Complaint;
  access: Exclude<Access, 'none'>;
  context: Context;
}

type Reading = Pick<Surroundings, 'store' | 'clock'>;

/** Finds a complaint by its reference; nothing where there is none that this person may know of (R13). */
export async function findByReference(
  reference: string,
  viewer: Person,
  around: Reading,
): Promise<Seen | undefined> {
  const context = await currentContext(around);
  return seenBy(viewer, (await around.store.findByReference(reference))?.complaint, context);
}

/** Finds a complaint by its id, without a look at its content. */
export async function findById(id: string, viewer: Person, around: Reading): Promise<Seen | undefined> {
  const context = await currentContext(around);
  return seenBy(viewer, (await around.store.load(id))?.complaint, context);
}

/** Opens a complaint; a look at its full details is recorded before they are given. */
export async function openDetails(id: string, viewer: Person, around: Reading): Promise<Seen | undefined> {
  const seen = await findById(id, viewer, around);
  if (seen?.access === 'full') {
    const { reference } = seen.complaint;
    await around.store.recordLook({ at: seen.context.now.toISOString(), personId: viewer.id, reference });
  }
  return seen;
}

/** A page of the complaints that a person may know of, most recent first. */
export async function listMine(
  viewer: Person,
  page: { limit: number; after?: string },
  around: Reading,
): Promise<Page<Seen>> {
  const context = await currentContext(around);
  const keys = viewerKeysOf(viewer.id, context.organisation);
  for (let { limit, after } = page; ; ) {
    const { items, next } = await around.store.list(keys, { limit, ...(after && { after }) });
    const seen = items.flatMap((complaint) => seenBy(viewer, complaint, context) ?? []);
    if (seen.length > 0 || next === undefined)
      return next === undefined ? { items: seen } : { items: seen, next };
    after = next;
  }
}

function seenBy(viewer: Person, complaint: Complaint | undefined, context: Context): Seen | undefined {
  if (!complaint) return undefined;
  const access = accessOf(complaint, viewer.id, context.organisation);
  return access === 'none' ? undefined : { complaint, access, context };
}
