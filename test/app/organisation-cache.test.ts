import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withOrganisationCache } from '../../src/app/organisation-cache.ts';
import type { Store } from '../../src/app/store.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { organisation, seal } from '../fixtures.ts';

describe('the organisation kept in memory', () => {
  let folder: string;
  let other: Store;
  let store: Store;
  let time: number;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'klachten-'));
    other = openSqliteStore(join(folder, 'test.db'), seal);
    time = 0;
    store = withOrganisationCache(openSqliteStore(join(folder, 'test.db'), seal), () => time);
    await store.saveOrganisation(organisation);
  });
  afterEach(async () => {
    await store.close();
    await other.close();
    rmSync(folder, { recursive: true });
  });
  const name = async () => (await store.loadOrganisation())?.organisation.name;
  const rename = async (by: Store, to: string) => {
    const loaded = await by.loadOrganisation();
    return by.saveOrganisation({ ...organisation, name: to }, loaded?.version);
  };

  it('what is changed here holds at once', async () => {
    expect(await name()).toBe('SenW LV');
    await rename(store, 'Hier');
    expect(await name()).toBe('Hier');
  });

  it('what another instance changed holds after three seconds', async () => {
    await name();
    await rename(other, 'Daar');
    expect(await name()).toBe('SenW LV');
    time += 3000;
    expect(await name()).toBe('Daar');
  });

  it('a change on what is old is a conflict, and the next one is not', async () => {
    await name();
    await rename(other, 'Daar');
    expect(await rename(store, 'Hier')).toBe('conflict');
    expect(await rename(store, 'Hier')).toBe('committed');
  });

  it('what was being read while it was changed here is not kept', async () => {
    time += 5000;
    const loaded = await other.loadOrganisation();
    const reading = store.loadOrganisation();
    const saving = store.saveOrganisation({ ...organisation, name: 'Hier' }, loaded?.version);
    await Promise.all([reading, saving]);
    expect(await name()).toBe('Hier');
  });
});
