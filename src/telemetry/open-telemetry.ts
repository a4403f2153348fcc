import type { TelemetryConfig } from '../config/telemetry.ts';
import type { Log } from '../log.ts';
import { noTelemetry, type Telemetry } from './telemetry.ts';

/** Opens where measurements go, as configured; nothing of it is loaded where they go nowhere. */
export async function openTelemetry(config: TelemetryConfig | undefined, log: Log): Promise<Telemetry> {
  if (!config) return noTelemetry;
  const { otlpExporters, azureExporters } = await import('./exporters.ts');
  const exporters = [
    ...(config.otlp ? [await otlpExporters()] : []),
    ...(config.azure === undefined ? [] : [await azureExporters(config.azure)]),
  ];
  const { createOpenTelemetry } = await import('./sdk.ts');
  return createOpenTelemetry(exporters, config.metricInterval, log);
}
