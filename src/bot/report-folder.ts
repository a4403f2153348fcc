import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'klachtenbot-report-';
/** After how long a folder is no longer in use, in milliseconds: a report takes minutes at most. */
const longestUse = 60 * 60_000;

/**
 * Makes a folder that this account alone can read, for as long as a report is made and read. What a process that was
 * killed left behind is removed: it may not have been checked for names.
 */
export async function withReportFolder<T>(now: Date, use: (folder: string) => Promise<T>): Promise<T> {
  await removeLeftovers(now);
  const folder = await mkdtemp(join(tmpdir(), prefix));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeLeftovers(now: Date): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    const made = await stat(folder).catch(() => undefined);
    if (made && now.getTime() - made.mtimeMs > longestUse) await rm(folder, { recursive: true, force: true });
  }
}
