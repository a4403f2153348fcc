import { z } from 'zod';
import type { AnonymousRecord } from '../domain/anonymous-record.ts';
import { type Complaint, complaintSchema } from '../domain/complaint.ts';
import { noticeSchema } from '../domain/notices.ts';
import type { Organisation } from '../domain/organisation.ts';
import { personSchema } from '../domain/people.ts';

const instant = z.iso.datetime();

/**
 * A notice that is owed until it was sent. Claimed, by the write that owes it or by another, it has its `dueAt` in the
 * future, so that no other instance sends it meanwhile, and it comes back by itself where the sender died.
 */
export const owedNoticeSchema = z.object({
  id: z.string().min(1),
  notice: noticeSchema,
  dueAt: instant,
  attempts: z.int().nonnegative(),
  /** Since when it is owed, however often it was tried; missing in what was stored before that was kept. */
  since: instant.optional(),
});
export type OwedNotice = z.infer<typeof owedNoticeSchema>;

/** A card that stands in a chat or a channel, and is kept to the state of its complaint. */
export const postedCardSchema = z.object({
  id: z.string().min(1),
  notice: noticeSchema,
  /** Where it stands, as the channel knows it; opaque. */
  place: z.record(z.string(), z.unknown()),
  /** What it shows, to tell whether that is still so. */
  shown: z.string(),
  /** When it must be brought up to date, where what it shows has passed. */
  dueAt: instant.optional(),
  attempts: z.int().nonnegative(),
});
export type PostedCard = z.infer<typeof postedCardSchema>;

/** Which anonymous record is the complaint's (R11), and since when it must be brought up to date, if it must. */
export const recordLinkSchema = z.object({
  id: z.uuid(),
  dueAt: instant.optional(),
  attempts: z.int().nonnegative(),
});
export type RecordLink = z.infer<typeof recordLinkSchema>;

/** One complaint is one document: state, timeline, outbox and posted cards are written together or not at all. */
export const documentSchema = z.object({
  complaint: complaintSchema,
  outbox: z.array(owedNoticeSchema),
  posted: z.array(postedCardSchema).default([]),
  /** Missing in what was stored before there were records. */
  record: recordLinkSchema.optional(),
  /** The key of each file that the complaint has, by the file's id: with the key goes the file. */
  fileKeys: z.record(z.string(), z.string()).optional(),
});
export type ComplaintDocument = z.infer<typeof documentSchema>;

/** A document with the version under which it was read; opaque. */
export type Versioned<T> = T & { version: string };

/** Where the bot can reach a person; `reference` is the channel's own, opaque here. */
export const contactSchema = z.object({
  person: personSchema,
  locale: z.string().max(20),
  reference: z.record(z.string(), z.unknown()),
});
export type Contact = z.infer<typeof contactSchema>;

/** Somebody looked at the full details of a complaint (R13). */
export interface Look {
  at: string;
  personId: string;
  reference: string;
  /** The id of a file of it, where that was looked at. */
  file?: string;
}

/** Somebody changed who holds which role, or which channel hears of what. */
export interface OrganisationChange {
  at: string;
  personId: string;
  change: string;
}

/** Somebody used the tool of the privacy officer (R14). */
export interface PrivacyUse {
  at: string;
  /** Who used it, as the machine knows them. */
  by: string;
  /** What was done, naming complaints by reference alone. */
  use: string;
}

/** What the privacy officer can read of who looked, who changed roles, and who used their tool. */
export type LogEntry =
  | ({ log: 'look' } & Look)
  | ({ log: 'change' } & OrganisationChange)
  | ({ log: 'privacy' } & PrivacyUse);

/** What is left of a complaint whose personal data were destroyed (R14): when, and under which rule. */
export interface Destroyed {
  reference: string;
  destroyedAt: string;
  rule: string;
}

export interface Page<T> {
  items: T[];
  /** Where the next page begins, or nothing at the end; opaque. */
  next?: string;
}

/** Which anonymous records are asked for. */
export interface RecordsOf {
  year: number;
  nature?: AnonymousRecord['nature'] | undefined;
}

/**
 * What every store keeps, and promises. Faults are thrown; a version conflict is a value.
 * A write that came back is on disk.
 */
export interface Store {
  /** The complaint with this id; with keys, only where its audience holds one of them. */
  load(id: string, viewerKeys?: readonly string[]): Promise<Versioned<ComplaintDocument> | undefined>;
  /** Finds a complaint by its reference; with keys, only where its audience holds one of them. */
  findByReference(
    reference: string,
    viewerKeys?: readonly string[],
  ): Promise<Versioned<ComplaintDocument> | undefined>;
  /** Writes a document if it is still at `version`, or, without one, if there is none with its id. */
  commit(document: ComplaintDocument, version?: string): Promise<'committed' | 'conflict'>;
  /** Complaints whose audience holds one of the keys, most recently logged first. */
  list(viewerKeys: readonly string[], page: { limit: number; after?: string }): Promise<Page<Complaint>>;
  /**
   * Complaints with one of the search keys (a word of the name, a phone number, a record), most recently logged first;
   * with viewer's keys, only those whose audience holds one of them.
   */
  search(searchKeys: readonly string[], limit: number, viewerKeys?: readonly string[]): Promise<Complaint[]>;
  /** Ids of the complaints that are open or pending, page by page in a fixed order. */
  active(page: { limit: number; after?: string }): Promise<Page<string>>;
  /** Ids of all complaints whose personal data are still there, active or ended, page by page in a fixed order. */
  all(page: { limit: number; after?: string }): Promise<Page<string>>;
  /** Ids of complaints that ended before a moment, and whose personal data are still there; longest ended first. */
  endedBefore(moment: string, limit: number): Promise<string[]>;
  /** Destroys the personal data of a complaint if it is still at `version`: what remains says when, and under which rule. */
  destroy(id: string, version: string, destroyedAt: string, rule: string): Promise<'committed' | 'conflict'>;
  /** What is left of a complaint that was destroyed, by its reference. */
  findDestroyed(reference: string): Promise<Destroyed | undefined>;
  /** Whether a complaint with this id was here, and was destroyed. */
  wasDestroyed(id: string): Promise<boolean>;
  /** Ids of documents with a notice, a card or an anonymous record due at `now`, longest waiting first. */
  due(now: string, limit: number): Promise<string[]>;
  /** How many complaints owe somebody a notice. */
  waiting(): Promise<number>;
  /** Since when the longest waiting notice is owed, of complaints whose first one is owed from after a moment on. */
  waitingSince(after?: string): Promise<string | undefined>;
  loadRecord(id: string): Promise<Versioned<{ record: AnonymousRecord }> | undefined>;
  /** Writes an anonymous record if it is still at `version`, or, without one, if there is none with its id. */
  saveRecord(record: AnonymousRecord, version?: string): Promise<'committed' | 'conflict'>;
  /** The anonymous records of a year, or of a year and a nature, by nature and then by their id. */
  records(of: RecordsOf, page: { limit: number; after?: string }): Promise<Page<AnonymousRecord>>;
  /** The next number of a year: one atomic increment, never the same twice. */
  nextNumber(year: number): Promise<number>;
  /** Takes a task for this holder until a moment, unless another holder has it; held by one at a time. */
  lease(task: string, holder: string, now: string, until: string): Promise<boolean>;
  loadOrganisation(): Promise<Versioned<{ organisation: Organisation }> | undefined>;
  /** Writes the organisation if it is still at `version`, or, without one, if there is none. */
  saveOrganisation(organisation: Organisation, version?: string): Promise<'committed' | 'conflict'>;
  loadContact(personId: string): Promise<Contact | undefined>;
  /** The contact of anybody, to learn how the channel is reached. */
  anyContact(): Promise<Contact | undefined>;
  saveContact(contact: Contact): Promise<void>;
  recordLook(look: Look): Promise<void>;
  recordChange(change: OrganisationChange): Promise<void>;
  recordPrivacyUse(use: PrivacyUse): Promise<void>;
  /** The entries of the logs, oldest first, page by page. */
  readLog(log: LogEntry['log'], page: { limit: number; after?: string }): Promise<Page<LogEntry>>;
  /** Resolves when the store answers. */
  check(): Promise<void>;
  close(): Promise<void>;
}
