import { accessOf, lookUpKeysOf } from '../domain/access.ts';
import { yearOf } from '../domain/calendar.ts';
import type { Command, LogComplaint } from '../domain/commands.ts';
import type { Complaint } from '../domain/complaint.ts';
import { type Decision, decide, decideLog, needsSight } from '../domain/decide.ts';
import { evidenceOf } from '../domain/evidence.ts';
import { refuseIntake } from '../domain/intake.ts';
import type { Notice } from '../domain/notices.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { referenceOf } from '../domain/reference.ts';
import type { Context, Refusal } from '../domain/refusal.ts';
import { Fault } from '../fault.ts';
import type { StoredFile } from './files.ts';
import { claimed, newRecord, owe, refreshed, type Taken, withRecordDue } from './outbox.ts';
import type { ComplaintDocument, OwedNotice, Store } from './store.ts';

/** What the use cases need from outside. */
export interface Surroundings {
  store: Store;
  clock: () => Date;
  /** Called when something was stored that is to be sent at once. */
  noticesOwed: () => void;
  /** Where this process sends: what a command owes is claimed for it as it is written, and put here. */
  taken?: Taken;
}

/** What a decision owes: claimed, where this process sends. */
function oweHere(
  notices: readonly Notice[],
  source: string,
  now: Date,
  { taken }: Surroundings,
): OwedNotice[] {
  const owed = owe(notices, source, now);
  return taken ? owed.map((notice) => claimed(notice, now)) : owed;
}

/** Has what was written sent at once. */
function sendNow(
  complaintId: string,
  owed: readonly OwedNotice[],
  { taken, noticesOwed }: Surroundings,
): void {
  if (owed.length > 0) taken?.set(complaintId, [...(taken.get(complaintId) ?? []), ...owed]);
  noticesOwed();
}

/** How often a command is decided anew because somebody else wrote first. */
const mostAttempts = 20;

/** The organisation as it stands today; a bot does not run without one. */
export async function currentOrganisation(store: Pick<Store, 'loadOrganisation'>): Promise<Organisation> {
  const loaded = await store.loadOrganisation();
  if (!loaded) throw new Fault('the store holds no organisation');
  return loaded.organisation;
}

/** What a decision taken now depends on. */
export async function currentContext({
  store,
  clock,
}: Pick<Surroundings, 'store' | 'clock'>): Promise<Context> {
  return { organisation: await currentOrganisation(store), now: clock() };
}

/**
 * Takes a complaint up under the id that its form carried: load, decide, commit.
 * A refused intake touches nothing, the counter included. Throws where the store fails.
 */
export async function handleLog(
  command: LogComplaint,
  actor: Person,
  around: Surroundings,
): Promise<Decision> {
  const { store } = around;
  const context = await currentContext(around);
  const existing = await store.load(command.id);
  if (existing) return decide(existing.complaint, command, actor, context);
  const left = context.organisation.former.includes(actor.id);
  const refusal: Refusal | undefined = left
    ? { code: 'has-left' }
    : (refuseIntake(command.content, context) ?? (await refuseLink(command, actor, context, store)));
  if (refusal) return { accepted: false, refusal };
  const year = yearOf(context.now);
  const reference = referenceOf(year, await store.nextNumber(year));
  const decision = decideLog(command, reference, actor, context);
  if (!decision.accepted) return decision;
  const outbox = oweHere(decision.notices, command.id, context.now, around);
  const record = newRecord(context.now);
  const document = { complaint: decision.complaint, outbox, posted: [], record };
  if ((await store.commit(document)) === 'committed') {
    sendNow(command.id, outbox, around);
    return decision;
  }
  const first = await store.load(command.id);
  if (!first) throw new Fault('a complaint that was there is gone');
  return decide(first.complaint, command, actor, context);
}

/**
 * Carries out a command on a complaint, deciding again on the fresh state where somebody else wrote first.
 * Throws where the store fails, or after too many conflicts; then nothing was recorded. `added` is the file that the
 * command adds.
 */
export async function handleCommand(
  complaintId: string,
  command: Command,
  actor: Person,
  around: Surroundings,
  added?: StoredFile,
): Promise<Decision> {
  const { store } = around;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const context = await currentContext(around);
    const keys = needsSight(command.kind) ? lookUpKeysOf(actor.id, context.organisation) : undefined;
    const stored = await store.load(complaintId, keys);
    if (!stored) return { accepted: false, refusal: { code: 'not-found' } };
    const { version, ...document } = stored;
    const decision = decide(document.complaint, command, actor, context);
    if (!decision.accepted || decision.repeated) return decision;
    const refusal = await refuseLink(command, actor, context, store);
    if (refusal) return { accepted: false, refusal };
    const owed = oweHere(decision.notices, command.id, context.now, around);
    const outbox = [...document.outbox, ...owed];
    const record = withRecordDue(document, decision.complaint, context.now);
    const fileKeys = keysLeft(decision.complaint, document.fileKeys, added);
    const changed = { ...document, complaint: decision.complaint, outbox, record, ...fileKeys };
    const next = refreshed(changed, context.organisation, context.now);
    if ((await store.commit(next, version)) === 'committed') {
      if (owed.length > 0 || next.posted.length > 0 || record.dueAt) sendNow(complaintId, owed, around);
      return decision;
    }
  }
  throw new Fault(`gave up after ${mostAttempts} version conflicts`);
}

/** The keys of the files that a complaint has now: who takes a file out takes its key away in the same write (R14). */
function keysLeft(
  complaint: Complaint,
  before: ComplaintDocument['fileKeys'],
  stored: StoredFile | undefined,
): Pick<ComplaintDocument, 'fileKeys'> {
  if (!before && !stored) return {};
  const keys: Record<string, string> = { ...before, ...(stored && { [stored.id]: stored.key }) };
  const kept = evidenceOf(complaint).flatMap(({ id }) => (keys[id] ? [[id, keys[id]]] : []));
  return { fileKeys: Object.fromEntries(kept) };
}

/** A complaint is tied only to one that the person may see in full: nobody learns of others. */
async function refuseLink(
  { kind, content }: Command | LogComplaint,
  actor: Person,
  { organisation }: Context,
  store: Store,
): Promise<Refusal | undefined> {
  const [field, reference] =
    kind === 'close'
      ? (['duplicateOf', content.duplicateOf] as const)
      : (['linkedTo', kind === 'logComplaint' ? content.linkedTo : undefined] as const);
  if (reference === undefined) return undefined;
  const other = await store.findByReference(reference, lookUpKeysOf(actor.id, organisation));
  const isSeen = other && accessOf(other.complaint, actor.id, organisation) === 'full';
  // One that is a duplicate itself is not counted: of two, one must stay.
  const isCounted = !(other?.complaint.state === 'closed' && other.complaint.outcome === 'duplicate');
  return isSeen && isCounted ? undefined : { code: 'unknown-duplicate', field };
}
