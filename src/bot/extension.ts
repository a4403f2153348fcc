import { CardFactory, type MessagingExtensionAttachment, type MessagingExtensionResponse } from 'botbuilder';
import { z } from 'zod';
import { findByReference, listMine, type Seen, searchByName } from '../app/look-up.ts';
import { bareReferenceView } from '../cards/reference-view.ts';
import type { Person } from '../domain/people.ts';
import { readReference } from '../domain/reference.ts';
import { messageText } from './message-text.ts';
import type { Asker, Parts } from './parts.ts';
import type { Asking } from './run-dialog.ts';
import { extensionCommands } from './verbs.ts';

/** What the search command is given to search for. */
const [searchParameter] = extensionCommands.myComplaints.parameters;

/** Complaints that are answered at once, and those that are looked through for pages and for parts of a number. */
const mostAtOnce = 25;
const mostLookedThrough = 100;

const openingSchema = z.object({
  commandId: z.literal('logComplaint' satisfies keyof typeof extensionCommands),
  messagePayload: z.object({ body: z.unknown().optional() }).nullish(),
});
const bodySchema = z.object({ contentType: z.string(), content: z.string() });

/**
 * What the action command opens, as the data of a button that opens the same dialog: the form for a new complaint,
 * with the text of the message that it was chosen on. Nothing of it is kept here: it waits in the form (R5).
 */
export function openingOf(action: unknown): object {
  const read = openingSchema.safeParse(action);
  if (!read.success) return {};
  const { messagePayload } = read.data;
  if (!messagePayload) return { verb: 'open-log-complaint' };
  const body = bodySchema.safeParse(messagePayload.body).data ?? { contentType: 'text', content: '' };
  const { text, taken } = textOf(body);
  return { verb: 'open-log-complaint', fromMessage: taken, ...(text && { description: text }) };
}

/** A message that can't be read is not taken over, and its reader is told so; the form opens all the same. */
function textOf(body: z.infer<typeof bodySchema>): ReturnType<typeof messageText> {
  try {
    return messageText(body);
  } catch {
    return { text: '', taken: 'empty' };
  }
}

const querySchema = z.object({
  commandId: z.literal('myComplaints' satisfies keyof typeof extensionCommands),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
  queryOptions: z
    .object({ skip: z.int().min(0).catch(0), count: z.int().min(1).catch(mostAtOnce) })
    .catch({ skip: 0, count: mostAtOnce }),
});

/** Words in the place of results. */
function say(text: string): MessagingExtensionResponse {
  return { composeExtension: { type: 'message', text } };
}

/** Answers what is typed in the search command, or says why it can't be answered. */
export async function answerQuery(
  query: unknown,
  { asker, texts }: Asking,
  mayAsk: (personId: string) => Promise<boolean>,
  parts: Parts,
): Promise<MessagingExtensionResponse> {
  if (!asker) return say(texts('bot.not-for-you'));
  if (!(await mayAsk(asker.actor.id))) return say(texts('bot.too-many'));
  const read = querySchema.safeParse(query);
  if (!read.success) return say(texts('bot.unknown-card'));
  try {
    return await answerFound(read.data, asker, parts);
  } catch (fault) {
    parts.log.error('question failed', {}, fault);
    return say(texts('bot.fault'));
  }
}

/**
 * Complaints that a person may know of: the latest, or by a number, or by a complainant's name among those seen in
 * full. Each is shown by reference, stage and state; what is put in the conversation holds the reference alone, since
 * everybody there reads it (R13).
 */
async function answerFound(
  { parameters, queryOptions }: z.infer<typeof querySchema>,
  { actor, texts }: Asker,
  parts: Parts,
): Promise<MessagingExtensionResponse> {
  const value = parameters.find(({ name }) => name === searchParameter)?.value;
  const typed = typeof value === 'string' ? value.trim().slice(0, 200) : '';
  const from = queryOptions.skip;
  const to = from + Math.min(queryOptions.count, mostAtOnce);
  const found = await search(typed, Math.min(to, mostLookedThrough), actor, parts);
  if (found.length === 0) return say(texts(typed === '' ? 'list.empty' : 'extension.nothing'));
  const attachments = await Promise.all(
    found.slice(from, to).map((seen) => attachmentOf(seen, texts, parts.render)),
  );
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

/** Of somebody else's complaint it finds as little as of one that is not there. */
async function search(typed: string, most: number, viewer: Person, parts: Parts): Promise<Seen[]> {
  if (typed === '') return latest(most, viewer, parts);
  if (!/^[k\d\s–-]+$/i.test(typed)) return searchByName(typed, viewer, parts);
  const reference = readReference(typed);
  const exact = reference && (await findByReference(reference, viewer, parts));
  const part = typed.toUpperCase().replace(/[\s–-]+/g, '-');
  if (exact && exact.complaint.reference === part) return [exact];
  // While a number is being typed.
  const mine = await latest(mostLookedThrough, viewer, parts);
  const matching = mine.filter(({ complaint }) => complaint.reference.includes(part));
  const all = exact ? [exact, ...matching] : matching;
  return [...new Map(all.map((seen) => [seen.complaint.id, seen])).values()];
}

async function latest(most: number, viewer: Person, parts: Parts): Promise<Seen[]> {
  const found: Seen[] = [];
  for (let after: string | undefined; found.length < most; ) {
    const { items, next } = await listMine(viewer, { limit: mostAtOnce, ...(after && { after }) }, parts);
    found.push(...items);
    if (next === undefined) break;
    after = next;
  }
  return found.slice(0, most);
}

async function attachmentOf(
  { complaint }: Seen,
  texts: Asker['texts'],
  render: Parts['render'],
): Promise<MessagingExtensionAttachment> {
  const { reference, state, stage } = complaint;
  const stand = texts('list.stand', { state: texts(`state.${state}`), stage: texts(`stage.${stage}`) });
  const card = CardFactory.adaptiveCard(await render(bareReferenceView(complaint, texts)));
  return { ...card, preview: CardFactory.thumbnailCard(reference, stand) };
}
