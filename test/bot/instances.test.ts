import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';
import {
  administrator,
  colleague,
  coordinator,
  director,
  employee,
  everybody,
  lead,
  senior,
} from '../fixtures.ts';
import { at, startHarness, wordsOf } from './harness.ts';

/** Who logs complaints, and about whom, so that the notices go to many chats. */
const pairs = [
  [employee, colleague],
  [senior, director],
  [lead, administrator],
  [coordinator, employee],
] as const;

describe('two instances of the bot on one store', () => {
  it('deliver two hundred notices, none lost, none twice', async () => {
    const harness = await startHarness();
    const other = await start(
      {
        port: 0,
        host: '127.0.0.1',
        auth: { kind: 'none' },
        store: { kind: 'sqlite', file: harness.databaseFile },
        keys: { kind: 'made', file: join(dirname(harness.databaseFile), 'keys.json') },
        files: { place: { kind: 'none' } },
        organisationFile: undefined,
        noticesLateAfter: 15,
        logLevel: 'silent',
      },
      createLog('silent'),
    );
    // Nothing gets through until all is owed.
    harness.intercept.with = () => ({ status: 429, headers: { 'retry-after': '1' } });
    for (let count = 0; count < 25; count++) {
      for (const [logger, concerned] of pairs) {
        await at(harness, logger).log({ concernedIds: concerned.id, entryStage: 'employee' });
      }
    }
    harness.intercept.with = undefined;

    const notices = () =>
      everybody.flatMap(({ id }) =>
        harness.teams
          .messages(harness.teams.personalChat(id))
          .map(({ card }) => wordsOf(card))
          .filter((words) => /Deze klacht heb je vastgelegd|klacht vastgelegd die over jou gaat/.test(words))
          .map((words) => `${id} ${words}`),
      );
    const until = Date.now() + 60_000;
    while (notices().length < 200 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 200));
    // A notice sent twice would follow within a round.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(notices()).toHaveLength(200);
    expect(new Set(notices()).size).toBe(200);
    await other.stop();
    await harness.stop();
  }, 120_000);
});
