// R13, R14: the whole bot killed at random moments while people work with it: what they were told stays true.
import { describe, expect, it } from 'vitest';
import { everyPlace } from '../store/places.ts';
import { faultsOr, randomFrom, seed } from './kills.ts';
import { type Counts, liveThrough } from './world.ts';

const kills = faultsOr(300);
/** After so many kills everything begins anew. */
const killsInAWorld = 15;

describe.each(everyPlace())(
  `${kills} kills of the bot, half of them on %s, seed ${seed}`,
  (name, makePlace) => {
    it(
      'lose nothing that somebody was told, and send nothing twice whose outcome was known',
      async () => {
        const random = randomFrom(seed);
        const share = name === 'SQLite' ? Math.ceil(kills / 2) : Math.floor(kills / 2);
        const counts: Counts = {
          ...{ kills: 0, midRequest: 0, starting: 0, complaints: 0, commands: 0 },
          ...{ notices: 0, claimed: 0, doubled: 0, passed: 0, dropped: 0 },
        };
        while (counts.kills < share) {
          const place = await makePlace();
          const some = Math.min(killsInAWorld, share - counts.kills);
          await liveThrough(place, some, random, counts).finally(place.remove);
        }
        tell(name, counts);
        expect(counts.kills).toBe(share);
      },
      30_000 + kills * 15_000,
    );
  },
);

function tell(store: string, counts: Counts): void {
  const { kills: fallen, midRequest, starting, complaints, commands, notices, dropped } = counts;
  const { claimed, doubled, passed } = counts;
  console.log(
    [
      `${store}: killed ${fallen} times, ${midRequest} of them mid-request, ${starting} while starting`,
      `${complaints} complaints, ${commands} commands on them, lost 0`,
      `${notices} notices, lost 0; ${dropped} more were not sent because they had passed`,
      `${claimed} were being sent when it died; ${doubled} of these came twice, ${passed} with a card that shows what is so once it is looked at`,
    ].join('\n  '),
  );
}
