import type { ConnectorClient } from 'botframework-connector';
import { noTelemetry, type Operations, type Outcome, type Telemetry } from '../telemetry/telemetry.ts';

/** What is asked of the Bot Connector, by method and path. */
const operations: [method: string, path: RegExp, operation: Operations['channel']][] = [
  ['POST', /\/v3\/conversations\/?$/, 'create-conversation'],
  ['POST', /\/activities(\/[^/]+)?$/, 'send'],
  ['PUT', /\/activities\/[^/]+$/, 'update'],
  ['DELETE', /\/activities\/[^/]+$/, 'delete'],
  ['GET', /\/members\/[^/]+$/, 'read-member'],
];

/** What a call asks, without whom it is about. */
export function operationOf(method: string, url: string): Operations['channel'] {
  const { pathname } = new URL(url);
  return operations.find(([of, path]) => of === method && path.test(pathname))?.[2] ?? 'other';
}

function outcomeOf({ status }: { status: number }): Outcome {
  if (status === 429) return 'busy';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'ok';
}

/** What botbuilder leaves out of the type of its client. */
interface Piped {
  client: {
    pipeline: {
      addPolicy(
        policy: {
          name: string;
          sendRequest<R extends { status: number }>(
            request: { method: string; url: string },
            next: (request: object) => Promise<R>,
          ): Promise<R>;
        },
        options: { afterPhase: 'Retry' },
      ): void;
    };
  };
}

/** Has each call of a client to the Bot Connector measured. */
export function measureCalls(telemetry: Telemetry): (client: ConnectorClient) => void {
  if (telemetry === noTelemetry) return () => undefined;
  return (client) => {
    (client as unknown as Piped).client.pipeline.addPolicy(
      {
        name: 'klachtenbotTelemetry',
        sendRequest: (request, next) => {
          const operation = operationOf(request.method, request.url);
          return telemetry.call('channel', operation, () => next(request), outcomeOf);
        },
      },
      // Each attempt for itself, before its status becomes a fault.
      { afterPhase: 'Retry' },
    );
  };
}
