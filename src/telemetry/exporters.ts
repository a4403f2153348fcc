import type { AzureMonitorExporterOptions } from '@azure/monitor-opentelemetry-exporter';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** What sends measurements to one place. */
export interface Exporters {
  spans: SpanExporter;
  metrics: PushMetricExporter;
}

/** OTLP over HTTP, as JSON. Where to, and with which headers, stands in the `OTEL_EXPORTER_OTLP_*` variables. */
export async function otlpExporters(): Promise<Exporters> {
  const [{ OTLPTraceExporter }, { OTLPMetricExporter }] = await Promise.all([
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
  ]);
  return { spans: new OTLPTraceExporter(), metrics: new OTLPMetricExporter() };
}

/** Azure Monitor, by its own HTTP client unless another is given. Nothing is kept on the disk, and the exporter tells its makers nothing of how it is used. */
export async function azureExporters(
  connectionString: string,
  client: Pick<AzureMonitorExporterOptions, 'httpClient'> = {},
): Promise<Exporters> {
  // It has no other way to be told.
  for (const off of ['APPLICATION_INSIGHTS_NO_STATSBEAT', 'APPLICATIONINSIGHTS_SDKSTATS_DISABLED'])
    process.env[off] ??= 'true';
  const { AzureMonitorTraceExporter, AzureMonitorMetricExporter } = await import(
    '@azure/monitor-opentelemetry-exporter'
  );
  const options = { connectionString, disableOfflineStorage: true, ...client };
  return {
    spans: new AzureMonitorTraceExporter(options),
    metrics: new AzureMonitorMetricExporter(options),
  };
}
