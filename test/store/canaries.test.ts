import { describe, expect, it } from 'vitest';
import { contentSchemas } from '../../src/domain/commands.ts';
import { reseal } from '../../src/store/raw-reseal.ts';
import { createSeal, newKey } from '../../src/store/seal.ts';
import { seal, testKeys } from '../fixtures.ts';
import { everyPlace } from './places.ts';
import { canariesIn, liveIn, livesWithEveryCommand, namesKey } from './whole-lives.ts';

describe.each(everyPlace())('what lies in %s', (_name, makePlace) => {
  it('R13: after whole lives with every command nothing of anybody can be read', async () => {
    const place = await makePlace();
    const store = await place.open(seal);
    const kinds = await liveIn(store, livesWithEveryCommand());
    expect([...kinds].sort()).toEqual(Object.keys(contentSchemas).sort());
    const bytes = await place.bytes();
    expect(bytes).toContain('K-2026-0001');
    expect(canariesIn(bytes)).toEqual([]);
    await store.close();
    await place.remove();
  });

  it('R13: sealed again under a new key it says nothing of the old one, and all of it opens', async () => {
    const place = await makePlace();
    const before = await place.open(seal);
    await liveIn(before, livesWithEveryCommand().slice(0, 3));
    const ids = (await before.all({ limit: 100 })).items;
    const documents = await Promise.all(ids.map((id) => before.load(id)));
    await before.close();
    const [old] = testKeys.keys;
    if (!old) throw new Error('no key');
    expect(namesKey(await place.bytes(), old.kid)).toBe(true);

    const fresh = newKey('2026-11-24');
    const both = createSeal({ keys: [fresh, old] });
    const [raw, store] = [await place.raw(), await place.open(both)];
    const { remaining } = await reseal({ raw, store, seal: both });
    expect(remaining).toBe(0);
    expect(await raw.settle()).toBe(true);
    await Promise.all([raw.close(), store.close()]);
    const bytes = await place.bytes();
    expect(namesKey(bytes, old.kid)).toBe(false);
    expect(canariesIn(bytes)).toEqual([]);

    const after = await place.open(createSeal({ keys: [fresh] }));
    for (const [index, id] of ids.entries()) {
      const { version: _before, ...was } = documents[index] ?? { version: '' };
      const { version: _after, ...is } = (await after.load(id)) ?? { version: '' };
      expect(is).toEqual(was);
    }
    const records = (await after.records({ year: 2026 }, { limit: 100 })).items.map(({ id }) => id);
    expect(records.sort()).toEqual(documents.map((each) => each?.record?.id).sort());
    expect((await after.search(['name:kanarie'], 100)).map(({ id }) => id).sort()).toEqual(ids);
    expect((await after.readLog('look', { limit: 100 })).items).not.toEqual([]);
    expect(await after.anyContact()).toBeDefined();
    await after.close();
    await place.remove();
  });

  it('a canary that does lie in the clear is seen, also in base64', () => {
    const hidden = Buffer.from('Beste Kanarie').toString('base64url');
    expect(canariesIn('{"name":"Kanarie"}')).toEqual(['Kanarie']);
    expect(canariesIn(`{"sealed":"${hidden}"}`)).toEqual(['Kanarie']);
  });
});
