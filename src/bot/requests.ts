import { currentOrganisation } from '../app/handle-command.ts';
import { findByReference, listMine, listWaiting, searchByName } from '../app/look-up.ts';
import { administrationStartView } from '../cards/administration-view.ts';
import {
  contactView,
  helpView,
  messageView,
  procedureView,
  relayStartView,
  startView,
} from '../cards/pages.ts';
import { complaintsView, referenceView } from '../cards/reference-view.ts';
import type { View } from '../cards/render.ts';
import { isYearOfComplaints, yearOf } from '../domain/calendar.ts';
import { analyses, isAdministrator } from '../domain/organisation.ts';
import { readReference } from '../domain/reference.ts';
import { isOwnChat } from './own-chat.ts';
import type { Asker, Parts } from './parts.ts';

/** Complaints on one page of a list. */
const pageSize = 5;

/** What people can ask for in the personal chat: the words for it, and the verb of its button. */
export const requests = [
  { verb: 'log', words: ['klacht', 'complaint'] },
  { verb: 'my-complaints', words: ['mijn klachten', 'my complaints'] },
  { verb: 'procedure', words: ['regeling', 'klachtenregeling', 'procedure', 'complaint procedure'] },
  { verb: 'contact', words: ['contact', 'contactgegevens', 'contact details'] },
  { verb: 'relay', words: ['terugbellen', 'belde terug', 'called back'] },
  { verb: 'administration', words: ['beheer', 'administration'] },
  { verb: 'analysis', words: ['analyse', 'analysis'] },
  { verb: 'report', words: ['rapport', 'jaarverslag', 'report'] },
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
  const [, word = '', year] = /^(\p{L}+) (\S{1,20}?)\.?$/u.exec(typed) ?? [];
  const yearly = requests.find(({ words }) => (words as readonly string[]).includes(word));
  if (yearly?.verb === 'analysis' || yearly?.verb === 'report') {
    return answerYearly(yearly.verb, Number(year), asker, parts);
  }
  const reference = readReference(typed.replace(/^(klacht|complaint) /, ''));
  if (reference) return answerReference(reference, asker, parts);
  const searched = /^(?:zoek|search) (.{1,200})$/.exec(typed)?.[1];
  return searched ? answerSearch(searched, asker, parts) : answerHelp('unknown', asker, parts);
}

/** Answers what was asked for by a word or a button; `after` is where the page of a list begins. */
export async function answerRequest(
  verb: RequestVerb,
  asker: Asker,
  parts: Parts,
  after?: string,
): Promise<View> {
  const { actor, texts } = asker;
  switch (verb) {
    case 'log':
      return startView(texts);
    case 'my-complaints': {
      const organisation = await currentOrganisation(parts.store);
      const isFirst = after === undefined;
      const waiting = isFirst ? await listWaiting(actor, pageSize, parts) : [];
      const { items, next } = await listMine(actor, { limit: pageSize, ...(after && { after }) }, parts);
      const waits = new Set(waiting.map(({ complaint }) => complaint.id));
      const lists = {
        waiting: waiting.map(({ complaint }) => complaint),
        others: items.map(({ complaint }) => complaint).filter(({ id }) => !waits.has(id)),
      };
      return complaintsView(lists, { isFirst, ...(next && { next }) }, organisation, texts);
    }
    case 'relay':
      return relayStartView(texts);
    case 'administration': {
      const organisation = await currentOrganisation(parts.store);
      return isAdministrator(organisation, actor.id)
        ? administrationStartView(texts)
        : messageView({ title: texts('admin.title'), lines: [texts('admin.not-administrator')] }, texts);
    }
    case 'analysis':
    case 'report':
      return answerYearly(verb, undefined, asker, parts);
    case 'procedure':
      return procedureView(await currentOrganisation(parts.store), texts);
    case 'contact':
      return contactView(await currentOrganisation(parts.store), texts);
    case 'help':
      return answerHelp('help', { actor, texts }, parts);
  }
}

/** R12: the analysis or the report of a year; by default of this year, and the report of the previous one. */
async function answerYearly(
  verb: 'analysis' | 'report',
  asked: number | undefined,
  { actor, texts, chat }: Asker,
  { store, clock, reports }: Parts,
): Promise<View> {
  const title = texts(`${verb}.title`);
  if (!analyses(await currentOrganisation(store), actor.id)) {
    return messageView({ title, lines: [texts('analysis.not-for-you')] }, texts);
  }
  const thisYear = yearOf(clock());
  const year = asked ?? (verb === 'analysis' ? thisYear : thisYear - 1);
  if (!isYearOfComplaints(year, clock())) {
    return messageView({ title, lines: [texts(`${verb}.no-year`, { year: thisYear - 1 })] }, texts);
  }
  if (verb === 'analysis') {
    const { analysisStartView } = await import('../cards/analysis-view.ts');
    return analysisStartView(year, texts);
  }
  // A file goes to somebody's own chat alone.
  if (!chat.conversation || !isOwnChat({ conversation: chat.conversation })) {
    return messageView({ title, lines: [texts('bot.only-personal')] }, texts);
  }
  reports.begin({ chat, year, actor, texts });
  return messageView({ title, lines: [texts('report.making', { year })] }, texts);
}

/** What the bot can do, for somebody with their roles. */
export async function answerHelp(
  occasion: Parameters<typeof helpView>[0],
  { actor, texts }: Pick<Asker, 'actor' | 'texts'>,
  { store }: Pick<Parts, 'store'>,
): Promise<View> {
  const organisation = await currentOrganisation(store);
  const roles = {
    administers: isAdministrator(organisation, actor.id),
    analyses: analyses(organisation, actor.id),
  };
  return helpView(occasion, roles, texts);
}

async function answerReference(reference: string, { actor, texts }: Asker, parts: Parts): Promise<View> {
  const seen = await findByReference(reference, actor, parts);
  if (seen) return referenceView(seen.complaint, seen.context.organisation, texts);
  return messageView({ title: reference, lines: [texts('refusal.not-found')] }, texts);
}

/** Complaints of a complainant, among those one may see in full; the answer names them by reference alone. */
async function answerSearch(typed: string, { actor, texts }: Asker, parts: Parts): Promise<View> {
  const found = await searchByName(typed, actor, parts);
  const [first] = found;
  if (!first) return messageView({ title: texts('search.title'), lines: [texts('search.nothing')] }, texts);
  const others = found.slice(0, pageSize).map(({ complaint }) => complaint);
  const { organisation } = first.context;
  return complaintsView(
    { waiting: [], others },
    { isFirst: true },
    organisation,
    texts,
    texts('search.title'),
  );
}
