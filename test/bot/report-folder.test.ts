import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withReportFolder } from '../../src/bot/report-folder.ts';
import { now } from '../fixtures.ts';

const madeAt = (hoursAgo: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'klachtenbot-report-'));
  const at = new Date(now.getTime() - hoursAgo * 3_600_000);
  utimesSync(folder, at, at);
  return folder;
};

it('R13: a report is made in a folder of its own, which is gone afterwards, as is what a killed process left', async () => {
  const [left, inUse] = [madeAt(2), madeAt(0.5)];
  let used = '';
  await withReportFolder(now, async (folder) => {
    used = folder;
    mkdirSync(join(folder, 'part'));
    expect(existsSync(left)).toBe(false);
    expect(existsSync(inUse)).toBe(true);
  });
  expect(existsSync(used)).toBe(false);
  rmSync(inUse, { recursive: true });
});
