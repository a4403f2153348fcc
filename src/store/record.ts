import { z } from 'zod';
import type { RecordsOf } from '../app/store.ts';
import { type ComplaintDocument, type Contact, contactSchema, documentSchema } from '../app/store.ts';
import { audienceOf } from '../domain/access.ts';
import { type AnonymousRecord, anonymousRecordSchema } from '../domain/anonymous-record.ts';
import { isActive } from '../domain/complaint.ts';
import { type Organisation, organisationSchema } from '../domain/organisation.ts';
import { recordKey, searchKeysOf } from '../domain/words.ts';
import { Fault } from '../fault.ts';
import type { Seal } from './seal.ts';

/** The version of what is sealed today; an older document is upgraded when it is read. */
const documentVersion = 1;

/** A complaint as it lies in a store: in the clear what queries need, everything else sealed (R13). */
export const complaintRecordSchema = z.object({
  id: z.string().min(1),
  reference: z.string(),
  loggedAt: z.string(),
  active: z.boolean(),
  /** When handling ended, or null while it goes on. */
  endedAt: z.string().nullable(),
  /** When the first notice or card is due, or null where none is owed. */
  dueAt: z.string().nullable(),
  /** Since when the first notice is owed, or null where none is; not in what was written before that was kept. */
  owedSince: z.string().nullable().default(null),
  /** Keyed hashes under which viewers find it, and of the name's words, the phone number and its anonymous record. */
  audience: z.array(z.string()),
  searchKeys: z.array(z.string()),
  /** The key under which it was sealed. */
  keyId: z.string(),
  sealed: z.string(),
});
export type ComplaintRecord = z.infer<typeof complaintRecordSchema>;

/** A stored complaint whose audience holds one of a viewer's keys, where keys are given; else nothing. */
export function forViewer<T extends Partial<Pick<ComplaintRecord, 'audience'>>>(
  item: T | undefined,
  viewerKeys: readonly string[] | undefined,
  seal: Pick<Seal, 'hashes'>,
): T | undefined {
  if (viewerKeys === undefined) return item;
  return viewerKeys.flatMap(seal.hashes).some((hash) => item?.audience?.includes(hash)) ? item : undefined;
}

/** What remains once the personal data were destroyed: when, and under which rule; not who. */
export interface Tombstone {
  id: string;
  reference: string;
  loggedAt: string;
  destroyedAt: string;
  rule: string;
}

/** The one place where a document is written as it will be stored. */
export async function toRecord(document: ComplaintDocument, seal: Seal): Promise<ComplaintRecord> {
  const { complaint, outbox, posted, record } = document;
  const { id, reference, loggedAt } = complaint;
  const owed = [...outbox, ...posted, ...(record ? [record] : [])];
  const keys = [...searchKeysOf(complaint.intake), ...(record ? [recordKey(record.id)] : [])];
  const due = owed.flatMap(({ dueAt }) => dueAt ?? []).sort();
  const since = outbox.map((notice) => notice.since ?? notice.dueAt).sort();
  return {
    id,
    reference,
    loggedAt,
    active: isActive(complaint),
    endedAt: 'endedAt' in complaint ? complaint.endedAt : null,
    dueAt: due[0] ?? null,
    owedSince: since[0] ?? null,
    audience: audienceOf(complaint).map(seal.hash),
    searchKeys: keys.map(seal.hash),
    keyId: seal.keyId,
    sealed: await seal.close(id, textOf(document)),
  };
}

/** What is sealed of a document. */
const textOf = ({ complaint, outbox, posted, record, fileKeys }: ComplaintDocument) =>
  JSON.stringify({ v: documentVersion, complaint, outbox, posted, record, fileKeys });

/** A document that was written, as it will be read. */
export function asRead(document: ComplaintDocument): ComplaintDocument {
  const { v: _version, ...read } = JSON.parse(textOf(document));
  return read;
}

/** The one place where a stored document is read; throws where it can't be opened or is not what was written. */
export async function fromRecord(
  { id, sealed }: Pick<ComplaintRecord, 'id' | 'sealed'>,
  seal: Seal,
): Promise<ComplaintDocument> {
  const { v, ...document } = JSON.parse(await seal.open(id, sealed));
  if (v !== documentVersion)
    throw new Fault(`a complaint was stored as version ${v}, unknown to this program`);
  return documentSchema.parse(document);
}

/**
 * An anonymous record as it lies in a store: in the clear its random id, and the place in which it stands in lists, of
 * its year, its nature and its id. It is sealed all the same, since people write its texts.
 */
export interface RecordRecord {
  id: string;
  place: string;
  sealed: string;
}

/** Seals an anonymous record. */
export async function toRecordRecord(record: AnonymousRecord, seal: Seal): Promise<RecordRecord> {
  const { id, year, nature } = record;
  return { id, place: `${year}/${nature}/${id}`, sealed: await seal.close(id, JSON.stringify(record)) };
}

/** Opens an anonymous record. */
export async function fromRecordRecord(
  { id, sealed }: Pick<RecordRecord, 'id' | 'sealed'>,
  seal: Seal,
): Promise<AnonymousRecord> {
  return anonymousRecordSchema.parse(JSON.parse(await seal.open(id, sealed)));
}

/** The places between which the records of a year, or of a year and a nature, lie. */
export function placesOf({ year, nature }: RecordsOf): { from: string; to: string } {
  const start = nature === undefined ? `${year}` : `${year}/${nature}`;
  // '0' is what follows '/'.
  return { from: `${start}/`, to: `${start}0` };
}

/** Where people can be reached is kept under the hash of who they are. */
export const contactIdOf = (personId: string, seal: Seal) => `contact:${seal.hash(personId)}`;
export const contactIdsOf = (personId: string, seal: Seal) =>
  seal.hashes(personId).map((hash) => `contact:${hash}`);

/** Seals a contact under the id that it is stored by. */
export async function toContactRecord(contact: Contact, seal: Seal): Promise<{ id: string; sealed: string }> {
  const id = contactIdOf(contact.person.id, seal);
  return { id, sealed: await seal.close(id, JSON.stringify(contact)) };
}

/** Opens a contact. */
export async function fromContactRecord(
  { id, sealed }: { id: string; sealed: string },
  seal: Seal,
): Promise<Contact> {
  return contactSchema.parse(JSON.parse(await seal.open(id, sealed)));
}

/** The organisation names people too, and is sealed like them. */
export const organisationId = 'organisation';

/** Seals the organisation. */
export const sealOrganisation = (organisation: Organisation, seal: Seal) =>
  seal.close(organisationId, JSON.stringify(organisation));

/** Opens the organisation. */
export async function openOrganisation(sealed: string, seal: Seal): Promise<Organisation> {
  return organisationSchema.parse(JSON.parse(await seal.open(organisationId, sealed)));
}

/** An entry of a log that only the privacy officer reads: the moment in the clear, the rest sealed. */
export interface LogRecord {
  id: string;
  at: string;
  sealed: string;
}

/** Seals an entry of a log. */
export async function toLogRecord(id: string, at: string, entry: object, seal: Seal): Promise<LogRecord> {
  return { id, at, sealed: await seal.close(id, JSON.stringify({ at, ...entry })) };
}
