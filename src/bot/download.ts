import type { TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { largestFile } from '../domain/vocabulary.ts';
import { Fault } from '../fault.ts';
import type { BotAdapter } from './adapter.ts';
import { isFileAddress } from './upload.ts';

/** How long fetching a file may take, in milliseconds; Teams waits 15 seconds for an answer. */
const downloadTimeout = 8000;

/** A file that Teams does not give any more: its address held for a short while. */
export class FileExpired extends Fault {
  override name = 'FileExpired';
}

/**
 * Fetches a file that somebody sent: from their OneDrive by an address that opens it, or (a picture that was pasted)
 * from the Bot Connector with the bot's own token, which goes nowhere else. Gives nothing where it is larger than is
 * taken. Throws a `FileExpired` where it is not to be had any more, and a fault where it can't be had now.
 */
export async function fetchSent(
  address: string,
  context: TurnContext,
  { isLocal }: { isLocal: boolean },
): Promise<Uint8Array | undefined> {
  const isPasted = isOfConnector(address, context);
  if (!isPasted && !isFileAddress(address, isLocal))
    throw new Fault('a file may not be fetched from this address');
  const response = await fetch(address, {
    headers: isPasted ? await ownToken(context) : {},
    redirect: 'error',
    signal: AbortSignal.timeout(downloadTimeout),
  });
  if ([401, 403, 404, 410].includes(response.status))
    throw new FileExpired('the file is not to be had any more');
  if (Number(response.headers.get('content-length') ?? 0) > largestFile) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok || !response.body) throw new Fault(`the file was not given: ${response.status}`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > largestFile) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether an address is one of attachments at the very Bot Connector that this activity came from. */
function isOfConnector(address: string, { activity }: TurnContext): boolean {
  if (!URL.canParse(address)) return false;
  // As it is really asked for, once its dots are worked out.
  const { origin, pathname, username, password } = new URL(address);
  const connector = new URL(activity.serviceUrl);
  const base = connector.pathname.replace(/\/+$/, '');
  const rest = pathname.startsWith(base) ? pathname.slice(base.length) : '';
  const isAttachment = /^\/v3\/attachments\/[\w~-][\w.~-]*\/views\/[\w~-]+$/.test(rest);
  return isAttachment && origin === connector.origin && username === '' && password === '';
}

async function ownToken(context: TurnContext): Promise<Record<string, string>> {
  const { ConnectorClientKey } = context.adapter as BotAdapter;
  const { credentials } = context.turnState.get<ConnectorClient>(ConnectorClientKey);
  const token = await (credentials as { getToken?: () => Promise<string | undefined> }).getToken?.();
  return token ? { authorization: `Bearer ${token}` } : {};
}
