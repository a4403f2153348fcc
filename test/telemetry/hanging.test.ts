// A collector that takes what is sent and never answers.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openTelemetry } from '../../src/telemetry/open-telemetry.ts';
import { at, startHarness, wordsOf } from '../bot/harness.ts';
import { employee } from '../fixtures.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const telemetry = { otlp: true, azure: undefined, metricInterval: 100 };
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  receiver.hang();
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = receiver.url;
  process.env['OTEL_BSP_SCHEDULE_DELAY'] = '100';
});
afterEach(() => receiver.close());

/** What is held in memory, in bytes, once what nobody holds is gone. */
function held(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

describe('while the collector hangs', () => {
  it('people are answered, and the bot stops within seconds', async () => {
    const harness = await startHarness({ telemetry });
    await expect.poll(() => receiver.requests(), { timeout: 5000 }).toBeGreaterThan(0);
    expect(wordsOf(await at(harness, employee).ask('help'))).toContain('Dit kan ik voor je doen');
    const receipt = await at(harness, employee).log();
    expect(wordsOf(receipt)).toContain('Uw klacht is vastgelegd');
    const started = performance.now();
    await harness.stop();
    expect(performance.now() - started).toBeLessThan(6000);
    expect(harness.logged()).toContain('"telemetry not sent"');
  });

  it('what can not be sent does not fill the memory', async () => {
    const lines: string[] = [];
    const sink = await openTelemetry(
      telemetry,
      createLog('info', { write: (line) => void lines.push(line) }),
    );
    const turn = () =>
      sink.turn(
        () => ({ activity: 'message', verb: 'none' }),
        async () => {
          await sink.call(
            'store',
            'load',
            async () => undefined,
            () => 'ok',
          );
          return 200;
        },
      );
    const many = async () => {
      for (let count = 0; count < 50_000; count++) await turn();
    };
    await many();
    const before = held();
    await many();
    await many();
    expect(held() - before).toBeLessThan(4_000_000);
    await sink.stop();
  }, 60_000);
});
