import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colleague, employee } from '../fixtures.ts';
import { at, cardOf, dataOf, type Harness, startHarness, typedComplaint, wordsOf } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe('somebody who asks faster than a hand can', () => {
  it('hears so, loses nothing typed, and keeps nobody else from an answer', async () => {
    const form = cardOf(await at(harness, employee).screen());
    const typed = { ...dataOf(form, 'Vastleggen'), ...typedComplaint };
    await Promise.all(
      Array.from({ length: 120 }, () => at(harness, employee).press({ verb: 'close-dialog' })),
    );

    const refused = cardOf(await at(harness, employee).press(typed));
    expect(wordsOf(refused)).toContain('Dat gaat te snel achter elkaar.');
    expect(dataOf(refused, 'Nog eens proberen')).toMatchObject(typed);
    expect(wordsOf(await at(harness, employee).ask('help'))).toContain('Dat gaat te snel achter elkaar.');
    expect(wordsOf(await at(harness, colleague).ask('mijn klachten'))).toContain('Je hebt geen klachten.');
  });
});
