import type { ContainerRequest, CosmosClient, CosmosClientOptions } from '@azure/cosmos';

/** Where the Cosmos DB account is, and how the bot gets in: with a key, or without one by managed identity. */
export interface CosmosPlace {
  endpoint: string;
  key: string | undefined;
  database: string;
}

/** The containers: complaints; counters, organisation, contacts and leases; the logs that the privacy officer reads. */
export const containers = { complaints: 'complaints', settings: 'settings', logs: 'logs' } as const;

/** Every document of an organisation lies in one partition, so that each list is answered by one. */
export const partitionPath = '/pk';

const onlyIndexed = (paths: string[]) => ({
  indexingMode: 'consistent' as const,
  automatic: true,
  includedPaths: [...paths, `${partitionPath}/?`].map((path) => ({ path })),
  excludedPaths: [{ path: '/*' }],
});

/** How each container is made: only the queried paths are indexed. */
export const containerDefinitions: ContainerRequest[] = [
  {
    id: containers.complaints,
    partitionKey: { paths: [partitionPath] },
    indexingPolicy: onlyIndexed([
      '/id/?',
      '/reference/?',
      '/place/?',
      '/active/?',
      '/endedAt/?',
      '/dueAt/?',
      '/audience/[]/?',
      '/searchKeys/[]/?',
    ]),
  },
  {
    id: containers.settings,
    partitionKey: { paths: [partitionPath] },
    indexingPolicy: onlyIndexed(['/kind/?']),
  },
  {
    id: containers.logs,
    partitionKey: { paths: [partitionPath] },
    indexingPolicy: onlyIndexed(['/log/?', '/place/?']),
  },
];

/** How long one request may take, in milliseconds. */
const requestTimeout = 10_000;

/** Makes the client; the SDK, and the identity library where no key is given, are loaded only here. */
export async function createCosmosClient(
  { endpoint, key }: Pick<CosmosPlace, 'endpoint' | 'key'>,
  options: Partial<CosmosClientOptions> = {},
): Promise<CosmosClient> {
  const { CosmosClient: Client } = await import('@azure/cosmos');
  const isLocal = endpoint.startsWith('http:');
  const credentials = key
    ? { key }
    : { aadCredentials: new (await import('@azure/identity')).DefaultAzureCredential() };
  return new Client({
    endpoint,
    ...credentials,
    connectionPolicy: {
      requestTimeout,
      enableEndpointDiscovery: !isLocal,
      retryOptions: { maxRetryAttemptCount: 3, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 5 },
    },
    ...options,
  });
}

/** Makes the database and containers where they are not there yet; may be run again without harm. */
export async function setUpCosmos(client: CosmosClient, database: string): Promise<void> {
  const created = await client.databases.createIfNotExists({ id: database });
  for (const definition of containerDefinitions) {
    const { container, resource } = await created.database.containers.createIfNotExists(definition);
    const paths = (policy: typeof definition.indexingPolicy) => JSON.stringify(policy?.includedPaths);
    if (paths(resource?.indexingPolicy) !== paths(definition.indexingPolicy)) {
      await container.replace({ ...resource, ...definition } as Parameters<typeof container.replace>[0]);
    }
  }
}
