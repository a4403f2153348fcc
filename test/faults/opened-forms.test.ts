// Forms that were opened before the bot was upgraded, sent to the bot as it is today: `opened-forms.json` holds what their
// buttons carry in this version, and what they carried in earlier ones. A form whose shape changes stays in it as it was.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, inputsOf, wordsOf } from '../bot/harness.ts';
import { everybody } from '../fixtures.ts';
import type { Life } from '../gallery/complaints.ts';
import { cardIn, type Json, type OverHttp, startOverHttp, submit } from './bot-over-http.ts';
import opened from './opened-forms.json' with { type: 'json' };

interface Opened {
  form: string;
  /** The complaint that it is about, where there is one. */
  life?: Life;
  by: string;
  data: Json;
  /** What is answered; where it is not recorded, what to do instead. */
  says: string;
  /** Whether what was typed is to be found in the answer. */
  kept?: boolean;
}

let world: OverHttp;
beforeAll(async () => {
  world = await startOverHttp();
});
afterAll(() => world.stop());

/** Texts that somebody typed, not those that were chosen. */
const typedIn = (data: Json) =>
  Object.entries(data).filter(([id]) => /description|account|explanation|summary|phone|Note$/i.test(id));

describe('a form that was opened before an upgrade', () => {
  it.each(opened as Opened[])('$form: $says', async ({ life, by, data, says, kept }) => {
    const complaint = life && (await world.kept(life));
    const escalation = complaint?.state === 'pending' ? complaint.escalation.id : '-';
    const text = JSON.stringify(data)
      .replace('{complaint}', complaint?.id ?? '')
      .replace('{escalation}', escalation);
    const person = everybody.find(({ name }) => name === by);
    const card = cardIn(await world.send(submit(JSON.parse(text)), person?.id ?? ''));
    expect(wordsOf(card)).toContain(says);
    const shown = JSON.stringify([wordsOf(card), inputsOf(card), card]);
    if (kept) for (const [, typed] of typedIn(data)) expect(shown).toContain(typed);
  });

  it('whose answers are asked again is recorded with all that was typed in it', async () => {
    const older = (opened as Opened[]).find(({ form, kept }) => form === 'log-complaint' && kept);
    const form = {
      ...older?.data,
      form: crypto.randomUUID(),
      name: 'Kievit Kanarie',
      phone: '070 333 44 55',
    };
    const employee = everybody[0]?.id ?? '';
    const pressed = async (card: Json, title: string) => {
      const act = submit({ ...inputsOf(card), ...dataOf(card, title) });
      return cardIn(await world.send(act, employee));
    };
    const screening = cardIn(await world.send(submit(form), employee));
    const receipt = await pressed(await pressed(screening, 'Verder'), 'Vastleggen');
    const reference = /K-2026-\d{4}/.exec(wordsOf(receipt))?.[0] ?? '';
    const { complaint } = (await world.store.findByReference(reference)) ?? {};
    expect(complaint?.intake).toMatchObject({
      name: 'Kievit Kanarie',
      description: older?.data['description'],
    });
  });
});
