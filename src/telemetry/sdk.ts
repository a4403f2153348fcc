import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import {
  type Attributes,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import project from '../../package.json' with { type: 'json' };
import type { Log } from '../log.ts';
import { within } from '../within.ts';
import type { Exporters } from './exporters.ts';
import type { Outcome, System, Telemetry } from './telemetry.ts';

/** How long the last measurements may take to be sent when the bot is stopped, in milliseconds. */
const stopTimeout = 3000;
/** How often it is logged at most that measurements can't be sent, in milliseconds. */
const complaintInterval = 60_000;

/** Between these durations, in seconds, turns and calls are told apart. */
const boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const duration = { unit: 's', advice: { explicitBucketBoundaries: boundaries } };

/**
 * Measures with OpenTelemetry, as told by its own environment variables: a span for each turn with one for each call in
 * it, durations, counts, and what waits. Nothing is registered for others: no library adds what it knows, and no trace of
 * somebody outside is continued. What was not sent is dropped when it becomes too much.
 */
export function createOpenTelemetry(
  exporters: readonly Exporters[],
  metricInterval: number,
  log: Log,
): Telemetry {
  complainTo(log);
  const resource = resourceFromAttributes({
    'service.name': project.name,
    'service.version': project.version,
    'service.instance.id': randomUUID(),
  }).merge(detectResources({ detectors: [envDetector] }));
  const tracers = new BasicTracerProvider({
    resource,
    spanProcessors: exporters.map(({ spans }) => new BatchSpanProcessor(spans)),
  });
  const meters = new MeterProvider({
    resource,
    readers: exporters.map(
      ({ metrics }) =>
        new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: metricInterval }),
    ),
  });
  const tracer = tracers.getTracer(project.name);
  const meter = meters.getMeter(project.name);
  const turns = meter.createHistogram('klachtenbot.turn.duration', duration);
  const durations = {
    store: meter.createHistogram('klachtenbot.store.duration', duration),
    channel: meter.createHistogram('klachtenbot.channel.duration', duration),
    scanner: meter.createHistogram('klachtenbot.scanner.duration', duration),
  } satisfies Record<System, unknown>;
  const notices = meter.createCounter('klachtenbot.notices');
  const waiting = meter.createObservableGauge('klachtenbot.notices.waiting', { unit: '{complaint}' });
  const oldest = meter.createObservableGauge('klachtenbot.notices.oldest', { unit: 's' });

  /** The turn that is under way. */
  const current = new AsyncLocalStorage<Span>();

  return {
    turn: async (kind, act) => {
      const started = performance.now();
      const of = kind();
      const span = tracer.startSpan(`turn ${of.activity}`, { kind: SpanKind.SERVER }, ROOT_CONTEXT);
      let status = 500;
      try {
        status = await current.run(span, act);
        return status;
      } finally {
        const attributes = { ...of, status };
        end(span, attributes, status >= 500);
        turns.record(secondsSince(started), attributes);
      }
    },
    call: async (system, operation, act, outcomeOf) => {
      const started = performance.now();
      const turn = current.getStore();
      // What a turn set off may go on after it: that is no part of it.
      const parent = turn?.isRecording() ? trace.setSpan(ROOT_CONTEXT, turn) : undefined;
      const span = parent && tracer.startSpan(`${system} ${operation}`, { kind: SpanKind.CLIENT }, parent);
      let outcome: Outcome = 'failed';
      try {
        const result = await act();
        outcome = outcomeOf(result);
        return result;
      } finally {
        const attributes = { operation, outcome };
        if (span) end(span, attributes, outcome === 'failed');
        durations[system].record(secondsSince(started), attributes);
      }
    },
    noticed: ({ outcome, notice = 'unknown' }) => notices.add(1, { outcome, notice }),
    watch: (read) =>
      meter.addBatchObservableCallback(
        async (result) => {
          const { complaints, seconds } = await read();
          result.observe(waiting, complaints);
          result.observe(oldest, seconds);
        },
        [waiting, oldest],
      ),
    stop: async () => {
      const sending = Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
      await within(stopTimeout, sending, 'measurements were not sent in time').catch((fault) =>
        log.warn('telemetry not sent', {}, fault),
      );
    },
  };
}

const secondsSince = (started: number) => (performance.now() - started) / 1000;

function end(span: Span, attributes: Attributes, isFault: boolean): void {
  span.setAttributes(attributes);
  if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** That measurements can't be sent is logged; not the words of the library, which are not ours. */
function complainTo(log: Log): void {
  let next = 0;
  const error = () => {
    if (performance.now() < next) return;
    next = performance.now() + complaintInterval;
    log.warn('telemetry not sent');
  };
  const nothing = () => undefined;
  diag.setLogger(
    { error, warn: nothing, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
}
