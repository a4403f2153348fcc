import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createScan } from '../../src/files/virus-scan.ts';
import { freePort } from '../free-port.ts';
import { type Clamd, startClamd, virus } from './clamd.ts';

let clamd: Clamd;
beforeAll(async () => {
  clamd = await startClamd();
});
afterAll(() => clamd.stop());

const scanOf = (port: number) => createScan({ host: '127.0.0.1', port });

describe('a virus scanner', () => {
  it('finds what it knows, anywhere in a file, and lets the rest through', async () => {
    const scan = scanOf(clamd.port);
    expect(await scan(Buffer.from('Een gewone brief'))).toBe('clean');
    expect(await scan(Buffer.from(`brief ${virus} einde`))).toBe('infected');
    const large = Buffer.alloc(19 * 1024 * 1024, 'a');
    expect(await scan(large)).toBe('clean');
    large.write(virus, large.length - 100);
    expect(await scan(large)).toBe('infected');
  });

  it('that is away is no answer', async () => {
    await expect(scanOf(await freePort())(Buffer.from('x'))).rejects.toThrow();
  });

  it.each([
    '',
    'stream: UNKNOWN\0',
    'INSTREAM size limit exceeded. ERROR\0',
    'PONG\0',
    'stream: Test.Virus FOUND\nstream: OK\0',
  ])('that answers %j does not say that a file is clean', async (answer) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        if (data.includes('PING')) socket.end('PONG\0');
        else if (data.includes('VERSION')) socket.end('ClamAV 1.0\0');
        else socket.end(answer);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(scanOf(port)(Buffer.from('x'))).rejects.toThrow();
    server.close();
  });
});
