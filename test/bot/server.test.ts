import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
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
    [JSON.stringify({ ...activity, conversation: { id: 'a:1\u202e' } }), 400],
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

  it('leaves nothing of a form on the disk', async () => {
    const before = readdirSync(tmpdir()).length;
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(100_000)]), 'x.bin');
    const response = await fetch(harness.botUrl, { method: 'POST', body: form });
    expect(response.status).toBe(415);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('upload_'))).toEqual([]);
    expect(readdirSync(tmpdir()).length).toBeLessThanOrEqual(before + 1);
  });

  it.each([
    ['a host that is none', 'GET /healthz HTTP/1.1\r\nhost: [\r\n\r\n', 400],
    ['a host with a space', 'GET /healthz HTTP/1.1\r\nhost: a b\r\n\r\n', 400],
    ['a port that is none', 'GET /healthz HTTP/1.1\r\nhost: x:99999\r\n\r\n', 400],
    ['an address of its own', 'GET http://[/ HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n', 400],
    ['another address', 'GET http://elders.example/ HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n', 400],
    ['a star', 'OPTIONS * HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n', 400],
    ['a name that leads to this computer', 'GET /healthz HTTP/1.1\r\nhost: elders.example\r\n\r\n', 403],
  ])('answers %s with %s, and goes on', async (_what, request, status) => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(harness.bot.port, '127.0.0.1', () => socket.end(request));
      let said = '';
      socket.on('data', (part) => {
        said += part;
      });
      socket.on('end', () => resolve(said)).on('error', reject);
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await fetch(harness.botUrl.replace('/api/messages', '/healthz'))).status).toBe(200);
  });

  it('in local use takes nothing from a page of another site', async () => {
    const headers = { ...json, origin: 'https://elders.example' };
    expect((await post(JSON.stringify(activity), headers)).status).toBe(403);
    const own = { ...json, origin: harness.teams.url.replace(/\/$/, '') };
    expect((await post(JSON.stringify({ ...activity, type: 'typing' }), own)).status).toBe(200);
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
