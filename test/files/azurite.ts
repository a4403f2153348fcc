// Azure Blob Storage on loopback: Microsoft's own emulator, in memory.
import { type ChildProcess, spawn } from 'node:child_process';
import { ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { BlobPlace } from '../../src/files/blob-place.ts';
import { freePort } from '../free-port.ts';

/** The account that the emulator has, and its key, which everybody knows. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface Azurite {
  /** A container of its own. */
  freshContainer(): Promise<{ place: BlobPlace; client: ContainerClient }>;
  stop(): Promise<void>;
}

/** Starts it; it keeps what it is given until it is stopped. */
export async function startAzurite(): Promise<Azurite> {
  const port = await freePort();
  const program = new URL('../../node_modules/azurite/dist/src/blob/main.js', import.meta.url).pathname;
  const options = ['--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--disableTelemetry'];
  const running = spawn(process.execPath, [program, ...options, '--blobPort', String(port)], {
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}/${account}`;
  await answers(address);
  let made = 0;
  return {
    freshContainer: async () => {
      const url = `${address}/bestanden-${++made}`;
      const client = new ContainerClient(url, new StorageSharedKeyCredential(account, key));
      await client.create();
      return { place: { url, key }, client };
    },
    stop: () => ended(running),
  };
}

async function answers(address: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await fetch(address).catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the blob store did not start');
}

function ended(running: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    running.once('exit', () => resolve());
    running.kill();
  });
}
