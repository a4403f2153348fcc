import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigFault } from '../src/config/fault.ts';
import { readConfig, readOrganisationFile, readStoreConfig } from '../src/config.ts';
import { organisation } from './fixtures.ts';

const id = '8f2b1c9e-3d54-4a6b-9c01-5e7d2f3a4b6c';
const production = {
  MicrosoftAppId: id,
  MicrosoftAppTenantId: id,
  MicrosoftAppPassword: 'secret',
  SEALING_KEY_FILE: 'keys.json',
};

function faultsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (fault) {
    if (fault instanceof ConfigFault) return fault.lines;
    throw fault;
  }
  return [];
}

describe('configuration', () => {
  it('for local use binds to loopback and needs nothing else', () => {
    expect(readConfig({ BOT_AUTH: 'none' })).toMatchObject({
      port: 3978,
      host: '127.0.0.1',
      auth: { kind: 'none' },
      store: { kind: 'sqlite', file: 'data/klachten.db' },
      keys: { kind: 'made', file: 'data/sealing-keys.json' },
    });
  });

  it('for production takes a secret, or a managed identity without one', () => {
    expect(readConfig(production).auth).toMatchObject({
      kind: 'SingleTenant',
      appId: id,
      password: 'secret',
    });
    const managed = { ...production, MicrosoftAppPassword: '', MicrosoftAppType: 'UserAssignedMSI' };
    expect(readConfig(managed).auth).toEqual({
      kind: 'UserAssignedMSI',
      appId: id,
      tenantId: id,
      channel: {
        issuer: 'https://api.botframework.com',
        metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
        hosts: [],
      },
    });
  });

  it('sends tokens to other hosts only where they are named', () => {
    const { auth } = readConfig({ ...production, CHANNEL_HOSTS: 'connector.example, 127.0.0.1' });
    expect(auth).toMatchObject({ channel: { hosts: ['connector.example', '127.0.0.1'] } });
  });

  it('keeps files beside the database, in a folder that is named, or in Blob Storage', () => {
    const PUBLIC_URL = 'https://bot.example/';
    const files = (changed: object) => readConfig({ ...production, PUBLIC_URL, ...changed }).files;
    expect(files({})).toMatchObject({ place: { kind: 'folder', folder: 'data/files' } });
    expect(files({ FILES_FOLDER: '/var/f' }).place).toEqual({ kind: 'folder', folder: '/var/f' });
    const BLOB_CONTAINER_URL = 'https://klachten.blob.core.windows.net/bestanden';
    expect(files({ BLOB_CONTAINER_URL }).place).toEqual({ kind: 'blob', url: BLOB_CONTAINER_URL });
    expect(files({ CLAMD_ADDRESS: '127.0.0.1:3310' })).toMatchObject({
      publicUrl: 'https://bot.example',
      scanner: { host: '127.0.0.1', port: 3310 },
    });
    expect(files({ CLAMD_ADDRESS: '/run/clamd.ctl' }).scanner).toEqual({ socket: '/run/clamd.ctl' });
  });

  it('keeps no files where nobody could look at them, nor in a folder beside Cosmos DB', () => {
    const none = { place: { kind: 'none' } };
    expect(readConfig(production).files).toMatchObject(none);
    const cosmos = { COSMOS_ENDPOINT: 'https://c.example/', PUBLIC_URL: 'https://bot.example' };
    expect(readConfig({ ...production, ...cosmos }).files).toMatchObject(none);
    expect(readStoreConfig(production).files.place).toMatchObject({ kind: 'folder' });
  });

  it('sends measurements nowhere, unless it is told where to', () => {
    const { noticesLateAfter, telemetry } = readConfig(production);
    expect([noticesLateAfter, telemetry]).toEqual([15, undefined]);
    const telemetryOf = (changed: object) => readConfig({ ...production, ...changed }).telemetry;
    const azure = `InstrumentationKey=${id};IngestionEndpoint=https://westeurope.in.applicationinsights.azure.com/`;
    expect(telemetryOf({ APPLICATIONINSIGHTS_CONNECTION_STRING: azure })).toMatchObject({
      otlp: false,
      azure,
    });
    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
    expect(telemetryOf({ ...collector, OTEL_METRIC_EXPORT_INTERVAL: '5000' })).toEqual({
      otlp: true,
      azure: undefined,
      metricInterval: 5000,
    });
  });

  it.each([
    [{}, 'MicrosoftAppId'],
    [{ MicrosoftAppId: id }, 'MicrosoftAppTenantId'],
    [{ ...production, MicrosoftAppPassword: '' }, 'MicrosoftAppPassword'],
    [{ ...production, MicrosoftAppType: 'MultiTenant' }, 'MicrosoftAppType'],
    [{ ...production, MicrosoftAppId: 'mine' }, 'MicrosoftAppId'],
    [{ ...production, SEALING_KEY_FILE: '' }, 'SEALING_KEY_FILE'],
    [{ ...production, SEALING_KEYS: '{}' }, 'SEALING_KEYS'],
    [{ ...production, COSMOS_ENDPOINT: 'somewhere' }, 'COSMOS_ENDPOINT'],
    [{ ...production, CHANNEL_METADATA_URL: 'http://keys.example/' }, 'CHANNEL_METADATA_URL'],
    [{ ...production, CHANNEL_HOSTS: 'https://connector.example/' }, 'CHANNEL_HOSTS'],
    [{ ...production, CHANNEL_HOSTS: '.trafficmanager.net' }, 'CHANNEL_HOSTS'],
    [{ ...production, PUBLIC_URL: 'http://bot.example' }, 'PUBLIC_URL'],
    [{ ...production, CLAMD_ADDRESS: 'scanner' }, 'CLAMD_ADDRESS'],
    [{ ...production, FILES_FOLDER: 'f', BLOB_CONTAINER_URL: 'https://b.example/f' }, 'FILES_FOLDER'],
    [{ BOT_AUTH: 'yes' }, 'BOT_AUTH'],
    [{ BOT_AUTH: 'none', MicrosoftAppId: id }, 'BOT_AUTH'],
    [{ BOT_AUTH: 'none', HOST: '0.0.0.0' }, 'HOST'],
    [{ BOT_AUTH: 'none', HOST: 'bot.example' }, 'HOST'],
    [{ BOT_AUTH: 'none', PORT: 'high' }, 'PORT'],
    [{ BOT_AUTH: 'none', PORT: '70000' }, 'PORT'],
    [{ BOT_AUTH: 'none', LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ BOT_AUTH: 'none', NOTICES_LATE_AFTER: '0' }, 'NOTICES_LATE_AFTER'],
    [{ BOT_AUTH: 'none', NOTICES_LATE_AFTER: 'soon' }, 'NOTICES_LATE_AFTER'],
    [{ BOT_AUTH: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    [{ BOT_AUTH: 'none', OTEL_METRIC_EXPORT_INTERVAL: '0' }, 'OTEL_METRIC_EXPORT_INTERVAL'],
    [
      { BOT_AUTH: 'none', APPLICATIONINSIGHTS_CONNECTION_STRING: 'x' },
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
    ],
  ])('%j is refused, naming %s', (environment, variable) => {
    expect(faultsOf(() => readConfig(environment)).some((line) => line.startsWith(`${variable}: `))).toBe(
      true,
    );
  });

  it('names every fault, a line each, without the values given', () => {
    const lines = faultsOf(() => readConfig({ MicrosoftAppPassword: 'secret' }));
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain('secret');
  });
});

it('Cosmos DB is used where its address is given, with a key or by managed identity', () => {
  const endpoint = 'https://klachten.documents.azure.com:443/';
  expect(readConfig({ ...production, COSMOS_ENDPOINT: endpoint }).store).toEqual({
    kind: 'cosmos',
    endpoint,
    key: undefined,
    database: 'klachten',
  });
});

describe('the organisation file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (content: string) => {
    const path = join(folder, 'organisation.json');
    writeFileSync(path, content);
    return path;
  };

  it('is read', () => {
    expect(readOrganisationFile(file(JSON.stringify(organisation)))).toEqual(organisation);
  });

  it.each([
    ['not there', () => join(folder, 'absent.json'), 'can not be read'],
    ['no JSON', () => file('{'), 'is no valid JSON'],
    ['without directors', () => file(JSON.stringify({ ...organisation, directors: undefined })), 'directors'],
    ['with a word too many', () => file(JSON.stringify({ ...organisation, director: [] })), 'director'],
    [
      'with two departments of one id',
      () =>
        file(
          JSON.stringify({
            ...organisation,
            departments: [organisation.departments[0], organisation.departments[0]],
          }),
        ),
      'departments',
    ],
  ])('%s is refused in a readable line', (_what, path, word) => {
    const [line] = faultsOf(() => readOrganisationFile(path()));
    expect(line).toMatch(/^ORGANISATION_FILE: /);
    expect(line).toContain(word);
  });
});

describe('npm start', () => {
  const run = (environment: Record<string, string>) =>
    spawnSync(process.execPath, ['src/main.ts'], { env: environment, encoding: 'utf8' });

  it('without an app id and without BOT_AUTH=none ends with code 1 and says why', () => {
    const { status, stderr } = run({});
    expect(status).toBe(1);
    expect(stderr).toMatch(/^MicrosoftAppId: is missing, for example .*BOT_AUTH=none instead$/m);
    expect(stderr).not.toContain('    at ');
  });

  it('without an organisation ends with code 1 and says how to give one', () => {
    const { status, stderr } = run({
      BOT_AUTH: 'none',
      PORT: '0',
      SQLITE_FILE: join(tmpdir(), `absent-${process.pid}.db`),
    });
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(tmpdir(), `absent-${process.pid}.db${suffix}`), { force: true });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ORGANISATION_FILE: is missing/);
  });
});
