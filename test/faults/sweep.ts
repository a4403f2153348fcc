// The retention sweep as a process of its own, so that it can be killed: `node sweep.ts <now>`.
import { destroyExpired } from '../../src/app/retention.ts';
import { readStoreConfig } from '../../src/config.ts';
import { readKeys } from '../../src/store/keys.ts';
import { localOrganisation, openStore } from '../../src/store/open-store.ts';
import { createSeal } from '../../src/store/seal.ts';

const now = new Date(String(process.argv[2]));
const config = readStoreConfig(process.env);
const store = await openStore(config.store, localOrganisation, createSeal(readKeys(config.keys, now)));
while ((await destroyExpired({ store, clock: () => now })) > 0);
await store.close();
