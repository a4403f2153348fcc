import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePlace } from './sealed-files.ts';

/** What a file is called until it is whole. */
const unfinished = '.part';

/** Files in a folder on a local disk: a folder for each complaint, readable by this account alone. */
export function folderPlace(folder: string): FilePlace {
  const pathOf = (complaintId: string, fileId: string) => join(folder, complaintId, fileId);
  return {
    write: async (complaintId, fileId, bytes) => {
      await mkdir(join(folder, complaintId), { recursive: true, mode: 0o700 });
      const path = pathOf(complaintId, fileId);
      const file = await open(path + unfinished, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        // Once it is named in its complaint it must be there, whatever happens to the machine.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(path + unfinished, path);
      // The names of file and folder too.
      for (const named of [join(folder, complaintId), folder]) await syncFolder(named);
    },
    read: (complaintId, fileId) => ifThere(readFile(pathOf(complaintId, fileId)), undefined),
    remove: async (complaintId, fileId) => {
      await rm(pathOf(complaintId, fileId), { force: true });
      await rm(pathOf(complaintId, fileId) + unfinished, { force: true });
      // The folder goes with its last file; while there are others it stays.
      await rmdir(join(folder, complaintId)).catch(() => undefined);
    },
    list: async (complaintId) => {
      const names = await ifThere(readdir(join(folder, complaintId)), []);
      const files = names.map(async (name) => {
        const there = await ifThere(stat(pathOf(complaintId, name)), undefined);
        return there ? [{ id: name.replace(unfinished, ''), writtenAt: there.mtime }] : [];
      });
      return (await Promise.all(files)).flat();
    },
    complaints: async function* () {
      const entries = await ifThere(readdir(folder, { withFileTypes: true }), []);
      for (const entry of entries) if (entry.isDirectory()) yield entry.name;
    },
  };
}

async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

async function ifThere<T, Other>(reading: Promise<T>, otherwise: Other): Promise<T | Other> {
  try {
    return await reading;
  } catch (fault) {
    if ((fault as { code?: unknown }).code === 'ENOENT') return otherwise;
    throw fault;
  }
}
