import type { Environment } from './environment.ts';

/** Where measurements go. */
export interface TelemetryConfig {
  /** Whether to a collector that takes OTLP; the rest of it the library reads from its own variables. */
  otlp: boolean;
  /** The connection string of Azure Monitor, where they go there. */
  azure: string | undefined;
  /** How often metrics are sent, in milliseconds. */
  metricInterval: number;
}

/** Where measurements go, from the environment; nothing where they go nowhere. */
export function readTelemetry(given: Environment): TelemetryConfig | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, APPLICATIONINSIGHTS_CONNECTION_STRING: azure } = given;
  const otlp = OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  if (!otlp && azure === undefined) return undefined;
  return { otlp, azure, metricInterval: given.OTEL_METRIC_EXPORT_INTERVAL };
}
