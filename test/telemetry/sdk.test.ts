import { hostname } from 'node:os';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { azureExporters } from '../../src/telemetry/exporters.ts';
import { openTelemetry } from '../../src/telemetry/open-telemetry.ts';
import { createOpenTelemetry } from '../../src/telemetry/sdk.ts';
import type { Telemetry } from '../../src/telemetry/telemetry.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const log = createLog('silent');
const kind = () => ({ activity: 'message', verb: 'none' });
let receiver: Receiver;
let telemetry: Telemetry;
beforeEach(async () => {
  receiver = await startReceiver();
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = receiver.url;
  telemetry = await openTelemetry({ otlp: true, azure: undefined, metricInterval: 60_000 }, log);
});
afterEach(() => receiver.close());

const load = (act: () => Promise<unknown>) => telemetry.call('store', 'load', act, () => 'ok');
const fail = async () => Promise.reject(new Error('kanariefout'));

describe('what is measured', () => {
  it('a call that throws still throws, and counts as failed; what it says is told to nobody', async () => {
    await telemetry.turn(kind, async () => {
      await expect(load(fail)).rejects.toThrow('kanariefout');
      return 200;
    });
    await telemetry.stop();
    const attributes = { operation: 'load', outcome: 'failed' };
    expect(receiver.points('klachtenbot.store.duration').get(JSON.stringify(attributes))).toBe(1);
    expect(receiver.spans()).toMatchObject([{ name: 'store load', attributes }, { name: 'turn message' }]);
    expect(receiver.bytes()).not.toContain('kanariefout');
  });

  it('a turn that throws counts as a fault', async () => {
    await expect(telemetry.turn(kind, fail)).rejects.toThrow('kanariefout');
    await telemetry.stop();
    expect(receiver.spans()).toMatchObject([{ attributes: { status: 500 } }]);
  });

  it('what a turn set off and goes on after it is no part of it', async () => {
    let later: Promise<unknown> = Promise.resolve();
    const ended = Promise.withResolvers<void>();
    await telemetry.turn(kind, async () => {
      later = ended.promise.then(() => load(async () => undefined));
      return 200;
    });
    ended.resolve();
    await later;
    await telemetry.stop();
    expect(receiver.spans().map(({ name }) => name)).toEqual(['turn message']);
    expect([...receiver.points('klachtenbot.store.duration').values()]).toEqual([1]);
  });

  it('goes to Azure Monitor too, which is told no more: not the computer, not an address', async () => {
    const azure = `InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://127.0.0.1/`;
    // It speaks HTTPS alone: what it sends is taken the last step to the receiver.
    const httpClient: HttpClient = {
      sendRequest: async (request) => {
        const response = await fetch(receiver.url, { method: 'POST', body: String(request.body) });
        const { status } = response;
        return { request, status, headers: request.headers, bodyAsText: await response.text() };
      },
    };
    telemetry = createOpenTelemetry([await azureExporters(azure, { httpClient })], 60_000, log);
    await telemetry.turn(kind, async () => {
      await load(async () => undefined);
      return 200;
    });
    await telemetry.stop();
    const bytes = receiver.bytes();
    for (const name of ['turn message', 'store load', 'klachtenbot.turn.duration'])
      expect(bytes).toContain(name);
    expect(bytes).not.toContain(hostname());
    expect(bytes).not.toContain('127.0.0.1');
  });
});
