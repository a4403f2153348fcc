// The template can't be compiled without Azure's own tool; these tests read it as text, and hold it to the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { variableNames } from '../../src/config/environment.ts';
import { readConfig } from '../../src/config.ts';
import { containerDefinitions } from '../../src/store/cosmos-containers.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../infra', name), 'utf8');
const template = read('main.bicep');

/** The lines of a declaration, up to the one that closes it. */
const declared = (start: string) => template.split(`\n${start} `)[1]?.split(/\n[}\]]\n/)[0] ?? '';
const textOf = (name: string) => declared(`var ${name}`).match(/^= '(.+)'/)?.[1];
const quoted = (text = '') => [...text.matchAll(/'([^']+)'/g)].map(([, word]) => word);

/** The settings that the template gives the bot, as they are written. */
const settings: Record<string, string | undefined> = Object.fromEntries(
  [...declared('resource settings').matchAll(/^ {4}(\w+): (.+)$/gm)].map(([, name, value]) => [name, value]),
);

/** Settings that are not the bot's own: the first is for Microsoft's libraries, the others for App Service. */
const notTheBots = [
  'AZURE_CLIENT_ID',
  'WEBSITES_PORT',
  'WEBSITES_CONTAINER_STOP_TIME_LIMIT',
  'WEBSITES_ENABLE_APP_SERVICE_STORAGE',
];

describe('the settings in main.bicep', () => {
  it('are all known to the bot', () => {
    expect(Object.keys(settings).length).toBeGreaterThan(notTheBots.length);
    const known = [...variableNames, ...notTheBots];
    expect(Object.keys(settings).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('are those of a bot without passwords: a managed identity, Cosmos DB, and keys from the vault', () => {
    const id = '8f2b1c9e-3d54-4a6b-9c01-5e7d2f3a4b6c';
    const settled = Object.fromEntries(
      Object.entries(settings).map(([name, value = '']) => [
        name,
        textOf(value) ?? value.replaceAll("'", ''),
      ]),
    );
    const endpoint = 'https://klachten.documents.azure.com:443/';
    const BLOB_CONTAINER_URL = 'https://klachten.blob.core.windows.net/bestanden';
    const PUBLIC_URL = 'https://klachten.azurewebsites.net';
    const fromAzure = {
      MicrosoftAppId: id,
      MicrosoftAppTenantId: id,
      COSMOS_ENDPOINT: endpoint,
      BLOB_CONTAINER_URL,
      PUBLIC_URL,
      CLAMD_ADDRESS: '',
      NOTICES_LATE_AFTER: '15',
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${id}`,
      LOG_LEVEL: 'info',
    };
    const config = readConfig({ ...settled, ...fromAzure });
    expect(config.files).toMatchObject({
      place: { kind: 'blob', url: BLOB_CONTAINER_URL, key: undefined },
      publicUrl: PUBLIC_URL,
    });
    expect(config.auth).toMatchObject({ kind: 'UserAssignedMSI', appId: id, tenantId: id });
    expect(config.store).toEqual({ kind: 'cosmos', endpoint, key: undefined, database: 'klachten' });
    expect(config.telemetry).toMatchObject({ otlp: false, azure: `InstrumentationKey=${id}` });
    expect(config.keys).toEqual({
      kind: 'given',
      keys: expect.stringMatching(/^@Microsoft\.KeyVault\(.+\)$/),
    });
    expect(String(config.port)).toBe(textOf(settings['WEBSITES_PORT'] ?? ''));
  });
});

describe('the containers in main.bicep', () => {
  it('are those of npm run cosmos:setup, with the same indexes', () => {
    const [, ...objects] = declared('var containers').split(/name: (?=')/);
    const inTemplate = objects.map((text) => {
      const [name, ...indexed] = quoted(text);
      return [name, indexed.sort()];
    });
    const inCode = containerDefinitions.map(({ id, indexingPolicy }) => [
      id,
      indexingPolicy?.includedPaths?.map(({ path }) => path).sort(),
    ]);
    expect(inTemplate).toEqual(inCode);
  });

  it('have the same partition key', () => {
    for (const { partitionKey } of containerDefinitions)
      expect(partitionKey).toEqual({ paths: [textOf('partitionPath')] });
  });
});

describe('the parameters', () => {
  const parameters = [...template.matchAll(/^param (\w+)/gm)].map(([, name]) => name);

  it('each say what they are for', () => {
    const described = [...template.matchAll(/^@description\('.+'\)\n(?:@.+\n)*param (\w+)/gm)];
    expect(described.map(([, name]) => name)).toEqual(parameters);
  });

  it('of the example are there, and its version is that of the project', () => {
    const example = read('main.bicepparam');
    const given = [...example.matchAll(/^param (\w+) = '(.*)'$/gm)].map(([, name, value]) => [name, value]);
    expect(parameters).toEqual(expect.arrayContaining(given.map(([name]) => name)));
    expect(Object.fromEntries(given)).toMatchObject({ version: project.version });
  });
});
