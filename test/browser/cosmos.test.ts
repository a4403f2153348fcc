import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CosmosServer, freshDatabase, startCosmos } from '../store/cosmos-server.ts';
import {
  type Demo,
  dialogOn,
  dialogSays,
  logComplaint,
  openPage,
  paneOf,
  picture,
  startDemo,
} from './demo.ts';

let cosmos: CosmosServer;
let demo: Demo;
let page: Page;

beforeAll(async () => {
  cosmos = await startCosmos();
  const { client, database } = await freshDatabase(cosmos);
  client.dispose();
  demo = await startDemo({
    COSMOS_ENDPOINT: cosmos.endpoint,
    COSMOS_KEY: cosmos.key,
    COSMOS_DATABASE: database,
  });
  ({ page } = await openPage(demo));
});
afterAll(async () => {
  await demo.stop();
  await cosmos.close();
});

describe('the demo on Cosmos DB', () => {
  it('a medewerker logs a complaint and reads it back, and the employee concerned hears of it', async () => {
    await page.goto(`${demo.address}?links=Medewerker&rechts=Tweede medewerker&thema=licht`);
    const reference = await logComplaint(page, 'left', {
      name: 'Kanarie van der Berg',
      description: 'Twee keer niet teruggebeld.',
      concerned: ['Tweede medewerker'],
    });
    await dialogOn(page).getByRole('button', { name: 'Klacht openen' }).click();
    await dialogSays(page, 'Twee keer niet teruggebeld.');
    await dialogOn(page).getByRole('button', { name: 'Klaar' }).click();
    await paneOf(page, 'right').card('Er is een klacht vastgelegd die over jou gaat').waitFor();
    await picture(page, '80-on-cosmos');
    await page.goto(`${demo.address}?links=Senior&thema=licht`);
    const stranger = paneOf(page, 'left');
    await stranger.say(`klacht ${reference}`);
    await stranger.card('Ik ken geen klacht met dit nummer die jij mag inzien').waitFor();
    expect(reference).toMatch(/^K-\d{4}-0001$/);
  });
});
