// Files as evidence (R10), from sending one in the chat to looking at it, over HTTP.
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { largestFile } from '../../src/domain/vocabulary.ts';
import { type Clamd, startClamd, virus } from '../files/clamd.ts';
import { colleague, coordinator, employee, everybody, lead, senior } from '../fixtures.ts';
import { freePort } from '../free-port.ts';
import {
  actionOn,
  at,
  cardOf,
  channelCard,
  channels,
  dataOf,
  type Harness,
  type Json,
  linkChannels,
  referenceOn,
  startHarness,
  wordsOf,
} from './harness.ts';

let harness: Harness;
let clock: Date;
beforeEach(async () => {
  clock = new Date('2026-11-24T09:00:00Z');
  harness = await startHarness({ clock: () => clock });
});
afterEach(() => harness.stop());

const letter: Buffer = Buffer.from('%PDF-1.7\nkanariebewijs\n%%EOF\n');

/** Sends a file in somebody's own chat, and gives the cards that answer it. */
async function send({ id }: { id: string }, name = 'brief.pdf', content = letter, text = '') {
  const chat = harness.teams.personalChat(id);
  const before = harness.teams.messages(chat).length;
  await harness.teams.sendFile(id, name, content, text);
  const answers = harness.teams.messages(chat).slice(before + 1);
  // Receipts may come in between.
  return answers.filter(({ card }) => wordsOf(card).startsWith('Bestand als bewijs'));
}

/** Chooses the complaint on the card that asked for it. */
async function choose({ id }: { id: string }, asked: { activityId: string; card?: Json }, title: string) {
  const { verb, data } = actionOn(asked.card, title);
  const { value } = await harness.teams.execute(id, harness.teams.personalChat(id), asked.activityId, {
    verb,
    data,
  });
  return value as Json;
}

/** A complaint with a letter, both of the employee. */
async function withLetter(name = 'brief.pdf') {
  const receipt = await at(harness, employee).log();
  const reference = referenceOn(receipt);
  const [asked] = await send(employee, name);
  if (!asked) throw new Error('nothing was asked');
  const answer = await choose(employee, asked, `Toevoegen aan ${reference}`);
  const details = await at(harness, employee).press(dataOf(receipt, 'Klacht openen'));
  return { reference, asked, answer, details: cardOf(details) };
}

/** The address on a card that opens a file. */
const addressOn = (card: unknown) => /"url":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? '';
const openFile = async (details: Json, name = 'brief.pdf') =>
  cardOf(await at(harness, employee).press(dataOf(details, `${name} (0,1 kB)`)));

/** Takes the letter out of the complaint, and gives the complaint as it is then. */
async function removed(details: Json): Promise<Json> {
  const form = cardOf(await at(harness, employee).press(dataOf(details, 'Bestand verwijderen')));
  const file = (
    JSON.stringify(form).match(
      /"title":"brief.pdf","value":"([^"]+)"|"value":"([^"]+)","title":"brief.pdf"/,
    ) ?? []
  )
    .slice(1)
    .find(Boolean);
  return cardOf(
    await at(harness, employee).press({
      ...dataOf(form, 'Vastleggen'),
      file,
      removeReason: 'Verkeerde klacht',
    }),
  );
}

describe('a file that is sent to the bot', () => {
  it('R10: is added to the complaint that is chosen, and can be looked at', async () => {
    const { reference, answer, details } = await withLetter();
    expect(wordsOf(answer)).toContain(`Het bestand is toegevoegd aan ${reference}.`);
    // What stays in the chat names nobody (R13).
    expect(wordsOf(answer)).not.toContain('brief');
    expect(wordsOf(answer)).toContain('Verwijder het bestand nu zelf uit deze chat en uit je OneDrive');
    expect(wordsOf(details)).toContain('Bestand toegevoegd');

    const response = await fetch(addressOn(await openFile(details)));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename=brief.pdf',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(letter);
  });

  it('R13: lies sealed, and stands in no log', async () => {
    const { details } = await withLetter('kanariebrief.pdf');
    await fetch(addressOn(await openFile(details, 'kanariebrief.pdf')));
    expect(harness.stored()).not.toMatch(/kanarie/i);
    expect(harness.logged()).not.toMatch(/kanarie|ticket|sharepoint/i);
    expect(harness.logged()).toContain('"outcome":"given"');
  });

  it('is not fetched or kept before the answer', async () => {
    await at(harness, employee).log();
    const fetched: string[] = [];
    harness.intercept.with = ({ path }) => void fetched.push(path);
    await send(employee);
    expect(fetched.filter((path) => path.includes('files'))).toEqual([]);
    expect(harness.stored()).not.toContain('kanarie');
  });

  it('R10: is only asked about for complaints to which its sender may add one', async () => {
    const reference = referenceOn(await at(harness, employee).log());
    await at(harness, colleague).told('Er is een klacht');
    const buttons = async (who: { id: string }) => JSON.stringify((await send(who))[0]?.card);
    expect(await buttons(employee)).toContain(`Toevoegen aan ${reference}`);
    expect(await buttons(colleague)).toContain(`Toevoegen aan ${reference}`);
    for (const stranger of [senior, lead, coordinator]) {
      expect(await buttons(stranger)).not.toContain('K-2026');
      expect(await buttons(stranger)).toContain(
        'er is nu geen klacht waaraan jij een bestand kunt toevoegen',
      );
    }
  });

  it('goes straight to a complaint whose number was typed with it', async () => {
    for (let count = 0; count < 8; count++) {
      await at(harness, employee).log({ linkedTo: '' });
      clock = new Date(clock.getTime() + 1000);
    }
    const all = JSON.stringify((await send(employee))[0]?.card);
    expect(all.match(/Toevoegen aan/g)).toHaveLength(5);
    expect(all).toContain('Dit zijn de nieuwste klachten.');
    expect(all).not.toContain('K-2026-0001');
    const one = JSON.stringify((await send(employee, 'brief.pdf', letter, 'k-2026-0001'))[0]?.card);
    expect(one.match(/Toevoegen aan /g)).toHaveLength(1);
    expect(one).toContain('Toevoegen aan K-2026-0001');
    const strange = JSON.stringify((await send(lead, 'brief.pdf', letter, 'K-2026-0001'))[0]?.card);
    expect(strange).not.toContain('K-2026');
  });

  it('pressed twice, and long after, is added once', async () => {
    const { asked, reference } = await withLetter();
    const again = await choose(employee, asked, `Toevoegen aan ${reference}`);
    expect(wordsOf(again)).toContain('is toegevoegd aan');
    const chat = harness.teams.messages(harness.teams.personalChat(employee.id));
    const card = chat.find(({ activityId }) => activityId === asked.activityId)?.card;
    expect(wordsOf(card)).toContain('is toegevoegd aan');
    const details = cardOf(await at(harness, employee).press(dataOf(again, `${reference} openen`)));
    expect(JSON.stringify(details).match(/open-file/g)).toHaveLength(1);
  });

  it.each<[string, string, Buffer]>([
    ['Dit soort bestand neem ik niet aan.', 'foto.jpg', Buffer.from(`MZ${'\0'.repeat(99)}`)],
    ['Dit bestand is leeg.', 'leeg.pdf', Buffer.alloc(0)],
    ['Dit bestand is groter dan 20 MB.', 'groot.pdf', Buffer.alloc(largestFile + 1, '%')],
  ])('hears: %s', async (words, name, content) => {
    const reference = referenceOn(await at(harness, employee).log());
    const [asked] = await send(employee, name, content);
    const answer = await choose(employee, asked ?? { activityId: '' }, `Toevoegen aan ${reference}`);
    expect(wordsOf(answer)).toContain(words);
    expect(wordsOf(answer)).toContain('Het bestand is niet toegevoegd.');
  });

  it('that Teams no longer gives is asked for anew; while Teams fails, the question stays', async () => {
    const reference = referenceOn(await at(harness, employee).log());
    const [asked] = await send(employee);
    const { verb, data } = actionOn(asked?.card, `Toevoegen aan ${reference}`);
    const press = async (file: Json) => {
      const chat = harness.teams.personalChat(employee.id);
      const action = { verb, data: { ...data, file: { ...(data['file'] as Json), ...file } } };
      return (await harness.teams.execute(employee.id, chat, asked?.activityId ?? '', action)).value as Json;
    };
    const { url } = data['file'] as { url: string };
    expect(wordsOf(await press({ url: `${url}-gone` }))).toContain(
      'Teams geeft het niet meer. Stuur het opnieuw.',
    );
    const nobody = await freePort();
    const failed = await press({ url: `http://127.0.0.1:${nobody}/x` });
    expect(wordsOf(failed)).toContain('Het bestand is niet toegevoegd, of dat is niet bevestigd.');
    expect(wordsOf(failed)).toContain(`Toevoegen aan ${reference}`);
  });

  it.each(['http://127.0.0.2/x', 'https://elders.example/x', 'file:///etc/passwd', 'http://localhost/x'])(
    'a card that names %s gets nothing fetched from there',
    async (url) => {
      const reference = referenceOn(await at(harness, employee).log());
      const [asked] = await send(employee);
      const { verb, data } = actionOn(asked?.card, `Toevoegen aan ${reference}`);
      const action = { verb, data: { ...data, file: { name: 'brief.pdf', url } } };
      const chat = harness.teams.personalChat(employee.id);
      const { value } = await harness.teams.execute(employee.id, chat, asked?.activityId ?? '', action);
      expect(wordsOf(value)).toContain('Het bestand is niet toegevoegd, of dat is niet bevestigd.');
      expect(harness.logged()).toContain('a file may not be fetched from this address');
    },
  );

  it('one that is not kept leaves no name in the chat', async () => {
    await at(harness, employee).log();
    const [asked] = await send(employee, 'kanarie.pdf');
    const answer = await choose(employee, asked ?? { activityId: '' }, 'Niet bewaren');
    expect(wordsOf(answer)).toContain('Het bestand is niet opgehaald en niet bewaard.');
    const stands = harness.teams
      .messages(harness.teams.personalChat(employee.id))
      .find(({ activityId }) => activityId === asked?.activityId);
    expect(JSON.stringify(stands?.card)).not.toContain('kanarie');
  });

  it('is decided on in its own chat alone: a card in a channel is not theirs to change', async () => {
    await linkChannels(harness);
    const { asked, reference } = await withLetter();
    const { verb, data } = actionOn(asked.card, `Toevoegen aan ${reference}`);
    await at(harness, employee).log({ linkedTo: '', entryStage: 'manager' });
    const { activityId } = await harness.teams.waitFor(channels.welzijn.id, ({ card }) =>
      wordsOf(card).includes('Klacht aannemen'),
    );
    const before = JSON.stringify(channelCard(harness, channels.welzijn)?.card);
    const { value } = await harness.teams.execute(senior.id, channels.welzijn.id, activityId, { verb, data });
    expect(wordsOf(value)).toContain('Deze kaart of knop herken ik niet meer.');
    expect(JSON.stringify(channelCard(harness, channels.welzijn)?.card)).toBe(before);
  });

  it('pressed again once it was taken out says that it is not there', async () => {
    const { asked, reference, details } = await withLetter();
    await removed(details);
    const again = await choose(employee, asked, `Toevoegen aan ${reference}`);
    expect(wordsOf(again)).toContain('Dit bestand is er niet meer.');
  });

  it('R13: nobody adds a file to a complaint that they may not see, and learns nothing of it', async () => {
    const { asked, reference } = await withLetter();
    const { verb, data } = actionOn(asked.card, `Toevoegen aan ${reference}`);
    const tried = async (changed: Json) => {
      const chat = harness.teams.personalChat(lead.id);
      const [own] = harness.teams.messages(chat).filter(({ card }) => card);
      const action = { verb, data: { ...data, ...changed } };
      return wordsOf((await harness.teams.execute(lead.id, chat, own?.activityId ?? '', action)).value);
    };
    expect(await tried({})).toBe(await tried({ complaint: 'f'.repeat(32) }));
  });

  it('several at once are asked about one by one; a picture that was pasted too', async () => {
    const reference = referenceOn(await at(harness, employee).log());
    const chat = harness.teams.personalChat(employee.id);
    const file = { contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'a.pdf' };
    const content = { downloadUrl: `${harness.teams.url}page/files/1`, uniqueId: '1', fileType: 'pdf' };
    const picture = {
      contentType: 'image/*',
      contentUrl: `${harness.teams.url}v3/attachments/1/views/original`,
    };
    await at(harness, employee).told('Deze klacht heb je vastgelegd.');
    const before = harness.teams.messages(chat).length;
    await harness.teams.post({
      ...{ type: 'message', id: '99', channelId: 'msteams', serviceUrl: harness.teams.url, locale: 'nl-NL' },
      conversation: { id: chat, conversationType: 'personal' },
      from: { id: '29:x', name: employee.name, aadObjectId: employee.id },
      recipient: { id: '28:x' },
      attachments: [{ ...file, content }, picture, { contentType: 'text/html', content: '<p></p>' }],
    });
    const cards = harness.teams.messages(chat).slice(before);
    expect(cards.map(({ card }) => wordsOf(card).match(/hoort '(.+?)'/)?.[1])).toEqual([
      'a.pdf',
      'afbeelding',
    ]);
    expect(JSON.stringify(cards)).toContain(reference);
  });

  it('is taken in by the bot on its own word alone: without a place for files it says so', async () => {
    await harness.stop();
    harness = await startHarness({ files: { place: { kind: 'none' } } });
    await at(harness, employee).log({ submittedOn: new Date().toISOString().slice(0, 10) });
    expect(wordsOf((await send(employee))[0]?.card)).toContain('Bestanden kan ik hier niet bewaren');
  });
});

describe('looking at a file', () => {
  it('R13: the address holds for two minutes', async () => {
    const { details } = await withLetter();
    const address = addressOn(await openFile(details));
    clock = new Date(clock.getTime() + 119_000);
    expect((await fetch(address)).status).toBe(200);
    clock = new Date(clock.getTime() + 2000);
    const late = await fetch(address, { headers: { 'accept-language': 'nl' } });
    expect([late.status, await late.text()]).toEqual([
      404,
      'Deze link is verlopen. Open het bestand opnieuw vanuit de klacht in Teams.',
    ]);
    expect(await (await fetch(address, { headers: { 'accept-language': 'en-GB' } })).text()).toContain(
      'expired',
    );
  });

  it('R13: is decided on the state of that moment: who lost sight since gets nothing', async () => {
    const { details } = await withLetter();
    const opened = await at(harness, colleague).press(dataOf(details, 'brief.pdf (0,1 kB)'));
    const address = addressOn(opened);
    expect((await fetch(address)).status).toBe(200);
    // Above the first stage, somebody concerned sees the status alone.
    const talked = await at(harness, employee).fill(details, 'Gesprek vastleggen', {
      ...{ account: 'Gepraat', satisfied: 'no', on: '2026-11-24', participants: 'complainant' },
    });
    await at(harness, employee).fill(talked, 'Naar de volgende stap', { escalationWish: 'Verder' });
    expect((await fetch(address)).status).toBe(404);
    const refused = await at(harness, colleague).press(dataOf(details, 'brief.pdf (0,1 kB)'));
    expect(JSON.stringify(refused)).not.toMatch(/brief|ticket/);
  });

  it('R13: each look is recorded', async () => {
    const { details } = await withLetter();
    const looks = () => harness.logged().match(/"file asked for"/g)?.length ?? 0;
    await fetch(addressOn(await openFile(details)));
    expect(looks()).toBe(1);
  });

  it.each(['', 'x', 'eyJhbGciOiJub25lIn0.e30.x', 'a'.repeat(5000), '%00', '../../etc/passwd'])(
    'nobody makes up an address: %.30s',
    async (ticket) => {
      await withLetter();
      const response = await fetch(harness.botUrl.replace('/api/messages', `/files?ticket=${ticket}`));
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('Deze link is verlopen.');
    },
  );

  it('R13: nobody who may not see the complaint gets an address', async () => {
    const { details } = await withLetter();
    const data = dataOf(details, 'brief.pdf (0,1 kB)');
    for (const stranger of everybody.filter(({ id }) => id !== employee.id && id !== colleague.id)) {
      const answer = await at(harness, stranger).press(data);
      expect(JSON.stringify(answer)).not.toMatch(/brief|ticket/);
    }
  });

  it('one that was removed can not be opened any more, by nobody', async () => {
    const { details } = await withLetter();
    const address = addressOn(await openFile(details));
    const filesLeft = () => readdirSync(join(dirname(harness.databaseFile), 'files'), { recursive: true });
    expect(filesLeft()).toHaveLength(2);
    const card = await removed(details);
    expect(filesLeft()).toEqual([]);
    expect(wordsOf(card)).toContain('Het bestand is verwijderd.');
    expect(wordsOf(card)).toContain('brief.pdf\nVerkeerde klacht');
    expect((await fetch(address)).status).toBe(404);
  });

  it('R13: is given to two at a time for one person, and to nobody who asks too much', async () => {
    const { details } = await withLetter();
    const address = addressOn(await openFile(details));
    const answers = await Promise.all(Array.from({ length: 130 }, () => fetch(address)));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 429]);
    const refused = await fetch(address, { headers: { 'accept-language': 'nl' } });
    expect([refused.status, await refused.text()]).toEqual([
      429,
      'Dit zijn er te veel achter elkaar. Wacht een paar seconden en open het bestand opnieuw vanuit de klacht in Teams.',
    ]);
  });

  it('goes on after a reader who broke off', async () => {
    const { details } = await withLetter();
    const { port, pathname, search } = new URL(addressOn(await openFile(details)));
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: x\r\n\r\n`);
        socket.destroy();
      });
      socket.on('close', () => resolve());
    });
    expect((await fetch(harness.botUrl.replace('/api/messages', '/healthz'))).status).toBe(200);
  });
});

describe('with a virus scanner', () => {
  let clamd: Clamd;
  const withScanner = async (port: number) => {
    await harness.stop();
    harness = await startHarness({ clock: () => clock, files: { scanner: { host: '127.0.0.1', port } } });
    return referenceOn(await at(harness, employee).log());
  };
  beforeEach(async () => {
    clamd = await startClamd();
  });
  afterEach(() => clamd.stop());

  it('a file with a virus is refused, a clean one taken', async () => {
    const reference = await withScanner(clamd.port);
    const [infected] = await send(employee, 'brief.pdf', Buffer.from(`%PDF-1.7\n${virus}`));
    const refused = await choose(employee, infected ?? { activityId: '' }, `Toevoegen aan ${reference}`);
    expect(wordsOf(refused)).toContain('In dit bestand is een virus gevonden.');
    const [clean] = await send(employee);
    const taken = await choose(employee, clean ?? { activityId: '' }, `Toevoegen aan ${reference}`);
    expect(wordsOf(taken)).toContain('is toegevoegd aan');
  });

  it('that is away nothing is taken, and it can be tried again', async () => {
    const reference = await withScanner(await freePort());
    const [asked] = await send(employee);
    const failed = await choose(employee, asked ?? { activityId: '' }, `Toevoegen aan ${reference}`);
    expect(wordsOf(failed)).toContain('Probeer het nog eens');
    expect(wordsOf(failed)).toContain(`Toevoegen aan ${reference}`);
  });
});
