import { type ComplaintDocument, documentSchema } from '../app/store.ts';
import { audienceOf } from '../domain/access.ts';
import { isActive } from '../domain/complaint.ts';
import { searchKeysOf } from '../domain/words.ts';
import { Fault } from '../fault.ts';

/** The version of what is written today; an older document is upgraded when it is read. */
const documentVersion = 1;

/** A complaint as it lies in a store: what queries need, and the document itself. */
export interface ComplaintRecord {
  id: string;
  reference: string;
  loggedAt: string;
  active: boolean;
  /** When the first notice or card is due, or null where none is owed. */
  dueAt: string | null;
  audience: string[];
  searchKeys: string[];
  body: string;
}

/** The one place where a document is written as it will be stored. */
export function toRecord({ complaint, outbox, posted }: ComplaintDocument): ComplaintRecord {
  const due = [...outbox, ...posted].flatMap(({ dueAt }) => dueAt ?? []).sort();
  return {
    id: complaint.id,
    reference: complaint.reference,
    loggedAt: complaint.loggedAt,
    active: isActive(complaint),
    dueAt: due[0] ?? null,
    audience: audienceOf(complaint),
    searchKeys: searchKeysOf(complaint.intake),
    body: JSON.stringify({ v: documentVersion, complaint, outbox, posted }),
  };
}

/** The one place where a stored document is read; throws where it is not what was written. */
export function fromBody(body: string): ComplaintDocument {
  const { v, ...document } = JSON.parse(body);
  if (v !== documentVersion)
    throw new Fault(`a complaint was stored as version ${v}, unknown to this program`);
  return documentSchema.parse(document);
}
