// The upload of a file by the bot, as to an upload session of OneDrive: in one piece.
import type { IncomingMessage } from 'node:http';
import type { Reply } from './connector.ts';
import type { Files } from './files.ts';

const maxBytes = 25_000_000;

/**
 * Takes the bytes of a file.
 * @param uploadId the last part of the address that the bot was told
 */
export async function answerUpload(files: Files, uploadId: string, request: IncomingMessage): Promise<Reply> {
  const { method, headers } = request;
  if (method !== 'PUT') return fault(405, 'methodNotAllowed', 'Only PUT.');
  if (!files.isOpen(uploadId)) return fault(404, 'itemNotFound', 'The upload session was not found.');
  // The address is the key; OneDrive knows no tokens of bots.
  if (headers.authorization)
    return fault(401, 'unauthenticated', 'No Authorization header is expected here.');
  const size = Number(headers['content-length'] ?? 0);
  if (headers['content-range'] !== `bytes 0-${size - 1}/${size}` || size === 0) {
    return fault(400, 'invalidRange', 'Content-Range must be bytes 0-<n-1>/<n>, with n the Content-Length.');
  }
  if (size > maxBytes) return fault(413, 'fragmentTooLarge', `At most ${maxBytes} bytes.`);

  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const file = files.keep(uploadId, Buffer.concat(chunks));
  if (!file) return fault(404, 'itemNotFound', 'The upload session was not found.');
  return { status: 201, body: { id: file.id, name: file.name, size } };
}

function fault(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}
