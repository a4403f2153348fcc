// What every store promises; a store passes by handing in how it is opened.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ComplaintDocument, OwedNotice, Store } from '../src/app/store.ts';
import type { AnonymousRecord } from '../src/domain/anonymous-record.ts';
import type { Complaint } from '../src/domain/complaint.ts';
import { recordKey } from '../src/domain/words.ts';
import {
  accepted,
  colleague,
  employee,
  intake,
  lead,
  log,
  newCommandId,
  now,
  organisation,
  senior,
} from './fixtures.ts';

/** A place where a store keeps its data, so that it can be closed and opened again. */
export interface StorePlace {
  open(): Promise<Store>;
  remove(): Promise<void>;
  /** Every byte that lies stored, as text. */
  bytes(): Promise<string>;
}

let references = 0;

function complaint(changed: Parameters<typeof intake>[0] = {}, loggedAt = now): Complaint {
  const made = accepted(log(changed, employee, newCommandId(), { now: loggedAt, organisation }));
  return { ...made, reference: `K-2026-${String(++references).padStart(4, '0')}` };
}

const document = (made = complaint(), outbox: OwedNotice[] = []): ComplaintDocument => ({
  complaint: made,
  outbox,
  posted: [],
});

const owed = (id: string, dueAt: string): OwedNotice => ({
  id,
  notice: { kind: 'receipt', to: employee },
  dueAt,
  attempts: 0,
});

/** Pieces of sealed text, to look for afterwards. */
const sealedPieces = (bytes: string) =>
  (bytes.match(/[A-Za-z0-9_-]{200,}/g) ?? []).flatMap((run) => run.match(/.{64}/g) ?? []);

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** Runs the whole suite against one kind of store. */
export function storeContract(name: string, makePlace: () => Promise<StorePlace>): void {
  describe(`${name} as a store`, () => {
    let place: StorePlace;
    let store: Store;
    beforeEach(async () => {
      place = await makePlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    describe('a complaint', () => {
      it('is read back as it was written, by its id and by its reference', async () => {
        const written = document(complaint({ wish: 'Een é, een 🙂 en een ${x}' }), [
          owed('a', now.toISOString()),
        ]);
        expect(await store.commit(written)).toBe('committed');
        expect(await store.load(written.complaint.id)).toMatchObject(written);
        expect(await store.findByReference(written.complaint.reference)).toMatchObject(written);
      });

      it('is nothing where there is none', async () => {
        expect(await store.load('nowhere')).toBeUndefined();
        expect(await store.findByReference('K-2026-9999')).toBeUndefined();
      });

      it('is still there after closing and opening the store', async () => {
        const written = document();
        await store.commit(written);
        await store.close();
        store = await place.open();
        expect(await store.load(written.complaint.id)).toMatchObject(written);
      });

      it('is created once: a second create is a conflict, and the first stands', async () => {
        const first = document();
        await store.commit(first);
        const second = { ...first, complaint: { ...first.complaint, reference: 'K-2026-8888' } };
        expect(await store.commit(second)).toBe('conflict');
        expect(await store.load(first.complaint.id)).toMatchObject(first);
        expect(await store.findByReference('K-2026-8888')).toBeUndefined();
      });

      it('is replaced only at the version that was read', async () => {
        await store.commit(document());
        const made = document();
        await store.commit(made);
        const read = await store.load(made.complaint.id);
        const changed = { ...made, complaint: { ...made.complaint, informed: [lead] } };
        expect(await store.commit(changed, read?.version)).toBe('committed');
        expect(await store.commit(made, read?.version)).toBe('conflict');
        expect((await store.load(made.complaint.id))?.complaint.informed).toEqual([lead]);
      });

      it('is not made by a replace', async () => {
        const made = document();
        expect(await store.commit(made, '1')).toBe('conflict');
        expect(await store.load(made.complaint.id)).toBeUndefined();
      });

      it('changed by fifty at once loses nothing: each write that came back is there', async () => {
        const made = document();
        await store.commit(made);
        const add = async (number: number): Promise<void> => {
          const read = await store.load(made.complaint.id);
          if (!read) throw new Error('gone');
          const { version, outbox, ...rest } = read;
          const next = { ...rest, outbox: [...outbox, owed(`n${number}`, now.toISOString())] };
          if ((await store.commit(next, version)) === 'conflict') await add(number);
        };
        await Promise.all(Array.from({ length: 50 }, (_, number) => add(number)));
        expect(new Set((await store.load(made.complaint.id))?.outbox.map(({ id }) => id)).size).toBe(50);
      });
    });

    describe('a list', () => {
      it('holds the complaints whose audience has one of the keys, most recently logged first', async () => {
        const mine = [complaint({}, minutes(1)), complaint({}, minutes(3)), complaint({}, minutes(2))];
        const others = complaint({ concerned: [] }, minutes(4));
        for (const each of [...mine, others]) await store.commit(document(each));
        const { items } = await store.list([colleague.id], { limit: 10 });
        expect(items.map(({ id }) => id)).toEqual([mine[1]?.id, mine[2]?.id, mine[0]?.id]);
      });

      it('names a complaint once, also where several keys lead to it', async () => {
        const made = complaint({ entryStage: 'manager' });
        await store.commit(document(made));
        const { items } = await store.list([senior.id, 'approver:welzijn:manager'], { limit: 10 });
        expect(items.map(({ id }) => id)).toEqual([made.id]);
      });

      it('is paged, without a gap or a repeat, also where complaints were logged at the same moment', async () => {
        const all = Array.from({ length: 7 }, () => complaint());
        for (const each of all) await store.commit(document(each));
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.list([employee.id], { limit: 3, ...(after && { after }) });
          seen.push(...page.items.map(({ id }) => id));
          after = page.next;
        } while (after);
        expect(seen.sort()).toEqual(all.map(({ id }) => id).sort());
      });

      it('goes on where it was while others are logged in between', async () => {
        const all = [1, 2, 3, 4].map((minute) => complaint({}, minutes(minute)));
        for (const each of all) await store.commit(document(each));
        const first = await store.list([employee.id], { limit: 2 });
        await store.commit(document(complaint({}, minutes(9))));
        const second = await store.list([employee.id], {
          limit: 2,
          ...(first.next && { after: first.next }),
        });
        expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
          all.map(({ id }) => id).reverse(),
        );
      });

      it('under several keys holds the latest of them all, however many each has', async () => {
        const all = [1, 2, 3, 4, 5, 6, 7, 8].map((minute) =>
          // Every third is found by the role too, the first half by the person concerned.
          complaint(
            {
              concerned: minute < 5 ? [colleague] : [],
              entryStage: minute % 3 === 0 ? 'manager' : 'employee',
            },
            minutes(minute),
          ),
        );
        for (const each of all) await store.commit(document(each));
        const keys = ['approver:welzijn:manager', colleague.id];
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.list(keys, { limit: 2, ...(after && { after }) });
          seen.push(...page.items.map(({ id }) => id));
          after = page.next;
        } while (after);
        expect(seen).toEqual([6, 4, 3, 2, 1].map((minute) => all[minute - 1]?.id));
      });

      it('follows the audience: who lost sight no longer finds it', async () => {
        const made = complaint();
        await store.commit(document(made));
        const read = await store.load(made.id);
        const corrected = { ...made, intake: intake({ concerned: [] }) };
        await store.commit(document(corrected), read?.version);
        expect((await store.list([colleague.id], { limit: 10 })).items).toEqual([]);
        expect((await store.list([employee.id], { limit: 10 })).items).toHaveLength(1);
      });

      it('is empty for no key, for an unknown one, and past the end', async () => {
        await store.commit(document());
        expect(await store.list([], { limit: 10 })).toEqual({ items: [] });
        expect(await store.list(['stranger'], { limit: 10 })).toEqual({ items: [] });
        expect(await store.list([employee.id], { limit: 10, after: 'nonsense' })).toEqual({ items: [] });
      });
    });

    describe('the outbox', () => {
      it('names the documents with a notice that is due, longest waiting first', async () => {
        const late = document(complaint(), [
          owed('a', minutes(5).toISOString()),
          owed('b', minutes(2).toISOString()),
        ]);
        const early = document(complaint(), [owed('a', minutes(1).toISOString())]);
        const never = document();
        for (const each of [late, early, never]) await store.commit(each);
        expect(await store.due(now.toISOString(), 10)).toEqual([]);
        expect(await store.due(minutes(3).toISOString(), 10)).toEqual([
          early.complaint.id,
          late.complaint.id,
        ]);
        expect(await store.due(minutes(3).toISOString(), 1)).toEqual([early.complaint.id]);
      });

      it('no longer names a document whose notices were sent', async () => {
        const made = document(complaint(), [owed('a', now.toISOString())]);
        await store.commit(made);
        const read = await store.load(made.complaint.id);
        await store.commit({ ...made, outbox: [] }, read?.version);
        expect(await store.due(minutes(9).toISOString(), 10)).toEqual([]);
      });

      it('tells how many complaints owe a notice, and since when, however often it was put off', async () => {
        const since = (minute: number) => ({ since: minutes(minute).toISOString() });
        expect([await store.waiting(), await store.waitingSince()]).toEqual([0, undefined]);
        const late = document(complaint(), [
          { ...owed('a', minutes(50).toISOString()), ...since(2) },
          { ...owed('b', minutes(40).toISOString()), ...since(1) },
        ]);
        const early = document(complaint(), [{ ...owed('a', minutes(60).toISOString()), ...since(0) }]);
        const older = document(complaint(), [owed('a', minutes(3).toISOString())]);
        const never = { ...document(), record: { id: randomUUID(), dueAt: now.toISOString(), attempts: 0 } };
        for (const each of [late, early, older, never]) await store.commit(each);
        expect(await store.waiting()).toBe(3);
        expect(await store.waitingSince()).toBe(minutes(0).toISOString());
        expect(await store.waitingSince(minutes(0).toISOString())).toBe(minutes(1).toISOString());
        expect(await store.waitingSince(minutes(1).toISOString())).toBe(minutes(3).toISOString());
        const { version = '' } = (await store.load(early.complaint.id)) ?? {};
        await store.commit({ ...early, outbox: [] }, version);
        expect(await store.waiting()).toBe(2);
        expect(await store.waitingSince()).toBe(minutes(1).toISOString());
        expect(await store.waitingSince(minutes(3).toISOString())).toBeUndefined();
      });
    });

    describe('reference numbers', () => {
      it('count from one, each year for itself', async () => {
        expect([await store.nextNumber(2026), await store.nextNumber(2026)]).toEqual([1, 2]);
        expect(await store.nextNumber(2027)).toBe(1);
      });

      it('are never given twice, asked for by two hundred at once', async () => {
        const numbers = await Promise.all(Array.from({ length: 200 }, () => store.nextNumber(2026)));
        expect(new Set(numbers).size).toBe(200);
      });

      it('go on after the store was opened again', async () => {
        await store.nextNumber(2026);
        await store.close();
        store = await place.open();
        expect(await store.nextNumber(2026)).toBe(2);
      });
    });

    describe('the organisation', () => {
      it('is none at first, and then as it was written', async () => {
        expect(await store.loadOrganisation()).toBeUndefined();
        expect(await store.saveOrganisation(organisation)).toBe('committed');
        expect((await store.loadOrganisation())?.organisation).toEqual(organisation);
      });

      it('is replaced only at the version that was read', async () => {
        await store.saveOrganisation(organisation);
        expect(await store.saveOrganisation({ ...organisation, name: 'Anders' })).toBe('conflict');
        const read = await store.loadOrganisation();
        expect(await store.saveOrganisation({ ...organisation, name: 'Anders' }, read?.version)).toBe(
          'committed',
        );
        expect(await store.saveOrganisation(organisation, read?.version)).toBe('conflict');
        expect((await store.loadOrganisation())?.organisation.name).toBe('Anders');
      });
    });

    describe('a search', () => {
      it('finds complaints by a word of the name and by phone number, in any case and without accents', async () => {
        const made = complaint({ name: 'Éva van Dijk', phone: '+31612345678' });
        await store.commit(document(made));
        await store.commit(document(complaint({ name: 'Iemand anders', phone: '+31687654321' })));
        for (const key of ['name:eva', 'name:dijk', 'phone:+31612345678']) {
          expect((await store.search([key], 10)).map(({ id }) => id)).toEqual([made.id]);
        }
        expect(await store.search(['name:ev'], 10)).toEqual([]);
      });

      it('finds each complaint once that has one or more of several keys', async () => {
        const both = complaint({ name: 'Eva Dijk', phone: '+31612345678' }, minutes(2));
        const phone = complaint({ name: 'Iemand anders', phone: '+31612345678' }, minutes(1));
        for (const each of [both, phone, complaint({ name: 'Nog iemand' })])
          await store.commit(document(each));
        const keys = ['name:dijk', 'phone:+31612345678'];
        for (const viewer of [undefined, [employee.id]]) {
          expect((await store.search(keys, 10, viewer)).map(({ id }) => id)).toEqual([both.id, phone.id]);
        }
        expect((await store.search(keys, 1)).map(({ id }) => id)).toEqual([both.id]);
      });

      it('R13: with the keys of a viewer, finds only what their audience holds', async () => {
        const made = complaint({ name: 'Eva Dijk' });
        await store.commit(document(made));
        expect(await store.search(['name:dijk'], 10, [lead.id])).toEqual([]);
        expect(await store.search(['name:dijk'], 10, [lead.id, employee.id])).toHaveLength(1);
      });

      it('gives the latest where there are more than are asked for', async () => {
        const all = [2, 1, 3].map((minute) => complaint({ name: 'Eva Dijk' }, minutes(minute)));
        for (const each of all) await store.commit(document(each));
        const latest = [all[2]?.id, all[0]?.id];
        expect((await store.search(['name:dijk'], 2)).map(({ id }) => id)).toEqual(latest);
        expect((await store.search(['name:dijk'], 2, [employee.id])).map(({ id }) => id)).toEqual(latest);
      });

      it('R13: finds the same whether the viewer has more complaints than the name, or fewer', async () => {
        const common = [1, 2, 3].map((minute) =>
          complaint({ name: 'Eva Dijk', concerned: [] }, minutes(minute)),
        );
        const [rare, shared] = [
          complaint({ name: 'Eva Berg' }, minutes(4)),
          complaint({ name: 'Eva Dijk' }, minutes(5)),
        ];
        for (const each of [...common, rare, shared]) await store.commit(document(each));
        const found = async (key: string, viewer: string) =>
          (await store.search([key], 10, [viewer])).map(({ id }) => id);
        expect(await found('name:dijk', colleague.id)).toEqual([shared.id]);
        expect(await found('name:berg', colleague.id)).toEqual([rare.id]);
        expect(await found('name:berg', employee.id)).toEqual([rare.id]);
        expect(await found('name:dijk', 'stranger')).toEqual([]);
      });

      it('follows a correction of the name', async () => {
        const made = complaint({ name: 'Eva Dijk' });
        await store.commit(document(made));
        const read = await store.load(made.id);
        await store.commit(document({ ...made, intake: intake({ name: 'Eva Berg' }) }), read?.version);
        expect(await store.search(['name:dijk'], 10)).toEqual([]);
        expect(await store.search(['name:berg'], 10)).toHaveLength(1);
      });
    });

    it('R13: finds a complaint by its reference or its id only for keys in its audience, where keys are given', async () => {
      const made = complaint();
      await store.commit(document(made));
      expect(await store.findByReference(made.reference, [lead.id])).toBeUndefined();
      expect(await store.load(made.id, [lead.id])).toBeUndefined();
      expect(await store.load(made.id, [])).toBeUndefined();
      expect((await store.load(made.id, ['x', employee.id]))?.complaint.id).toBe(made.id);
      expect(await store.findByReference(made.reference, [])).toBeUndefined();
      expect((await store.findByReference(made.reference, ['x', employee.id]))?.complaint.id).toBe(made.id);
    });

    it('names the active complaints page by page, and leaves the ended ones out', async () => {
      const all = Array.from({ length: 5 }, () => complaint());
      for (const each of all) await store.commit(document(each));
      const ended = complaint();
      await store.commit(document({ ...ended, state: 'withdrawn', endedAt: now.toISOString() }));
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.active({ limit: 2, ...(after && { after }) });
        seen.push(...page.items);
        after = page.next;
      } while (after);
      expect(seen).toEqual(all.map(({ id }) => id).sort());
    });

    it('R14: names every complaint page by page, active or ended, but not what was destroyed', async () => {
      const all = Array.from({ length: 5 }, () => complaint());
      for (const each of all) await store.commit(document(each));
      const ended = complaint();
      const gone = complaint();
      for (const each of [ended, gone])
        await store.commit(document({ ...each, state: 'withdrawn', endedAt: now.toISOString() }));
      const { version = '' } = (await store.load(gone.id)) ?? {};
      await store.destroy(gone.id, version, now.toISOString(), 'R14');
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.all({ limit: 2, ...(after && { after }) });
        seen.push(...page.items);
        after = page.next;
      } while (after);
      expect(seen).toEqual([...all, ended].map(({ id }) => id).sort());
    });

    describe('destroying personal data (R14)', () => {
      const ended = (endedAt: string): ComplaintDocument =>
        document({ ...complaint(), state: 'withdrawn', endedAt });

      it('finds complaints by when they ended, longest ended first', async () => {
        const [late, early] = [ended(minutes(2).toISOString()), ended(minutes(1).toISOString())];
        for (const each of [late, early, document()]) await store.commit(each);
        expect(await store.endedBefore(minutes(1).toISOString(), 10)).toEqual([]);
        expect(await store.endedBefore(minutes(3).toISOString(), 10)).toEqual([
          early.complaint.id,
          late.complaint.id,
        ]);
      });

      it('takes the complaint out of everything by which it was found, for good', async () => {
        const made = ended(now.toISOString());
        const { id, reference } = made.complaint;
        await store.commit(made);
        const read = await store.load(id);
        expect(await store.destroy(id, 'another', now.toISOString(), 'R14')).toBe('conflict');
        expect(await store.destroy(id, read?.version ?? '', now.toISOString(), 'R14')).toBe('committed');
        expect(await store.load(id)).toBeUndefined();
        expect(await store.findByReference(reference)).toBeUndefined();
        expect((await store.list([employee.id], { limit: 10 })).items).toEqual([]);
        expect(await store.search(['name:berg'], 10)).toEqual([]);
        expect(await store.endedBefore(minutes(9).toISOString(), 10)).toEqual([]);
        expect(await store.commit(made)).toBe('conflict');
        expect(await store.findDestroyed(reference)).toEqual({
          reference,
          destroyedAt: now.toISOString(),
          rule: 'R14',
        });
        expect(await store.wasDestroyed(id)).toBe(true);
      });

      it('leaves no piece of what was sealed in what lies stored', async () => {
        const all = Array.from({ length: 8 }, () => ended(now.toISOString()));
        for (const each of all) await store.commit(each);
        const before = sealedPieces(await place.bytes());
        expect(before.length).toBeGreaterThan(8);
        for (const { complaint: made } of all) {
          const { version = '' } = (await store.load(made.id)) ?? {};
          await store.destroy(made.id, version, now.toISOString(), 'R14');
        }
        const after = await place.bytes();
        expect(before.filter((piece) => after.includes(piece))).toEqual([]);
      });

      it('of a complaint that is there, or never was, there is nothing left to tell', async () => {
        const made = ended(now.toISOString());
        await store.commit(made);
        expect(await store.findDestroyed(made.complaint.reference)).toBeUndefined();
        expect(await store.findDestroyed('K-2026-7777')).toBeUndefined();
        expect(await store.wasDestroyed(made.complaint.id)).toBe(false);
        expect(await store.wasDestroyed('never')).toBe(false);
      });
    });

    it('keeps the logs for the privacy officer, oldest first, page by page', async () => {
      for (let minute = 0; minute < 5; minute++) {
        const at = minutes(minute).toISOString();
        await store.recordLook({ at, personId: employee.id, reference: `K-2026-000${minute}` });
      }
      await store.recordChange({ at: now.toISOString(), personId: lead.id, change: 'directors' });
      await store.recordPrivacyUse({ at: now.toISOString(), by: 'officer', use: 'find' });
      const looks: unknown[] = [];
      let after: string | undefined;
      do {
        const page = await store.readLog('look', { limit: 2, ...(after && { after }) });
        looks.push(...page.items.map((entry) => entry.log === 'look' && entry.reference));
        after = page.next;
      } while (after);
      expect(looks).toEqual(['K-2026-0000', 'K-2026-0001', 'K-2026-0002', 'K-2026-0003', 'K-2026-0004']);
      expect((await store.readLog('change', { limit: 9 })).items).toMatchObject([
        { personId: lead.id, change: 'directors' },
      ]);
      expect((await store.readLog('privacy', { limit: 9 })).items).toMatchObject([
        { by: 'officer', use: 'find' },
      ]);
    });

    it('leases a task to one holder at a time, who may renew it, until it runs out', async () => {
      const lease = (holder: string, from: number, until: number) =>
        store.lease('task', holder, minutes(from).toISOString(), minutes(until).toISOString());
      expect(await lease('one', 0, 5)).toBe(true);
      expect(await lease('two', 1, 6)).toBe(false);
      expect(await lease('one', 2, 7)).toBe(true);
      expect(await lease('two', 6, 11)).toBe(false);
      expect(await lease('two', 7, 12)).toBe(true);
      expect(await lease('one', 8, 13)).toBe(false);
    });

    it('keeps where a person can be reached, the last word standing', async () => {
      const contact = { person: employee, locale: 'nl-NL', reference: { conversation: { id: 'a:1' } } };
      expect(await store.loadContact(employee.id)).toBeUndefined();
      await store.saveContact(contact);
      await store.saveContact({ ...contact, locale: 'en-GB' });
      expect(await store.loadContact(employee.id)).toEqual({ ...contact, locale: 'en-GB' });
    });

    it('R13: not a name, a number, an id or a word of what was typed lies in the clear', async () => {
      await store.saveOrganisation(organisation);
      await store.saveContact({
        person: employee,
        locale: 'nl',
        reference: { conversation: { id: 'a:kanariechat' } },
      });
      const notice = { kind: 'receipt' as const, to: employee };
      const posted = { id: 'p', notice, place: { id: 'kanarieplaats' }, shown: 'x', attempts: 0 };
      const made = { ...document(complaint(), [owed('a', now.toISOString())]), posted: [posted] };
      await store.commit(made);
      await store.recordLook({
        at: now.toISOString(),
        personId: employee.id,
        reference: made.complaint.reference,
      });
      await store.recordChange({ at: now.toISOString(), personId: lead.id, change: 'kanariewijziging' });
      const bytes = await place.bytes();
      expect(bytes).toContain(made.complaint.reference);
      expect(bytes).not.toMatch(
        /kanarie|van der berg|31707630606|707630606|Medewerker|Senior|Leidinggevende/i,
      );
      for (const { id } of [employee, colleague, senior, lead]) expect(bytes).not.toContain(id);
    });

    it('answers while it is open', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });
    describe('an anonymous record', () => {
      const record = (changed: Partial<AnonymousRecord> = {}): AnonymousRecord => ({
        ...{ id: randomUUID(), year: 2026, month: 11, wayIn: 'phone', relation: 'client' },
        ...{ department: 'welzijn', nature: 'conduct', entryStage: 'employee', stage: 'employee' },
        ...{ state: 'complete', outcome: 'resolved', summary: 'kanariesamenvatting' },
        conversations: { employee: 1, manager: 0, director: 0 },
        workingDays: { employee: 3, manager: 0, director: 0 },
        ...{ recommendations: [], improvements: [] },
        ...changed,
      });

      it('is made once, and replaced only at the version that was read', async () => {
        const made = record();
        expect(await store.loadRecord(made.id)).toBeUndefined();
        expect(await store.saveRecord(made)).toBe('committed');
        expect(await store.saveRecord(made)).toBe('conflict');
        const read = await store.loadRecord(made.id);
        expect(read?.record).toEqual(made);
        const moved: AnonymousRecord = { ...made, nature: 'service', year: 2025 };
        expect(await store.saveRecord(moved, read?.version)).toBe('committed');
        expect(await store.saveRecord(made, read?.version)).toBe('conflict');
        expect((await store.loadRecord(made.id))?.record).toEqual(moved);
        expect((await store.records({ year: 2026 }, { limit: 10 })).items).toEqual([]);
        expect((await store.records({ year: 2025, nature: 'service' }, { limit: 10 })).items).toEqual([
          moved,
        ]);
      });

      it('is not made by a replace', async () => {
        const made = record();
        expect(await store.saveRecord(made, '1')).toBe('conflict');
        expect(await store.loadRecord(made.id)).toBeUndefined();
      });

      it('is listed by year and nature, page by page in a fixed order, each once', async () => {
        const natures = ['conduct', 'other', 'processes', 'service'] as const;
        const made = Array.from({ length: 9 }, (_each, index) =>
          record({ nature: natures[index % natures.length] ?? 'other', year: index === 8 ? 2025 : 2026 }),
        );
        for (const each of made) await store.saveRecord(each);
        const listed: AnonymousRecord[] = [];
        let after: string | undefined;
        do {
          const page = await store.records({ year: 2026 }, { limit: 3, ...(after && { after }) });
          listed.push(...page.items);
          after = page.next;
        } while (after !== undefined);
        const placeOf = ({ nature, id }: AnonymousRecord) => `${nature}/${id}`;
        expect(listed.map(placeOf)).toEqual(
          made
            .filter(({ year }) => year === 2026)
            .map(placeOf)
            .sort(),
        );
        const { items } = await store.records({ year: 2026, nature: 'conduct' }, { limit: 10 });
        expect(items.map(({ nature }) => nature)).toEqual(['conduct', 'conduct']);
      });

      it('R13: lies sealed too, since people wrote its texts', async () => {
        await store.saveRecord(record());
        expect(await place.bytes()).not.toContain('kanariesamenvatting');
      });

      it('leads to its complaint only as long as the personal data are there', async () => {
        const id = randomUUID();
        const written = { ...document(), record: { id, attempts: 0 } };
        await store.commit(written);
        const [found] = await store.search([recordKey(id)], 2);
        expect(found?.id).toBe(written.complaint.id);
        const { version = '' } = (await store.load(written.complaint.id)) ?? {};
        expect(await store.destroy(written.complaint.id, version, now.toISOString(), 'R14')).toBe(
          'committed',
        );
        expect(await store.search([recordKey(id)], 2)).toEqual([]);
        expect(await place.bytes()).not.toContain(id);
      });

      it('that is owed is due, like a notice', async () => {
        const link = { id: randomUUID(), dueAt: minutes(5).toISOString(), attempts: 0 };
        const written = { ...document(), record: link };
        await store.commit(written);
        expect(await store.due(minutes(4).toISOString(), 10)).toEqual([]);
        expect(await store.due(minutes(5).toISOString(), 10)).toEqual([written.complaint.id]);
        expect((await store.load(written.complaint.id))?.record).toEqual(link);
      });
    });
  });
}
