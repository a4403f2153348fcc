// The way from the bot to Cosmos DB, on which everything can go wrong.
import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What becomes of a request: no answer, an answer of the account's, done with its answer lost, or done late (in milliseconds). */
export type Trouble =
  | 'hangs'
  | 'answer lost'
  | { status: number; headers?: Record<string, string> }
  | { late: number };

export type Way = Awaited<ReturnType<typeof startWay>>;

/** Opens a way to an account, on which `trouble.with` is asked at each request. */
export async function startWay(to: string) {
  const trouble: { with: ((request: IncomingMessage) => Trouble | undefined) | undefined } = {
    with: undefined,
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const met = trouble.with?.(request);
    if (met === 'hangs') return;
    if (typeof met === 'object' && 'status' in met) {
      request.resume();
      response.writeHead(met.status, { 'content-type': 'application/json', ...met.headers });
      response.end(JSON.stringify({ code: String(met.status), message: 'Not now.' }));
      return;
    }
    if (typeof met === 'object') await pause(met.late);
    const { method, headers, url } = request;
    const onward = request.pipe(ask(new URL(url ?? '/', to), { method, headers }));
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    if (met === 'answer lost') {
      answer.resume();
      await once(answer, 'end');
      response.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  }

  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    trouble,
    /** Nobody listens any more. */
    close,
    /** Listens again. */
    async reopen(): Promise<void> {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

/** Whether a request writes; a query is posted too. */
export const isWrite = ({ method = '', headers }: IncomingMessage) =>
  ['PUT', 'PATCH', 'DELETE'].includes(method) ||
  (method === 'POST' &&
    headers['x-ms-documentdb-isquery'] === undefined &&
    headers['content-type'] !== 'application/query+json');
