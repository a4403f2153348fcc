import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator, colleague, employee, lead } from '../fixtures.ts';
import { at, cardOf, type Harness, referenceOn, startHarness, wordsOf } from './harness.ts';

const begun = new Date('2026-11-24T09:00:00Z');
let clock = begun;
let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ clock: () => clock });
});
afterAll(() => harness.stop());

const status = async (path: string) => (await fetch(harness.botUrl.replace('/api/messages', path))).status;
const ready = () => status('/readyz');
const soon = { timeout: 5000 };
/** A look so many minutes after it all began. */
async function lookAt(minutes: number): Promise<void> {
  clock = new Date(begun.getTime() + minutes * 60_000);
  await harness.bot.lookOut();
}
const alerts = (person = administrator) =>
  at(harness, person)
    .cards()
    .filter((card) => wordsOf(card).includes('Er bleven berichten van de Klachtenbot liggen'));

describe('while Teams takes nothing', () => {
  let reference: string;
  beforeAll(async () => {
    harness.intercept.with = ({ method }) => (method === 'GET' ? undefined : { status: 503 });
    reference = referenceOn(await at(harness, employee).log());
  });

  it('the bot is ready for as long as a notice may wait, and then no longer; it stays alive', async () => {
    // Tried, and put off: it waits since before that.
    const failures = () => harness.logged().match(/"outcome":"failed"/g)?.length;
    await expect.poll(failures, soon).toBeGreaterThan(1);
    await lookAt(14);
    expect(await ready()).toBe(200);
    await lookAt(15);
    await expect.poll(ready, soon).toBe(503);
    expect(await status('/healthz')).toBe(200);
    expect(alerts()).toEqual([]);
  });

  it('people are still answered', async () => {
    expect(wordsOf(cardOf(await at(harness, employee).open({ verb: 'open-log-complaint' })))).toContain(
      'klager',
    );
  });

  it('when it takes messages again the administrators are told once, without a word of what waited', async () => {
    harness.intercept.with = undefined;
    await lookAt(16);
    await expect.poll(ready, soon).toBe(200);
    await lookAt(40);
    const [alert, ...others] = alerts();
    expect(others).toEqual([]);
    expect(wordsOf(alert)).toContain(
      'een bericht van 24 november 2026 om 10:00 was na 15 minuten nog niet bezorgd',
    );
    const said = JSON.stringify(alert);
    expect(said).not.toContain(reference);
    expect(said).not.toMatch(/kanarie|welzijn|K-2026/i);
    for (const { name, id } of [employee, colleague]) {
      expect(said).not.toContain(name);
      expect(said).not.toContain(id);
    }
    for (const person of [employee, colleague, lead]) expect(alerts(person)).toEqual([]);
    const toldColleague = () => JSON.stringify(at(harness, colleague).cards());
    await expect.poll(toldColleague, { timeout: 10_000 }).toContain('die over jou gaat');
  });

  it('the log says that it was not ready, and nothing of a complaint', () => {
    expect(harness.logged()).toContain('"not ready: notices wait too long"');
    expect(harness.logged()).toContain('"administrator not told that notices wait"');
    expect(harness.logged()).not.toMatch(/kanarie/i);
  });
});
