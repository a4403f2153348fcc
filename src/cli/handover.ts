// A complaint as the privacy officer hands it over: everything that lies stored of it.
import type { ComplaintDocument } from '../app/store.ts';
import { type Texts, textsFor } from '../cards/texts.ts';
import type { TimelineEntry } from '../domain/complaint.ts';
import type { Key, Words } from './words.ts';

/** Everything of a complaint, to be read by a machine. */
export function asJson({ complaint, outbox, posted }: ComplaintDocument, now: Date): string {
  return JSON.stringify({ madeAt: now.toISOString(), complaint, outbox, posted }, null, 2);
}

/** Everything of a complaint, to be read by people. */
export function asText({ complaint, outbox, posted }: ComplaintDocument, words: Words, now: Date): string {
  const texts = textsFor(words.language);
  const told = { words, texts };
  const { reference, intake, timeline, handler, earlierHandlers, loggedBy, informed, involved } = complaint;
  const people = { handler, earlierHandlers, loggedBy, informed, involved };
  const notices = [...outbox, ...posted].map(({ notice: { kind, to } }) => {
    const whom = 'name' in to ? to.name : `${to.department}, ${texts(`stage.${to.stage}`)}`;
    return `  ${whom}: ${texts(`notice.${kind}`)}`;
  });
  return [
    words('handover title', { reference }),
    words('handover made', { at: texts.moment(now.toISOString()) }),
    words('handover others'),
    '',
    `${words('label state')}: ${texts(`state.${complaint.state}`)}`,
    `${words('label stage')}: ${texts(`stage.${complaint.stage}`)}`,
    `${words('label loggedAt')}: ${texts.moment(complaint.loggedAt)}`,
    ...('endedAt' in complaint ? [`${words('label endedAt')}: ${texts.moment(complaint.endedAt)}`] : []),
    ...lines(people, told, ''),
    '',
    words('handover intake'),
    ...lines(intake, told, '  '),
    '',
    words('handover timeline'),
    ...timeline.flatMap((entry) => entryLines(entry, told)),
    ...(notices.length > 0 ? ['', words('handover notices'), ...notices] : []),
  ].join('\n');
}

interface Told {
  words: Words;
  texts: Texts;
}

function entryLines({ kind, at, by, content }: TimelineEntry, told: Told): string[] {
  const { texts } = told;
  const title = `${texts.moment(at)}, ${by.name}: ${texts(`event.${kind}`)}`;
  return [`  ${title}`, ...lines(content, told, '    ')];
}

/** Ids of forms say nothing to people. */
const unsaid = new Set(['escalation']);

function lines(content: object, told: Told, indent: string): string[] {
  return Object.entries(content).flatMap(([field, value]) => {
    if (value === undefined || unsaid.has(field) || (Array.isArray(value) && value.length === 0)) return [];
    const label = `${indent}${told.words(`label ${field}` as Key)}:`;
    if (field === 'intake') return [label, ...lines(value as object, told, `${indent}  `)];
    const [first = '', ...more] = said(field, value, told).split('\n');
    return [`${label} ${first}`, ...more.map((line) => `${indent}  ${line}`)];
  });
}

/** Where the words of a choice stand under another name than its field's. */
const choices: Record<string, readonly string[]> = { reason: ['noConversation', 'returnReason'] };

function said(field: string, value: unknown, told: Told): string {
  const { words, texts } = told;
  if (Array.isArray(value)) return value.map((item) => said(field, item, told)).join(', ');
  if (typeof value === 'boolean') return words(value ? 'handover yes' : 'handover no');
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return texts.day(text);
  const key = (choices[field] ?? [field]).map((name) => `choice.${name}.${text}`);
  const known = /^[a-z-]+$/.test(text) ? key.find((each) => texts.has(each)) : undefined;
  return known ? texts(known) : text;
}
