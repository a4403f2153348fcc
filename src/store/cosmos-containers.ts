import type { ContainerRequest, CosmosClient, CosmosClientOptions } from '@azure/cosmos';

/** Where the Cosmos DB account is, and how the bot gets in: with a key, or without one by managed identity. */
export interface CosmosPlace {
  endpoint: string;
  key: string | undefined;
  database: string;
}

/**
 * The containers: complaints; counters, organisation, contacts and leases; the logs that the privacy officer reads;
 * anonymous records.
 */
export const containers = {
  complaints: 'complaints',
  settings: 'settings',
  logs: 'logs',
  records: 'records',
} as const;

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
      '/owedSince/?',
      '/audience/[]/?',
      '/searchKeys/[]/?',
    ]),
  },
  {
    id: containers.settings,
    partitionKey: { paths: [partitionPath] },
    indexingPolicy: onlyIndexed(['/id/?', '/kind/?']),
  },
  {
    id: containers.logs,
    partitionKey: { paths: [partitionPath] },
    indexingPolicy: onlyIndexed(['/log/?', '/place/?']),
  },
  {
    id: containers.records,
    partitionKey: { paths: [partitionPath] },
    indexingPolicy: onlyIndexed(['/place/?']),
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

/** What setting up came to: of the database and of each container, by its name. */
export interface SetUp {
  database: 'made' | 'unchanged';
  containers: Record<string, 'made' | 'unchanged' | 'reindexed'>;
}

/** Makes the database and containers where they are not there yet; may be run again without harm. */
export async function setUpCosmos(client: CosmosClient, database: string): Promise<SetUp> {
  const created = await client.databases.createIfNotExists({ id: database });
  const done: SetUp = { database: created.statusCode === 201 ? 'made' : 'unchanged', containers: {} };
  for (const definition of containerDefinitions) {
    const { container, resource, statusCode } =
      await created.database.containers.createIfNotExists(definition);
    const isAsDefined = pathsOf(resource?.indexingPolicy) === pathsOf(definition.indexingPolicy);
    if (!isAsDefined)
      await container.replace({ ...resource, ...definition } as Parameters<typeof container.replace>[0]);
    const outcome = statusCode === 201 ? 'made' : isAsDefined ? 'unchanged' : 'reindexed';
    done.containers[String(definition.id)] = outcome;
  }
  return done;
}

/** The indexed paths in a fixed order: an account may give them back in another, and adds its own. */
const pathsOf = (policy: ContainerRequest['indexingPolicy']) =>
  JSON.stringify((policy?.includedPaths ?? []).map(({ path }) => path).sort());
