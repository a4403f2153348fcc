import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCosmosSetup } from '../../src/cli/cosmos-setup.ts';
import { type CosmosServer, clientFor, startCosmos } from '../store/cosmos-server.ts';
import { fakeTerminal, runTool } from './terminal.ts';

let server: CosmosServer;
beforeAll(async () => {
  server = await startCosmos();
});
afterAll(() => server.close());

describe('npm run cosmos:setup', () => {
  const settings = (database: string) => ({
    COSMOS_ENDPOINT: server.endpoint,
    COSMOS_KEY: server.key,
    COSMOS_DATABASE: database,
  });
  const remove = async (database: string) => (await clientFor(server)).database(database).delete();

  it('makes what is not there, and run again changes nothing; it says so', async () => {
    const database = `test-${randomUUID()}`;
    const first = fakeTerminal(settings(database));
    expect(await runCosmosSetup([], first.terminal)).toBe(0);
    expect(first.said).toEqual([
      `Database ${database}: gemaakt.`,
      ...['complaints', 'settings', 'logs', 'records'].map((name) => `Container ${name}: gemaakt.`),
    ]);
    const again = fakeTerminal(settings(database));
    expect(await runCosmosSetup([], again.terminal)).toBe(0);
    expect(again.said).toEqual([
      `Database ${database}: was er al.`,
      ...['complaints', 'settings', 'logs', 'records'].map(
        (name) => `Container ${name}: was er al, zo als het hoort.`,
      ),
    ]);
    await remove(database);
  });

  it('brings the indexes of an older version up to date', async () => {
    const database = `test-${randomUUID()}`;
    const client = await clientFor(server);
    const made = await client.databases.create({ id: database });
    await made.database.containers.create({ id: 'settings', partitionKey: { paths: ['/pk'] } });
    const { terminal, said } = fakeTerminal(settings(database));
    expect(await runCosmosSetup([], terminal)).toBe(0);
    expect(said).toContain('Container settings: was er al; de indexen zijn bijgewerkt.');
    await remove(database);
  });

  it('refuses without an address', async () => {
    const { terminal, told } = fakeTerminal();
    expect(await runCosmosSetup([], terminal)).toBe(1);
    expect(told.join()).toContain('COSMOS_ENDPOINT');
  });

  it('runs as a process, told by options', async () => {
    const database = `test-${randomUUID()}`;
    const args = ['--endpoint', server.endpoint, '--key', server.key, '--database', database];
    const ended = await runTool('cosmos-setup', [...args, '--lang', 'en']);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain(`Database ${database}: made.`);
    await remove(database);
  });
});
