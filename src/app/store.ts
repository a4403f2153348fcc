import { z } from 'zod';
import { type Complaint, complaintSchema } from '../domain/complaint.ts';
import { noticeSchema } from '../domain/notices.ts';
import type { Organisation } from '../domain/organisation.ts';
import { personSchema } from '../domain/people.ts';

/**
 * A notice that is owed until it was sent. Claiming it moves `dueAt` into the future by a conditional write,
 * so that no other instance sends it meanwhile, and it comes back by itself where the sender died.
 */
export const owedNoticeSchema = z.object({
  id: z.string().min(1),
  notice: noticeSchema,
  dueAt: z.iso.datetime(),
  attempts: z.int().nonnegative(),
});
export type OwedNotice = z.infer<typeof owedNoticeSchema>;

/** One complaint is one document: state, timeline and outbox are written together or not at all. */
export const documentSchema = z.object({ complaint: complaintSchema, outbox: z.array(owedNoticeSchema) });
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
}

export interface Page<T> {
  items: T[];
  /** Where the next page begins, or nothing at the end; opaque. */
  next?: string;
}

/**
 * What every store keeps, and promises. Faults are thrown; a version conflict is a value.
 * A write that came back is on disk.
 */
export interface Store {
  load(id: string): Promise<Versioned<ComplaintDocument> | undefined>;
  findByReference(reference: string): Promise<Versioned<ComplaintDocument> | undefined>;
  /** Writes a document if it is still at `version`, or, without one, if there is none with its id. */
  commit(document: ComplaintDocument, version?: string): Promise<'committed' | 'conflict'>;
  /** Complaints whose audience holds one of the keys, most recently logged first. */
  list(viewerKeys: readonly string[], page: { limit: number; after?: string }): Promise<Page<Complaint>>;
  /** Ids of documents with a notice due at `now`, longest waiting first. */
  due(now: string, limit: number): Promise<string[]>;
  /** The next number of a year: one atomic increment, never the same twice. */
  nextNumber(year: number): Promise<number>;
  loadOrganisation(): Promise<Organisation | undefined>;
  saveOrganisation(organisation: Organisation): Promise<void>;
  loadContact(personId: string): Promise<Contact | undefined>;
  saveContact(contact: Contact): Promise<void>;
  recordLook(look: Look): Promise<void>;
  /** Resolves when the store answers. */
  check(): Promise<void>;
  close(): Promise<void>;
}
