import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { colleague, employee, lead, senior } from '../fixtures.ts';
import { type CosmosServer, freshDatabase, startCosmos } from '../store/cosmos-server.ts';
import {
  at,
  cardOf,
  dataOf,
  type Harness,
  referenceOn,
  startHarness,
  typedComplaint,
  wordsOf,
} from './harness.ts';

/** A way to the account that can be cut, and mended. */
async function startWay(to: number) {
  const open = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((socket) => {
    if (isCut) return socket.destroy();
    const onward = connect(to, '127.0.0.1');
    for (const end of [socket, onward]) {
      open.add(end);
      end.on('error', () => undefined);
      end.on('close', () => open.delete(end));
    }
    socket.pipe(onward).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
      for (const socket of open) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
    close: () => server.close(),
  };
}

describe('the bot on Cosmos DB', () => {
  let cosmos: CosmosServer;
  let way: Awaited<ReturnType<typeof startWay>>;
  let harness: Harness;
  beforeAll(async () => {
    cosmos = await startCosmos();
  });
  afterAll(() => cosmos.close());
  afterEach(async () => {
    way.mend();
    await harness.stop();
    way.close();
  });

  async function startOnCosmos() {
    const { client, database } = await freshDatabase(cosmos);
    client.dispose();
    way = await startWay(Number(new URL(cosmos.endpoint).port));
    const endpoint = `http://127.0.0.1:${way.port}`;
    harness = await startHarness({ store: { kind: 'cosmos', endpoint, key: cosmos.key, database } });
  }
  const ready = async () => (await fetch(harness.botUrl.replace('/api/messages', '/readyz'))).status;

  it('goes the way from the phone to an accepted complaint', async () => {
    await startOnCosmos();
    const receipt = await at(harness, employee).log({ entryStage: 'manager' });
    const reference = referenceOn(receipt);
    await at(harness, colleague).told('Er is een klacht die over jou gaat');
    const asked = await at(harness, senior).told('Je wordt gevraagd deze klacht over te nemen');
    const details = cardOf(await at(harness, senior).open(dataOf(asked, `${reference} openen`)));
    const taken = cardOf(await at(harness, senior).press(dataOf(details, 'Klacht aannemen')));
    expect(wordsOf(taken)).toContain('Jij behandelt deze klacht nu.');
    expect(wordsOf(await at(harness, employee).ask('mijn klachten'))).toContain(reference);
    expect(wordsOf(await at(harness, employee).ask(`klacht ${reference}`))).toContain('in behandeling');
    expect(await at(harness, lead).ask('zoek kanarie')).toBeDefined();
  });

  it('when it is away, says so, keeps what was typed, is not ready, and goes on when it is back', async () => {
    await startOnCosmos();
    const form = cardOf(await at(harness, employee).screen());
    expect(await ready()).toBe(200);
    way.cut();
    await expect.poll(ready, { timeout: 8000 }).toBe(503);
    const again = cardOf(
      await at(harness, employee).press({ ...dataOf(form, 'Vastleggen'), ...typedComplaint }),
    );
    expect(wordsOf(again)).toContain('Het is niet gelukt, of niet bevestigd.');
    way.mend();
    await expect.poll(ready, { timeout: 8000 }).toBe(200);
    const receipt = cardOf(await at(harness, employee).press(dataOf(again, 'Nog eens proberen')));
    expect(wordsOf(receipt)).toContain('Uw klacht is vastgelegd');
    const details = cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen')));
    expect(wordsOf(details)).toContain(typedComplaint.description);
    expect(harness.logged()).not.toMatch(/kanarie/i);
  }, 60_000);
});
