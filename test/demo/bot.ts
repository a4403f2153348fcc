// A bot to try the local Teams with: botbuilder as it is, with a turn of the test's own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';

export interface TestBot {
  adapter: CloudAdapter;
  /** Where it takes activities. */
  url: string;
  stop(): Promise<void>;
}

/** Starts a bot on a free port; it answers 500 when a turn throws. */
export async function startBot(turn: (context: TurnContext) => Promise<void>): Promise<TestBot> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const answering = Object.assign(response, {
      status: (code: number) => Object.assign(response, { statusCode: code }),
      send: (body?: unknown) => response.end(body === undefined ? undefined : JSON.stringify(body)),
      header: (name: string, value: string) => response.setHeader(name, value),
    });
    const asked = { body: JSON.parse(text), headers: request.headers, method: request.method ?? '' };
    await adapter.process(asked, answering, turn).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    adapter,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Answers an invoke. */
export async function answer(context: TurnContext, body?: unknown): Promise<void> {
  const value: InvokeResponse = body === undefined ? { status: 200 } : { status: 200, body };
  await context.sendActivity({ type: 'invokeResponse', value });
}
