import { intakesOf } from '../domain/complaint.ts';
import { wordsOf } from '../domain/words.ts';
import type { ComplaintDocument } from './store.ts';

/** Whom the privacy officer seeks: by words of a name, a phone number in E.164, or an e-mail address in small letters. */
export type Sought =
  | { by: 'name'; words: readonly string[] }
  | { by: 'phone'; phone: string }
  | { by: 'email'; email: string };

/** What somebody can be in a complaint; `mentioned` is in what was typed. */
export const parts = [
  'complainant',
  'concerned',
  'handler',
  'earlier-handler',
  'logged',
  'involved',
  'informed',
  'acted',
  'mentioned',
] as const;
export type Part = (typeof parts)[number];

/** What somebody is, or was, in a complaint: none, one or more parts. */
export function partsOf({ complaint, outbox, posted }: ComplaintDocument, sought: Sought): Part[] {
  const intakes = intakesOf(complaint);
  const texts = textsIn({ ...complaint, id: undefined });
  if (sought.by === 'phone') {
    const isMentioned = texts.some((text) => numbersIn(text).includes(lastDigits(sought.phone)));
    return told({
      complainant: intakes.some(({ phone }) => phone === sought.phone),
      mentioned: isMentioned,
    });
  }
  if (sought.by === 'email') {
    return told({
      complainant: intakes.some(({ email }) => email?.toLowerCase() === sought.email),
      mentioned: texts.some((text) => text.toLowerCase().includes(sought.email)),
    });
  }
  const { words } = sought;
  const isNamed = ({ name }: { name: string }) => {
    const known = wordsOf(name);
    return words.length > 0 && words.every((word) => known.includes(word));
  };
  const { handler, earlierHandlers, loggedBy, informed, involved, timeline } = complaint;
  const notified = [...outbox, ...posted].flatMap(({ notice: { to } }) => ('name' in to ? to : []));
  const joined = timeline.flatMap((entry) => (entry.kind === 'personInvolved' ? entry.content.person : []));
  const phrase = ` ${words.join(' ')} `;
  return told({
    complainant: intakes.some(isNamed),
    concerned: intakes.some(({ concerned }) => concerned.some(isNamed)),
    handler: isNamed(handler),
    'earlier-handler': earlierHandlers.some(isNamed),
    logged: isNamed(loggedBy),
    involved: [...involved, ...joined].some(isNamed),
    informed: [...informed, ...notified].some(isNamed),
    acted: timeline.some(({ by }) => isNamed(by)),
    mentioned: words.length > 0 && texts.some((text) => ` ${wordsOf(text).join(' ')} `.includes(phrase)),
  });
}

const told = (is: Partial<Record<Part, boolean>>): Part[] => parts.filter((part) => is[part]);

/** Fields that are no text somebody typed about somebody: they are looked at by themselves. */
const notTexts = new Set(['name', 'id', 'commandId', 'email', 'phone', 'at', 'kind']);

/** Every text in a value, however deep, but for those fields. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => (notTexts.has(name) ? [] : textsIn(part)));
}

/** A phone number is the same with or without the country's code. */
const lastDigits = (phone: string) => phone.replace(/\D/g, '').slice(-9);
const numbersIn = (text: string) => (text.match(/\+?\d[\d\s()./-]{6,}\d/g) ?? []).map(lastDigits);
