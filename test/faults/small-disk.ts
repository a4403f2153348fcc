// A disk of a few megabytes, to be filled.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  folder: string;
  /** Leaves no room for one byte more. */
  fill(): void;
  /** Makes room again. */
  clear(): void;
  /** Nothing can be written any more; only while no file on it is open. */
  protect(): void;
  remove(): void;
}

/** Whether disks can be mounted here. */
export function mayMount(): boolean {
  try {
    smallDisk().remove();
    return true;
  } catch {
    return false;
  }
}

/** Mounts one in memory. Throws where that is not allowed. */
export function smallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'klachten-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch (fault) {
    rmdirSync(folder);
    throw fault;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'w');
      try {
        for (;;) writeSync(file, Buffer.alloc(4096));
      } catch (fault) {
        if ((fault as NodeJS.ErrnoException).code !== 'ENOSPC') throw fault;
      } finally {
        closeSync(file);
      }
    },
    clear: () => rmSync(filler),
    protect: () => void execFileSync('mount', ['-o', 'remount,ro', folder]),
    remove: () => {
      execFileSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}
