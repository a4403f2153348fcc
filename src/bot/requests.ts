import { currentOrganisation } from '../app/handle-command.ts';
import { findByReference, listMine } from '../app/look-up.ts';
import { complaintsView, referenceView } from '../cards/case-view.ts';
import { contactView, helpView, messageView, procedureView, startView } from '../cards/pages.ts';
import type { View } from '../cards/render.ts';
import { readReference } from '../domain/reference.ts';
import type { Asker, Parts } from './parts.ts';

/** Complaints on one page of a list. */
const pageSize = 5;

/** What people can ask for in the personal chat: the words for it, and the verb of its button. */
export const requests = [
  { verb: 'log', words: ['klacht', 'complaint'] },
  { verb: 'my-complaints', words: ['mijn klachten', 'my complaints'] },
  { verb: 'procedure', words: ['regeling', 'klachtenregeling', 'procedure', 'complaint procedure'] },
  { verb: 'contact', words: ['contact', 'contactgegevens', 'contact details'] },
  { verb: 'help', words: ['help', '?'] },
] as const;
export type RequestVerb = (typeof requests)[number]['verb'];

/** Whether a verb is one that can be asked for in the chat. */
export function isRequest(verb: string | undefined): verb is RequestVerb {
  return requests.some((request) => request.verb === verb);
}

/** Answers what somebody typed. */
export async function answerText(text: string, asker: Asker, parts: Parts): Promise<View> {
  const typed = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const request = requests.find(({ words }) => (words as readonly string[]).includes(typed));
  if (request) return answerRequest(request.verb, asker, parts);
  const reference = readReference(typed.replace(/^(klacht|complaint) /, ''));
  return reference ? answerReference(reference, asker, parts) : helpView('unknown', asker.texts);
}

/** Answers what was asked for by a word or a button; `after` is where the page of a list begins. */
export async function answerRequest(
  verb: RequestVerb,
  { actor, texts }: Asker,
  parts: Parts,
  after?: string,
): Promise<View> {
  switch (verb) {
    case 'log':
      return startView(texts);
    case 'my-complaints': {
      const { items, next } = await listMine(actor, { limit: pageSize, ...(after && { after }) }, parts);
      const page = { isFirst: after === undefined, ...(next && { next }) };
      const complaints = items.map(({ complaint }) => complaint);
      return complaintsView(complaints, page, texts);
    }
    case 'procedure':
      return procedureView(await currentOrganisation(parts.store), texts);
    case 'contact':
      return contactView(await currentOrganisation(parts.store), texts);
    case 'help':
      return helpView('help', texts);
  }
}

async function answerReference(reference: string, { actor, texts }: Asker, parts: Parts): Promise<View> {
  const seen = await findByReference(reference, actor, parts);
  if (seen) return referenceView(seen.complaint, texts);
  return messageView({ title: reference, lines: [texts('refusal.not-found')] }, texts);
}
