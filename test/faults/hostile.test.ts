// Hostile input over HTTP: `FUZZ` activities, 10,000 unless told otherwise; `SEED` for others.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/app/store.ts';
import { dialogVerbs } from '../../src/bot/dialogs.ts';
import { requests } from '../../src/bot/requests.ts';
import { extensionCommands } from '../../src/bot/verbs.ts';
import { administrationForms } from '../../src/cards/forms/administration.ts';
import { analysisForms } from '../../src/cards/forms/analysis.ts';
import { handlingForms } from '../../src/cards/forms/handling.ts';
import { accessOf } from '../../src/domain/access.ts';
import { intakesOf } from '../../src/domain/complaint.ts';
import { createTickets } from '../../src/store/tickets.ts';
import { everybody, organisation, seal } from '../fixtures.ts';
import { allComplaints } from '../gallery/complaints.ts';
import { specimensIn } from '../gallery/specimens.ts';
import { type Act, type OverHttp, startOverHttp } from './bot-over-http.ts';
import { actsOf, bent, bentText } from './hostile.ts';
import { randomFrom, seed } from './kills.ts';

const times = Number(process.env['FUZZ'] ?? 10_000);
/** How many are sent at once. */
const atOnce = 16;

let world: OverHttp;
let acts: Act[];
/** What each complaint has that no other has, by its id. */
const canaries = new Map<string, string>();

beforeAll(async () => {
  world = await startOverHttp();
  acts = actsOf((await specimensIn('nl')).specimens, world.serviceUrl);
  for (const [, lived] of allComplaints()) {
    const canary = `kanarie${canaries.size}geheim`;
    canaries.set(lived.id, canary);
    await world.keep({ ...lived, intake: { ...lived.intake, description: `Er is ${canary}.` } });
  }
});
afterAll(() => world.stop());

/** Sends an act as somebody's, and gives what is wrong with the answer. */
async function faultsOf(act: Act, personId: string): Promise<string[]> {
  const before = await seenBy(personId);
  const { status, text } = await world.send(act, personId);
  const faults: string[] = [];
  if (status >= 500 && status !== 501) faults.push(`status ${status}`);
  if (status !== 200 && text !== '') faults.push(`a detail beside ${status}`);
  const told = [...canaries].filter(([, canary]) => text.includes(canary)).map(([id]) => id);
  const sees = told.length === 0 ? before : new Set([...before, ...(await seenBy(personId))]);
  for (const id of told) if (!sees.has(id)) faults.push(`content of ${id} to somebody who may not see it`);
  return faults;
}

/** The complaints that somebody may see in full now. */
async function seenBy(personId: string): Promise<Set<string>> {
  const seen = new Set<string>();
  for (const id of canaries.keys()) {
    const complaint = documents.get(id);
    if (complaint && accessOf(complaint, personId, organisation) === 'full') seen.add(id);
  }
  return seen;
}
/** The complaints as they lie stored, read anew after each round. */
const documents = new Map<string, NonNullable<Awaited<ReturnType<Store['load']>>>['complaint']>();
const readAnew = async () => {
  for (const id of canaries.keys()) {
    const complaint = (await world.store.load(id))?.complaint;
    if (complaint) documents.set(id, complaint);
  }
};

describe('hostile input', () => {
  it(`${times} activities, bent at random: no fault, no content to the wrong person`, async () => {
    const random = randomFrom(seed);
    const people = [...everybody.map(({ id }) => id), '00000000-0000-4000-8000-0000000000ff'];
    const ids = [...canaries.keys(), 'f'.repeat(32)];
    const found = new Map<string, Act>();
    expect(acts.length).toBeGreaterThan(150);
    for (let sent = 0; sent < times; sent += atOnce) {
      await readAnew();
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          const act = bent(acts[Math.floor(random() * acts.length)] as Act, random, ids);
          const personId = people[Math.floor(random() * people.length)] as string;
          for (const fault of await faultsOf(act, personId)) found.set(fault, act);
        }),
      );
    }
    expect([...found]).toEqual([]);
  });

  it('every verb, dialog, form and command is among what is bent', () => {
    const text = JSON.stringify(acts);
    const verbs = [...Object.keys(dialogVerbs), ...requests.map(({ verb }) => verb)];
    const forms = [handlingForms, administrationForms, analysisForms].flatMap((each) => Object.keys(each));
    const commands = Object.keys(extensionCommands);
    const onCards = [
      'accept-escalation',
      'declare-concerned',
      'add-evidence',
      'drop-file',
      'link-channel',
      'show-today',
    ];
    const missing = [...verbs, ...forms, ...commands, ...onCards].filter(
      (name) => !text.includes(`"${name}"`),
    );
    expect(missing).toEqual([]);
  });

  it('R13: no address of files is made up, and none holds for another complaint, file or person', async () => {
    const random = randomFrom(seed);
    const tickets = createTickets(seal);
    const people = [...everybody.map(({ id }) => id), '', '__proto__'];
    const until = '2026-11-24T09:02:00.000Z';
    for (let count = 0; count < times / 20; count++) {
      const pick = (all: readonly string[]) => all[Math.floor(random() * all.length)] ?? '';
      const complaintId = pick([...canaries.keys(), 'x', '../..', '${x}']);
      const ticket = await tickets.issue({
        personId: pick(people),
        complaintId,
        fileId: pick(people),
        until,
      });
      const bentTicket = random() < 0.5 ? ticket : bentText(ticket, random);
      const response = await fetch(`${world.url}/files?ticket=${encodeURIComponent(bentTicket)}`);
      // 431: longer than an address may be.
      expect([404, 429, 431]).toContain(response.status);
      const text = await response.text();
      expect([...canaries.values()].filter((canary) => text.includes(canary))).toEqual([]);
    }
  });

  it('R13: none of what was posted, logged or stored holds what a complaint holds', async () => {
    const { posted, lines } = world;
    const all = { posted: posted.join('\n'), logged: lines.join(''), stored: world.stored() };
    for (const [where, text] of Object.entries(all)) {
      const told = [...canaries.values()].filter((canary) => text.includes(canary));
      expect([where, told]).toEqual([where, []]);
    }
  });

  it('every complaint is still there, with what was logged, and opens', async () => {
    for (const [id, canary] of canaries) {
      const complaint = (await world.store.load(id))?.complaint;
      const texts = complaint ? intakesOf(complaint).map(({ description }) => description) : [];
      expect([id, texts.some((text) => text.includes(canary))]).toEqual([id, true]);
    }
    expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
  });
});
