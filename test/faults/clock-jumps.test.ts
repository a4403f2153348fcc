// The clock of the computer jumps while people work: no number is given twice, nothing is lost, notices go out.
import { afterEach, describe, expect, it } from 'vitest';
import {
  at,
  cardOf,
  dataOf,
  type Harness,
  type Json,
  referenceOn,
  startHarness,
  wordsOf,
} from '../bot/harness.ts';
import { employee, senior } from '../fixtures.ts';
import { everyPlace, type Place } from '../store/places.ts';
import { typedWords } from './typed-words.ts';

let harness: Harness;
let place: Place;
afterEach(async () => {
  await harness.stop();
  await place.remove();
});

describe.each(everyPlace())('the clock jumps, with %s', (_name, makePlace) => {
  const asked = 'Je wordt gevraagd deze klacht over te nemen';

  /** A bot on this store, whose clock shows what it is set to, and goes on from there. */
  async function startWithClock() {
    place = await makePlace();
    let ahead = 0;
    harness = await startHarness({ store: place.place, clock: () => new Date(Date.now() + ahead) });
    let callers = 0;
    const me = at(harness, employee);
    return {
      set: (moment: string) => {
        ahead = Date.parse(moment) - Date.now();
      },
      /** Logs a complaint of somebody who did not call before. */
      log: (changed: Json = {}) =>
        me.log({
          ...{
            name: `Kanarie ${'abcdefghij'[callers]}bel`,
            phone: `064242000${callers++}`,
            concernedIds: '',
          },
          ...changed,
        }),
      /** Waits until the notice of a receipt has come. */
      receiptOf: (reference: string) =>
        harness.teams.waitFor(
          harness.teams.personalChat(employee.id),
          ({ card }) =>
            wordsOf(card).includes('Deze klacht heb je vastgelegd') && wordsOf(card).includes(reference),
        ),
      me,
    };
  }

  it('an hour ahead, a day back and over New Year and back: each number is given once, each notice comes', async () => {
    const { set, log, receiptOf, me } = await startWithClock();
    const given: string[] = [];
    const jumps: [string, string][] = [
      ['2026-12-31T21:30:00Z', 'K-2026-0001'],
      ['2026-12-31T22:59:58Z', 'K-2026-0002'],
      // In the Netherlands it is the next year an hour before it is in UTC.
      ['2026-12-31T23:00:02Z', 'K-2027-0001'],
      ['2026-12-30T23:00:02Z', 'K-2026-0003'],
      ['2027-01-01T00:30:00Z', 'K-2027-0002'],
    ];
    for (const [moment, expected] of jumps) {
      set(moment);
      const reference = referenceOn(await log());
      expect(reference).toBe(expected);
      given.push(reference);
      await receiptOf(reference);
    }
    const list = wordsOf(await me.ask('mijn klachten'));
    expect([...new Set(list.match(/K-\d{4}-\d{4}/g))].sort()).toEqual(given.sort());
    expect(harness.logged()).not.toMatch(typedWords);
  });

  it('a day back between the commands on one complaint: it goes on, its timeline in the order of what was done', async () => {
    const { set, log, me } = await startWithClock();
    set('2026-11-25T09:00:00Z');
    const receipt = await log();
    set('2026-11-24T09:00:00Z');
    const details = cardOf(await me.press(dataOf(receipt, 'Klacht openen')));
    const talk = { account: 'Kanarieverslag', satisfied: 'no', on: '2026-11-24' };
    const talked = await me.fill(details, 'Gesprek vastleggen', talk);
    set('2026-11-24T10:00:00Z');
    const up = await me.fill(talked, 'Naar de volgende stap', { escalationWish: 'Verder' });
    expect(wordsOf(up)).toContain('De klacht is voorgelegd aan de volgende stap.');
    const card = await at(harness, senior).told(asked);
    const opened = cardOf(await at(harness, senior).open(dataOf(card, `${referenceOn(receipt)} openen`)));
    const words = wordsOf(opened);
    // What was done last stands on top.
    const events = words.match(/^(?:Klacht vastgelegd|Gesprek gevoerd|Volgende stap gevraagd)$/gm);
    expect(events).toEqual(['Volgende stap gevraagd', 'Gesprek gevoerd', 'Klacht vastgelegd']);
  });

  it('a day on that is not yet: said beside the field, and nothing is recorded', async () => {
    const { set, log, me } = await startWithClock();
    set('2026-11-23T09:00:00Z');
    const refused = await log();
    expect(referenceOn(refused)).toBe('');
    expect(wordsOf(refused)).toContain('in de toekomst');
    expect(wordsOf(await me.ask('mijn klachten'))).not.toMatch(/K-\d{4}-\d{4}/);
  });

  it('a day back while the channel is away: the notice comes at the latest when the clock is right again', async () => {
    const { set, log, receiptOf } = await startWithClock();
    set('2026-11-25T09:00:00Z');
    harness.intercept.with = () => ({ status: 503 });
    const reference = referenceOn(await log());
    set('2026-11-24T09:00:00Z');
    harness.intercept.with = undefined;
    const later = referenceOn(await log());
    await receiptOf(later);
    set('2026-11-25T09:00:30Z');
    await log();
    await receiptOf(reference);
  });
});
