import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everybody } from '../fixtures.ts';
import { type Harness, startHarness } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ install: false });
});
afterAll(() => harness.stop());

const json = { 'content-type': 'application/json' };
const post = (body: string | Uint8Array, headers: Record<string, string> = json) =>
  fetch(harness.botUrl, { method: 'POST', headers, body: body as string });

const activity = {
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1:9/',
  conversation: { id: 'a:1', conversationType: 'personal' },
  from: { id: '29:1', aadObjectId: everybody[0]?.id },
  recipient: { id: '28:1' },
  text: 'help',
};

describe('POST /api/messages', () => {
  it.each([
    ['{}', 400],
    ['[]', 400],
    ['null', 400],
    ['7', 400],
    ['"text"', 400],
    ['', 400],
    ['{"type": "mess', 400],
    [JSON.stringify({ ...activity, type: 7 }), 400],
    [JSON.stringify({ ...activity, conversation: undefined }), 400],
    [JSON.stringify({ ...activity, conversation: { id: {} } }), 400],
    [JSON.stringify({ ...activity, from: 'me' }), 400],
    [JSON.stringify({ ...activity, serviceUrl: 'no address' }), 400],
    [JSON.stringify({ ...activity, text: 'x'.repeat(300 * 1024) }), 413],
  ])('answers %.60s with %i and no detail', async (body, status) => {
    const response = await post(body);
    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  it('answers other kinds of content with 400 or 415 and no detail', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const response = await post('type=message', { 'content-type': type });
      expect([400, 415]).toContain(response.status);
      expect(await response.text()).toBe('');
    }
  });

  it('does not unpack what is packed, so that no small body grows large', async () => {
    const response = await post(gzipSync('x'.repeat(1000)), { ...json, 'content-encoding': 'gzip' });
    expect([response.status, await response.text()]).toEqual([415, '']);
  });

  it.each(['GET', 'PUT', 'DELETE'])('answers %s with 405', async (method) => {
    const response = await fetch(harness.botUrl, { method });
    expect([response.status, await response.text()]).toEqual([405, '']);
  });

  it('answers an unknown path with 404 and no detail', async () => {
    const response = await fetch(harness.botUrl.replace('/api/messages', '/etc/passwd'));
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  it('goes on after a connection that broke off halfway', async () => {
    const { port } = harness.bot;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
        );
        setTimeout(() => socket.destroy(), 50);
      });
      socket.on('close', () => resolve());
    });
    expect((await fetch(harness.botUrl.replace('/api/messages', '/healthz'))).status).toBe(200);
  });

  it('takes an activity of a kind that it does not know', async () => {
    expect((await post(JSON.stringify({ ...activity, type: 'somethingNew' }))).status).toBe(200);
  });

  it('an unknown invoke is answered with 501', async () => {
    const response = await post(JSON.stringify({ ...activity, type: 'invoke', name: 'somethingNew' }));
    expect([response.status, await response.text()]).toEqual([501, '']);
  });
});

describe('health', () => {
  it('is alive and ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await fetch(harness.botUrl.replace('/api/messages', path))).status).toBe(200);
    }
  });
});
