import { type Access, accessOf, actingKeysOf, lookUpKeysOf, viewerKeysOf } from '../domain/access.ts';
import type { Command } from '../domain/commands.ts';
import type { Complaint } from '../domain/complaint.ts';
import { refuseCommand } from '../domain/decide.ts';
import type { Person } from '../domain/people.ts';
import type { Context } from '../domain/refusal.ts';
import { waitsFor } from '../domain/relevance.ts';
import { isSameName, keyOfName, phoneKey, wordsOf } from '../domain/words.ts';
import { currentContext, type Surroundings } from './handle-command.ts';
import type { OwedNotice, Page, PostedCard } from './store.ts';

/** A complaint as a person may see it today. */
export interface Seen {
  complaint: Complaint;
  access: Exclude<Access, 'none'>;
  context: Context;
}

type Reading = Pick<Surroundings, 'store' | 'clock'>;

/** Complaints with one word of a name, or one number, that are looked through. */
const mostFound = 100;

/** Finds a complaint by its reference; nothing where there is none that this person may know of (R13). */
export async function findByReference(
  reference: string,
  viewer: Person,
  around: Reading,
): Promise<Seen | undefined> {
  const context = await currentContext(around);
  const keys = lookUpKeysOf(viewer.id, context.organisation);
  return seenBy(viewer, (await around.store.findByReference(reference, keys))?.complaint, context);
}

/** Finds a complaint by its id, without a look at its content. */
export async function findById(id: string, viewer: Person, around: Reading): Promise<Seen | undefined> {
  const context = await currentContext(around);
  const keys = lookUpKeysOf(viewer.id, context.organisation);
  return seenBy(viewer, (await around.store.load(id, keys))?.complaint, context);
}

/** Opens a complaint, or a file of it; a look at its full details is recorded before they are given. */
export async function openDetails(
  id: string,
  viewer: Person,
  around: Reading,
  file?: string,
): Promise<Seen | undefined> {
  const seen = await findById(id, viewer, around);
  if (seen?.access === 'full') {
    const { reference } = seen.complaint;
    const at = seen.context.now.toISOString();
    await around.store.recordLook({
      at,
      personId: viewer.id,
      reference,
      ...(file !== undefined && { file }),
    });
  }
  return seen;
}

/** A complaint, what a person may see of it today, and what is kept as sent of it: what is on its way comes last. */
export interface Sent {
  complaint: Complaint;
  access: Access;
  context: Context;
  sent: readonly (OwedNotice | PostedCard)[];
}

/**
 * Finds a complaint of which a card stands before somebody, by its id and without a look at its content; for the viewer
 * alone where they may know of it (R13); where the card stands in a channel, for everybody who has not left.
 */
export async function findSent(
  id: string,
  standsFor: 'viewer' | 'everybody',
  viewer: Person,
  around: Reading,
): Promise<Sent | undefined> {
  const context = await currentContext(around);
  const { organisation } = context;
  const keys = standsFor === 'viewer' ? lookUpKeysOf(viewer.id, organisation) : undefined;
  const stored = await around.store.load(id, keys);
  if (!stored || organisation.former.includes(viewer.id)) return undefined;
  const { complaint, outbox, posted } = stored;
  const access = accessOf(complaint, viewer.id, organisation);
  return { complaint, access, context, sent: [...posted, ...outbox] };
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

/** A list is gone through by so many complaints at once, and so many times, for what waits for somebody. */
const pageSize = 25;
const mostPages = 8;

/** The complaints that wait for a person to act: those they handle, and those they may accept or must appoint for. */
export async function listWaiting(viewer: Person, limit: number, around: Reading): Promise<Seen[]> {
  const context = await currentContext(around);
  const keys = actingKeysOf(viewer.id, context.organisation);
  const waits = ({ complaint }: Seen) => waitsFor(complaint, viewer.id, context.organisation);
  return gather(keys, waits, limit, viewer, context, around);
}

/** The complaints on which a person may give a command now, most recently logged first. */
export async function listAllowed(
  viewer: Person,
  kind: Command['kind'],
  limit: number,
  around: Reading,
): Promise<Complaint[]> {
  const context = await currentContext(around);
  const keys = viewerKeysOf(viewer.id, context.organisation);
  const isAllowed = ({ complaint }: Seen) => !refuseCommand(complaint, kind, viewer, context);
  const found = await gather(keys, isAllowed, limit, viewer, context, around);
  return found.map(({ complaint }) => complaint);
}

/** Goes through a list, a bounded number of pages, for complaints that are wanted. */
async function gather(
  keys: readonly string[],
  isWanted: (seen: Seen) => boolean,
  limit: number,
  viewer: Person,
  context: Context,
  { store }: Reading,
): Promise<Seen[]> {
  const gathered: Seen[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < mostPages && gathered.length < limit; pages++) {
    const { items, next } = await store.list(keys, { limit: pageSize, ...(after && { after }) });
    const seen = items.flatMap((complaint) => seenBy(viewer, complaint, context) ?? []);
    gathered.push(...seen.filter(isWanted));
    if (next === undefined) break;
    after = next;
  }
  return gathered.slice(0, limit);
}

/** Complaints with these words in the complainant's name, among those that a person may see in full. */
export async function searchByName(typed: string, viewer: Person, around: Reading): Promise<Seen[]> {
  const words = wordsOf(typed);
  const found = await inFull(keyOfName(words), viewer, around);
  return found.filter(({ complaint }) => {
    const known = wordsOf(complaint.intake.name);
    return words.every((word) => known.includes(word));
  });
}

/** F8: complaints of the same complainant, by name or phone number, among those that a person may see in full. */
export async function searchSame(
  { name, phone }: { name: string; phone?: string | undefined },
  viewer: Person,
  around: Reading,
): Promise<Seen[]> {
  const found = await inFull(
    [...keyOfName(wordsOf(name)), ...(phone ? [phoneKey(phone)] : [])],
    viewer,
    around,
  );
  return found.filter(
    ({ complaint: { intake } }) =>
      isSameName(name, intake.name) || (phone && intake.phone && phoneKey(phone) === phoneKey(intake.phone)),
  );
}

/** Complaints under one of the search keys that a person may see in full. */
async function inFull(searchKeys: readonly string[], viewer: Person, around: Reading): Promise<Seen[]> {
  if (searchKeys.length === 0) return [];
  const context = await currentContext(around);
  const keys = viewerKeysOf(viewer.id, context.organisation);
  const found = await around.store.search(searchKeys, mostFound * searchKeys.length, keys);
  return found.flatMap((complaint) => {
    const seen = seenBy(viewer, complaint, context);
    return seen?.access === 'full' ? seen : [];
  });
}

function seenBy(viewer: Person, complaint: Complaint | undefined, context: Context): Seen | undefined {
  if (!complaint) return undefined;
  const access = accessOf(complaint, viewer.id, context.organisation);
  return access === 'none' ? undefined : { complaint, access, context };
}
