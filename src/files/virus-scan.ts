import { Readable } from 'node:stream';
import type { Scan } from '../app/files.ts';
import { Fault } from '../fault.ts';
import { within } from '../within.ts';

/** How long scanning a file may take, in milliseconds. */
const patience = 6000;

/** Where a scanner listens that speaks clamd's protocol. */
export type ScannerPlace = { host: string; port: number } | { socket: string };

/** Files are let through unscanned. */
export const scanNothing: Scan = async () => 'clean';

/**
 * Has files scanned by a clamd. Only its own 'OK' counts as clean: where it can't be reached, does not answer in time,
 * or answers anything else, it throws.
 */
export function createScan(place: ScannerPlace): Scan {
  return async (content) => {
    const { default: Scanner } = await import('clamscan');
    const clamdscan = { ...place, localFallback: false, active: true, timeout: patience };
    const scanning = async () => {
      const scanner = await new Scanner().init({ clamdscan, clamscan: { active: false } });
      return scanner.scanStream(Readable.from([Buffer.from(content)]));
    };
    const answer = await within(patience, scanning(), 'the virus scanner did not answer in time');
    if (answer.isInfected) return 'infected';
    // The library is content with an OK anywhere at the end of what was said.
    const { resultString } = answer as unknown as { resultString?: string };
    if (resultString?.replaceAll('\0', '').trim() !== 'stream: OK')
      throw new Fault('the virus scanner gave no answer');
    return 'clean';
  };
}
