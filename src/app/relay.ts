import { isActive } from '../domain/complaint.ts';
import type { Person } from '../domain/people.ts';
import { readReference } from '../domain/reference.ts';
import { isSameName, keyOfName, wordsOf } from '../domain/words.ts';
import { handleCommand, type Surroundings } from './handle-command.ts';

/** Complaints of one name that a note goes to at most. */
const mostReached = 5;
const mostFound = 100;

/**
 * 'Klager belde terug': brings a note to whoever handles the complaint with this reference, or those of the
 * complainant with exactly this name. Tells nothing of whether there are any. Throws where the store fails.
 */
export async function relayNote(
  { about, note, id }: { about: string; note: string; id: string },
  actor: Person,
  around: Surroundings,
): Promise<void> {
  for (const complaintId of await complaintsAbout(about, around)) {
    await handleCommand(complaintId, { kind: 'relay', id, content: { note } }, actor, around);
  }
}

async function complaintsAbout(about: string, { store }: Surroundings): Promise<string[]> {
  const reference = readReference(about);
  if (reference) {
    const found = await store.findByReference(reference);
    return found ? [found.complaint.id] : [];
  }
  const keys = keyOfName(wordsOf(about));
  if (keys.length === 0) return [];
  const named = (await store.search(keys, mostFound)).filter(({ intake }) => isSameName(about, intake.name));
  const active = named.filter(isActive);
  return (active.length > 0 ? active : named.slice(0, 1)).slice(0, mostReached).map(({ id }) => id);
}
