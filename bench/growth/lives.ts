// Complaints without end, each its own: lives that were lived once, told again of other people on other days.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveYear } from '../../demo/a-year.ts';
import { createChance } from '../../demo/chance.ts';
import organisationFile from '../../demo/organisation.json' with { type: 'json' };
import { type ComplaintDocument, documentSchema } from '../../src/app/store.ts';
import { isActive } from '../../src/domain/complaint.ts';
import { organisationSchema } from '../../src/domain/organisation.ts';
import { referenceOf } from '../../src/domain/reference.ts';
import { wordsOf } from '../../src/domain/words.ts';
import type { Seal } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { approverOf, colleague, departmentId, departments, idOf } from '../large-organisation.ts';

/** How many colleagues log complaints, beside the one who is measured, and how many of them that one has. */
const colleagues = 25_000;
export const ofTheMeasured = 40;
/** Surnames of complainants: the first is by far the most common one, borne by one in some 150. */
const surnames = 5000;
/** How long ago the oldest ended, in days. */
const oldest = 6 * 365;
const day = 24 * 60 * 60_000;

/** Who is measured: an employee with as many complaints at every size, and an approver who has a share of them all. */
export const measured = {
  employee: { id: idOf(100_000), name: 'Medewerker' },
  approver: approverOf(0, 0),
};

/** What a life is told by: its text, what in it is somebody's own, and the day on which it last changed. */
interface Life {
  text: string;
  document: ComplaintDocument;
  ended: boolean;
  last: number;
}

/** The lives of a year of complaints, in every course. */
async function livesOf(seal: Seal): Promise<Life[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const store = openSqliteStore(join(folder, 'lives.db'), seal);
  await store.saveOrganisation(organisationSchema.parse(organisationFile));
  await liveYear({ year: 2025, complaints: 60, seed: 1 }, store);
  const { items } = await store.all({ limit: 1000 });
  const lives: Life[] = [];
  for (const id of items) {
    const document = documentSchema.parse(await store.load(id));
    const last = Date.parse(document.complaint.timeline.at(-1)?.at ?? '');
    lives.push({ text: JSON.stringify(document), document, ended: !isActive(document.complaint), last });
  }
  await store.close();
  rmSync(folder, { recursive: true });
  return lives;
}

/** Dates, moments, people and departments, as they stand in a life's text. */
const parts =
  /(\d{4}-\d\d-\d\d)(?:T(\d\d):\d\d:\d\d\.\d{3}Z)?|00000000-0000-4000-8000-00000000000([1-4])|"(?:welzijn|ondersteuning)"/g;

/**
 * Tells complaints by their number, the same ones for the same seed: who logged it and whom it is about are any of
 * thousands, complainants bear common and rare names, most have ended over the years. The first are the measured one's.
 * A few of the first wait for something that is to be sent tomorrow.
 */
export async function createLives(seal: Seal, now: Date, seed = 1) {
  const chance = createChance(seed);
  const names = Array.from({ length: surnames }, () => chance.word());
  const lives = await livesOf(seal);
  const [active, ended] = [lives.filter((life) => !life.ended), lives.filter((life) => life.ended)];
  const nameOf = (u: number) => names[Math.floor(surnames * u ** 1.7)] ?? '';
  const fraction = () => chance.between(0, 999_999) / 1_000_000;

  const tell = (number: number): ComplaintDocument => {
    const isMeasureds = number < ofTheMeasured;
    const life = chance.pick(isMeasureds ? (number % 10 === 0 ? active : ended) : lives);
    const age = life.ended ? chance.between(40, oldest) : chance.between(1, 4);
    const days = Math.floor((now.getTime() - life.last) / day) - age;
    const [minute, second] = [chance.between(0, 59), chance.between(0, 59)].map((n) =>
      String(n).padStart(2, '0'),
    );
    const moment = `:${minute}:${second}.${String(chance.between(0, 999)).padStart(3, '0')}Z`;
    // Of the first thousand a third, so that a full page waits for the measured approver at every size.
    const isApprovers = number < 1000 && number % 3 === 0;
    const department = isApprovers ? 0 : chance.between(0, departments - 1);
    const people = [
      isMeasureds ? measured.employee : colleague(chance.between(0, colleagues - 1)),
      colleague(chance.between(0, colleagues - 1)),
      approverOf(department, 0),
      approverOf(department, 1),
    ];
    const id = `growth-${chance.between(0, 2 ** 31)}-${number}`;
    const { complaint, record } = life.document;
    const shifted = new Map<string, string>();
    const shift = (date: string) => {
      const known = shifted.get(date) ?? new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);
      shifted.set(date, known);
      return known;
    };
    const own = life.text
      .replaceAll(complaint.id, id)
      .replaceAll(record?.id ?? '-', idOf(5_000_000 + number))
      .replace(parts, (_all, date?: string, hour?: string, person?: string) => {
        if (date) return hour === undefined ? shift(date) : `${shift(date)}T${hour}${moment}`;
        return person ? (people[Number(person) - 1]?.id ?? '') : `"${departmentId(department)}"`;
      });
    const told = JSON.parse(own) as ComplaintDocument;
    const { loggedAt } = told.complaint;
    told.complaint.reference = referenceOf(Number(loggedAt.slice(0, 4)), number + 1);
    // One of the measured one's complainants bears the common name, one a name that nobody else bears.
    const surname = number === 1 ? 'Zeldzaamheid' : nameOf(number === 0 ? 0 : fraction());
    told.complaint.intake.name = `${chance.letter()}. ${surname}`;
    told.complaint.intake.phone = `+316${chance.between(10_000_000, 59_999_999)}`;
    if (told.record && number % (number < 1000 ? 16 : 1000) === 0) {
      told.record.dueAt = new Date(now.getTime() + day).toISOString();
    }
    return told;
  };
  return { tell, commonName: wordsOf(names[0] ?? '').join(' '), rareName: 'zeldzaamheid' };
}
