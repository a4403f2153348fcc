import type { IncomingMessage, ServerResponse } from 'node:http';

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Refuses requests that no part of the bot expects, before restify looks at them: it would fail on an address that is
 * none (and with it the process), write the parts of a form to disk, and unpack what is packed. In local use, where
 * nobody is checked, a page of another site in the same browser must not be able to speak for people: not by a form, not
 * by a name that leads to this computer.
 */
export function refuseRequest(
  { method, url = '', headers }: IncomingMessage,
  isLocal: boolean,
): number | undefined {
  const { host = 'localhost', origin } = headers;
  if (!url.startsWith('/') || !URL.canParse(`http://${host}${url}`)) return 400;
  if (isLocal && !loopback.test(host)) return 403;
  if (isLocal && origin !== undefined && !loopback.test(origin.replace(/^https?:\/\//, ''))) return 403;
  if (headers['content-encoding'] !== undefined) return 415;
  const isJson = /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
  return method === 'POST' && !isJson ? 415 : undefined;
}

/** Ends a request at once, with a status and nothing else. */
export function endWith(status: number, response: ServerResponse): void {
  response.writeHead(status, { connection: 'close', 'content-length': 0 });
  response.end();
}
