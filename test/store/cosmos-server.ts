// A server that speaks Cosmos DB's protocol, and the real SDK over the wire to it.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CosmosClient, CosmosClientOptions } from '@azure/cosmos';
import { createHttpServer } from '@vercel/cosmosdb-server';
import { createCosmosClient, setUpCosmos } from '../../src/store/cosmos-containers.ts';

export interface CosmosServer {
  endpoint: string;
  key: string;
  close(): Promise<void>;
}

/** The account that is configured for the tests, or a server of their own on loopback. */
export async function startCosmos(): Promise<CosmosServer> {
  const { COSMOS_ENDPOINT, COSMOS_KEY } = process.env;
  if (COSMOS_ENDPOINT && COSMOS_KEY) {
    return { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, close: async () => undefined };
  }
  const server: Server = createHttpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    key: Buffer.from('for tests').toString('base64'),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A database of its own in the account, set up as `npm run cosmos:setup` does. */
export async function freshDatabase(
  server: CosmosServer,
): Promise<{ client: CosmosClient; database: string }> {
  const client = await clientFor(server);
  const database = `test-${randomUUID()}`;
  await setUpCosmos(client, database);
  return { client, database };
}

export const clientFor = ({ endpoint, key }: CosmosServer, options: Partial<CosmosClientOptions> = {}) =>
  createCosmosClient({ endpoint, key }, options);
