// `npm run demo:year`: fills the demo with a year of complaints, and one before it to compare with.
import { parseArgs } from 'node:util';
import { readConfig, readOrganisationFile } from '../src/config.ts';
import { isYearOfComplaints, yearOf } from '../src/domain/calendar.ts';
import { readKeys } from '../src/store/keys.ts';
import { localOrganisation, openStore } from '../src/store/open-store.ts';
import { createSeal } from '../src/store/seal.ts';
import { liveYear } from './a-year.ts';

const { values } = parseArgs({
  options: { year: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const now = new Date();
const year = Number(values.year ?? yearOf(now) - 1);
const seed = Number(values.seed);
if (!isYearOfComplaints(year, now) || year === yearOf(now) || !Number.isInteger(seed)) {
  console.error(
    'Geef een jaar dat voorbij is, en een geheel getal: npm run demo:year -- --year 2025 --seed 1',
  );
  process.exit(1);
}
const files = { SQLITE_FILE: 'data/demo.db', ORGANISATION_FILE: 'demo/organisation.json' };
const config = readConfig({ ...files, ...process.env, BOT_AUTH: 'none' });

const store = await openStore(config.store, localOrganisation, createSeal(readKeys(config.keys, now)));
if (!(await store.loadOrganisation())) {
  await store.saveOrganisation(readOrganisationFile(config.organisationFile ?? files.ORGANISATION_FILE));
}
await liveYear({ year: year - 1, complaints: 48, seed }, store);
await liveYear({ year, complaints: 60, seed }, store);
await store.close();
console.log(`Toegevoegd aan de demo: 60 klachten uit ${year} en 48 uit ${year - 1}.`);
