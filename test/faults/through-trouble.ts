// People who go on with their work while the store is in trouble, and press again when it is over.
import { expect, vi } from 'vitest';
import { textsFor } from '../../src/cards/texts.ts';
import {
  actionOn,
  at,
  buttonsOf,
  cardOf,
  dataOf,
  type Harness,
  inputsOf,
  type Json,
  referenceOn,
  typedComplaint,
  wordsOf,
} from '../bot/harness.ts';
import { employee, senior } from '../fixtures.ts';
import { typedWords } from './typed-words.ts';

/** Trouble of the store: how it comes and goes, and what `/readyz` says meanwhile. */
export interface Trouble {
  name: string;
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
  ready: number;
}

const texts = textsFor('nl');
const account = 'Kanarieverslag: er is uitgelegd hoe het ging';
/** What somebody reads whose press was not recorded, or not for sure. */
const sentences = ['form.not-recorded', 'bot.fault-dialog', 'bot.fault'].map((key) => texts(key));

/** What `/readyz` says of the bot. */
export async function readiness({ botUrl }: Harness): Promise<number> {
  return (await fetch(botUrl.replace('/api/messages', '/readyz'))).status;
}

/** Something that somebody presses, and the words by which it says that it is recorded. */
interface Press {
  said: string;
  press(): Promise<Json>;
}

/**
 * Logs a complaint, records a conversation and accepts an escalation in the middle of trouble, and again after it:
 * nothing is said to be recorded that is not, nothing typed is lost, and everything is recorded once.
 */
export async function goThrough(trouble: Trouble, harness: Harness): Promise<void> {
  const me = at(harness, employee);
  const earlier = await me.log({ concernedIds: '', name: 'Kanarie Eerder', phone: '0642420001' });
  const asking = await me.log({
    ...{ concernedIds: '', name: 'Kanarie Gevraagd', phone: '0642420002' },
    entryStage: 'manager',
  });
  const chat = harness.teams.personalChat(senior.id);
  const asked = await harness.teams.waitFor(chat, ({ card }) => wordsOf(card).includes(referenceOn(asking)));
  const form = cardOf(await me.screen());
  const details = cardOf(await me.press(dataOf(earlier, 'Klacht openen')));
  const talk = cardOf(await me.press(dataOf(details, 'Gesprek vastleggen')));
  expect(await readiness(harness)).toBe(200);

  let [toLog, toRecord]: [Json, Json] = [
    { ...dataOf(form, 'Vastleggen'), ...typedComplaint },
    { ...inputsOf(talk), ...dataOf(talk, 'Vastleggen'), account, satisfied: 'yes' },
  ];
  const presses: Press[] = [
    {
      said: 'Uw klacht is vastgelegd',
      press: async () => {
        const answer = cardOf(await me.press(toLog));
        toLog = carriedOn(answer, toLog);
        expect(toLog).toMatchObject(typedComplaint);
        return answer;
      },
    },
    {
      said: texts('recorded.recordConversation'),
      press: async () => {
        const answer = cardOf(await me.press(toRecord));
        toRecord = carriedOn(answer, toRecord);
        expect(toRecord).toMatchObject({ account, satisfied: 'yes' });
        return answer;
      },
    },
    {
      said: texts('recorded.acceptEscalation'),
      press: async () => {
        const action = actionOn(asked.card, texts('button.accept'));
        return (await harness.teams.execute(senior.id, chat, asked.activityId, action)).value as Json;
      },
    },
  ];

  await trouble.begin();
  const open: Press[] = [];
  for (const each of presses) {
    const words = wordsOf(await each.press());
    if (words.includes(each.said)) continue;
    expect(sentences.filter((sentence) => words.includes(sentence))).toHaveLength(1);
    expect(presses.filter(({ said }) => words.includes(said))).toEqual([]);
    open.push(each);
  }
  await vi.waitFor(async () => expect(await readiness(harness)).toBe(trouble.ready), { timeout: 10_000 });
  await trouble.end();

  await vi.waitFor(async () => expect(await readiness(harness)).toBe(200), { timeout: 10_000 });
  for (const each of open) expect(wordsOf(await each.press())).toContain(each.said);
  const list = wordsOf(await me.ask('mijn klachten'));
  const references = new Set(list.match(/K-\d{4}-\d{4}/g));
  expect(references.size).toBe(3);
  for (const reference of references)
    await harness.teams.waitFor(
      harness.teams.personalChat(employee.id),
      ({ card }) =>
        wordsOf(card).includes('Deze klacht heb je vastgelegd') && wordsOf(card).includes(reference),
      45_000,
    );
  const looked = wordsOf(cardOf(await me.press(dataOf(earlier, 'Klacht openen'))));
  expect(looked.split(account)).toHaveLength(2);
  expect(wordsOf(await me.ask(`klacht ${referenceOn(asking)}`))).toContain('in behandeling');
  expect(harness.logged()).not.toMatch(typedWords);
  expect(harness.logged()).not.toMatch(/00000000-0000-4000/);
}

/** What is pressed next: the same, as it stands in the answer. */
function carriedOn(answer: Json, before: Json): Json {
  const titles = buttonsOf(answer).map(({ title }) => title);
  if (titles.includes(texts('button.again'))) return dataOf(answer, texts('button.again'));
  if (!titles.includes('Vastleggen')) return before;
  return { ...inputsOf(answer), ...dataOf(answer, 'Vastleggen') };
}
