// `npm run picture:report`: takes docs/report.png, a page of the yearly report on a made-up year, as LibreOffice lays it out.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { organisationSchema } from '../src/domain/organisation.ts';
import { makeReport } from '../src/report/make-report.ts';
import { localOrganisation, openStore } from '../src/store/open-store.ts';
import { createSeal, newKey } from '../src/store/seal.ts';
import { liveYear } from './a-year.ts';
import organisation from './organisation.json' with { type: 'json' };

const picture = fileURLToPath(new URL('../docs/report.png', import.meta.url));
const year = 2025;

const folder = mkdtempSync(join(tmpdir(), 'klachtenbot-picture-'));
try {
  const seal = createSeal({ keys: [newKey(`${year}-01-01`)] });
  const place = { kind: 'sqlite', file: join(folder, 'year.db') } as const;
  const store = await openStore(place, localOrganisation, seal);
  await store.saveOrganisation(organisationSchema.parse(organisation));
  await liveYear({ year: year - 1, complaints: 48, seed: 1 }, store);
  await liveYear({ year, complaints: 60, seed: 1 }, store);
  const file = join(folder, 'report.docx');
  const clock = () => new Date(`${year + 1}-02-02T09:00:00Z`);
  await makeReport({ year, format: 'docx', file }, { store, clock });
  await store.close();
  const run = (command: string, args: string[]) =>
    execFileSync(command, args, { cwd: folder, stdio: 'ignore' });
  run('soffice', ['--headless', '--convert-to', 'pdf', file]);
  run('pdftoppm', ['-png', '-r', '80', '-f', '1', '-l', '1', '-singlefile', 'report.pdf', 'page']);
  copyFileSync(join(folder, 'page.png'), picture);
  console.log(picture);
} finally {
  rmSync(folder, { recursive: true });
}
