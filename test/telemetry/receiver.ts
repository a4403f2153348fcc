// A collector on loopback that takes OTLP over HTTP as JSON, or lets whoever sends it wait.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = string | number;
export type Attributes = Record<string, Value>;

export interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Attributes;
}

/** What was counted, or how often something was measured, last; under its attributes as JSON. */
export type Points = Map<string, number>;

interface Sent {
  key: string;
  value: { stringValue?: string; intValue?: number; doubleValue?: number };
}
const attributesOf = (sent: readonly Sent[] = []): Attributes =>
  Object.fromEntries(
    sent.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue ?? '']),
  );

export interface Receiver {
  url: string;
  /** Answers nothing from now on. */
  hang(): void;
  /** Every byte that came in, as text. */
  bytes(): string;
  /** How often something came in. */
  requests(): number;
  spans(): Span[];
  resource(): Attributes;
  points(metric: string): Points;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const bodies: { path: string; text: string }[] = [];
  let hangs = false;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      bodies.push({ path: request.url ?? '', text });
      if (!hangs) response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sent = (path: string) =>
    bodies.filter((body) => body.path === path).map(({ text }) => JSON.parse(text));
  const scopes = (kind: 'Spans' | 'Metrics') =>
    sent(kind === 'Spans' ? '/v1/traces' : '/v1/metrics').flatMap((body) => body[`resource${kind}`]);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hang: () => {
      hangs = true;
    },
    bytes: () => bodies.map(({ text }) => text).join('\n'),
    requests: () => bodies.length,
    spans: () =>
      scopes('Spans')
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans)
        .map(({ attributes, ...span }) => ({ ...span, attributes: attributesOf(attributes) })),
    resource: () => attributesOf(scopes('Metrics')[0]?.resource.attributes),
    points: (metric) => {
      const points: Points = new Map();
      const found = scopes('Metrics')
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap(({ metrics }) => metrics)
        .filter(({ name }) => name === metric);
      for (const { histogram, sum, gauge } of found) {
        for (const point of (histogram ?? sum ?? gauge).dataPoints) {
          const value = point.count ?? point.asInt ?? point.asDouble;
          points.set(JSON.stringify(attributesOf(point.attributes)), Number(value));
        }
      }
      return points;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
