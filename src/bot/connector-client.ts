import type { ConnectorClient } from 'botframework-connector';

/** How long the Bot Connector may take over one call, in milliseconds. */
const callTimeout = 10_000;

/** What botbuilder's types leave out of a client: what each of its requests passes. */
interface Requests {
  removePolicy(by: { name: string }): void;
  addPolicy(policy: {
    name: string;
    sendRequest<T>(request: { timeout: number }, next: (request: { timeout: number }) => T): T;
  }): void;
}

/**
 * A client of the Bot Connector that asks once and gives up in time, with its connection. As it comes it would repeat a
 * message whose answer was lost, and post it twice, or wait by itself where it is told to: the outbox alone does that.
 */
export function askingOnce(client: ConnectorClient): ConnectorClient {
  const { pipeline } = (client as unknown as { client: { pipeline: Requests } }).client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy({
    name: 'callTimeout',
    sendRequest: (request, next) => {
      request.timeout = callTimeout;
      return next(request);
    },
  });
  return client;
}
