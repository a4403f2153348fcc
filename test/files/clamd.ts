// A real clamd on loopback, that knows one virus: a signature of the tests' own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';

/** What it takes for a virus. */
export const virus = 'KLACHTENBOT-TEST-VIRUS';

export interface Clamd {
  port: number;
  stop(): Promise<void>;
}

export async function startClamd(): Promise<Clamd> {
  const folder = mkdtempSync(join(tmpdir(), 'clamd-'));
  const port = await freePort();
  writeFileSync(join(folder, 'test.ndb'), `Test.Virus:0:*:${Buffer.from(virus).toString('hex')}\n`);
  const settings = [
    ...[
      'Foreground yes',
      'User root',
      `DatabaseDirectory ${folder}`,
      'TCPAddr 127.0.0.1',
      `TCPSocket ${port}`,
    ],
    ...['StreamMaxLength 25M', `TemporaryDirectory ${folder}`],
  ];
  writeFileSync(join(folder, 'clamd.conf'), `${settings.join('\n')}\n`);
  const running = spawn('/usr/sbin/clamd', ['-c', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  await listens(port);
  return {
    port,
    stop: async () => {
      running.kill();
      await once(running, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

async function listens(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('clamd did not start; it comes with the Debian package clamav-daemon');
}
