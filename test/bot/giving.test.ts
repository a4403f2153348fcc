import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEvidence } from '../../src/app/evidence.ts';
import { handleLog } from '../../src/app/handle-command.ts';
import type { Store } from '../../src/app/store.ts';
import { createGiving } from '../../src/bot/giving.ts';
import { evidenceOf } from '../../src/domain/evidence.ts';
import { tellKind } from '../../src/files/file-kind.ts';
import { folderPlace } from '../../src/files/folder-place.ts';
import { createFiles } from '../../src/files/sealed-files.ts';
import { scanNothing } from '../../src/files/virus-scan.ts';
import { createTickets } from '../../src/store/tickets.ts';
import { accepted, colleague, employee, intake, now, organisation, seal } from '../fixtures.ts';
import { type Place, sqlitePlace } from '../store/places.ts';

let folder: string;
let place: Place;
let store: Store;
let fileId = '';
const tickets = createTickets(seal);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  place = await sqlitePlace();
  store = await place.open(seal);
  await store.saveOrganisation(organisation);
  const around = { store, clock: () => now, noticesOwed: () => undefined };
  await handleLog({ kind: 'logComplaint', id: 'form-1', content: intake() }, employee, around);
  const offered = { commandId: 'add', fileName: 'brief.txt', fetch: async () => Buffer.from('Beste') };
  const parts = { files: createFiles(folderPlace(folder)), tellKind, scan: scanNothing };
  const complaint = accepted(await addEvidence('form-1', offered, employee, around, parts));
  fileId = evidenceOf(complaint)[0]?.id ?? '';
});
afterAll(async () => {
  await store.close();
  await place.remove();
  rmSync(folder, { recursive: true });
});

const ticketOf = ({ id: personId }: { id: string }) =>
  tickets.issue({ personId, complaintId: 'form-1', fileId, until: '2026-11-24T09:02:00Z' });
const giving = (mayAsk = async () => true) =>
  createGiving({ store, clock: () => now, tickets, files: createFiles(folderPlace(folder)), mayAsk });

describe('giving files', () => {
  it('holds two at a time for one person, until they have them', async () => {
    const give = giving();
    const ask = async () => give(await ticketOf(employee));
    const [one, two, three] = [await ask(), await ask(), await ask()];
    expect([typeof one, typeof two, three]).toEqual(['object', 'object', 'busy']);
    expect(typeof (await give(await ticketOf(colleague)))).toBe('object');
    if (typeof one !== 'object') throw new Error('no file');
    one.done();
    one.done();
    expect(typeof (await give(await ticketOf(employee)))).toBe('object');
    expect(await give(await ticketOf(employee))).toBe('busy');
  });

  it('holds two of three that are asked for at once, whichever come first', async () => {
    const give = giving();
    const given = await Promise.all([1, 2, 3].map(async () => give(await ticketOf(employee))));
    expect(given.map((each) => (each === 'busy' ? 'busy' : typeof each)).sort()).toEqual([
      'busy',
      'object',
      'object',
    ]);
  });

  it('gives none to somebody who asks too much, and records no look', async () => {
    const before = (await store.readLog('look', { limit: 100 })).items.length;
    expect(await giving(async () => false)(await ticketOf(employee))).toBe('busy');
    expect((await store.readLog('look', { limit: 100 })).items).toHaveLength(before);
  });

  it('what leads nowhere, or fails, holds nothing', async () => {
    const give = giving();
    for (let times = 0; times < 12; times++) {
      const gone = { personId: employee.id, complaintId: 'form-9', fileId, until: '2026-11-24T09:02:00Z' };
      expect(await give(await tickets.issue(gone))).toBe('gone');
    }
    expect(typeof (await give(await ticketOf(employee)))).toBe('object');
  });
});
