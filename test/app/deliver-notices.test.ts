import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, deliverNotices } from '../../src/app/deliver-notices.ts';
import { handleCommand, handleLog, type Surroundings } from '../../src/app/handle-command.ts';
import { Busy, type Message, type Messenger, Unreachable } from '../../src/app/messenger.ts';
import type { Store } from '../../src/app/store.ts';
import type { Command } from '../../src/domain/commands.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import {
  director,
  employee,
  intake,
  lead,
  newCommandId,
  now,
  organisation,
  seal,
  senior,
} from '../fixtures.ts';
import { countingCommits } from './counting.ts';

let folder: string;
let file: string;
let store: Store;
let clock: Date;
let around: Surroundings;
let delivery: Delivery;
/** What was sent, as 'kind -> whom'. */
let sent: string[];
/** What the messenger does first; throws where it fails. */
let faulty: (whom: string) => Promise<void>;

const record = async (whom: string, { notice }: Message) => {
  await faulty(whom);
  sent.push(`${notice.kind} -> ${whom}`);
  return { at: `${whom}/${sent.length}` };
};
const messenger: Messenger = {
  toPerson: ({ name }, message) => record(name, message),
  toChannel: ({ name }, message) => record(`#${name}`, message),
  update: async (place, message) => {
    await faulty(`update ${place['at']}`);
    sent.push(`update ${place['at']}: ${message.complaint.state}`);
  },
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  file = join(folder, 'test.db');
  store = openSqliteStore(file, seal);
  await store.saveOrganisation(organisation);
  clock = now;
  sent = [];
  faulty = async () => undefined;
  around = { store, clock: () => clock, noticesOwed: () => undefined };
  delivery = {
    store,
    clock: () => clock,
    messenger,
    report: () => undefined,
    postponed: () => undefined,
    unreadable: new Map(),
    taken: new Map(),
    random: () => 1,
  };
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const log = (id: string, changed: Parameters<typeof intake>[0] = {}, by = employee) =>
  handleLog({ kind: 'logComplaint', id, content: intake(changed) }, by, around);
const give = (id: string, kind: Command['kind'], content: object, by = employee) =>
  handleCommand(id, { kind, id: newCommandId(), content } as Command, by, around);
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const fail = async () => Promise.reject(new Error('away'));

const channels = { welzijn: { name: 'Klachten Welzijn', reference: { id: 'w' } } };
async function link(changed: Parameters<Store['saveOrganisation']>[0]['channels'] = channels) {
  const loaded = await store.loadOrganisation();
  await store.saveOrganisation({ ...organisation, channels: changed }, loaded?.version);
}

describe('deliverNotices', () => {
  it('sends each notice once, and then owes nothing', async () => {
    await log('form-1');
    expect(await deliverNotices(delivery)).toBe(2);
    expect(await deliverNotices(delivery)).toBe(0);
    expect(sent).toEqual(['receipt -> Medewerker', 'concerns-you -> Tweede medewerker']);
    expect((await store.load('form-1'))?.outbox).toEqual([]);
  });

  it('tries again what failed, later each time, and sends it when it can', async () => {
    await log('form-1', { concerned: [] });
    faulty = fail;
    expect(await deliverNotices(delivery)).toBe(0);
    clock = later(2000);
    expect(await deliverNotices(delivery)).toBe(0);
    faulty = async () => undefined;
    clock = later(5900);
    expect(await deliverNotices(delivery)).toBe(0);
    clock = later(6000);
    expect(await deliverNotices(delivery)).toBe(1);
  });

  it('waits as long as a busy channel asks, and does not count that as a failure', async () => {
    await log('form-1', { concerned: [] });
    faulty = async () => Promise.reject(new Busy(7000));
    await deliverNotices(delivery);
    expect((await store.load('form-1'))?.outbox).toMatchObject([
      { attempts: 0, dueAt: later(7000).toISOString() },
    ]);
  });

  it('a notice claimed by a sender that died comes back once its claim has passed', async () => {
    await log('form-1', { concerned: [] });
    await new Promise<void>((reached) => {
      faulty = () => {
        reached();
        return new Promise<void>(() => undefined);
      };
      void deliverNotices(delivery);
    });
    faulty = async () => undefined;
    expect(await deliverNotices(delivery)).toBe(0);
    clock = later(40_000);
    expect(await deliverNotices(delivery)).toBe(1);
  });

  it('two instances send two hundred notices, none lost, none twice', async () => {
    for (let count = 0; count < 100; count++) await log(`form-${count}`);
    faulty = () => new Promise((resolve) => setTimeout(resolve, 1));
    const other = openSqliteStore(file, seal);
    const rounds = async (mine: Delivery) => {
      let total = 0;
      for (let count = 0; count < 8; count++) total += await deliverNotices(mine);
      return total;
    };
    const totals = await Promise.all([rounds(delivery), rounds({ ...delivery, store: other })]);
    await other.close();
    expect(totals[0] + totals[1]).toBe(200);
    expect(sent).toHaveLength(200);
  });

  it('one document that can not be read does not keep the others waiting', async () => {
    await log('form-1');
    await log('form-2');
    const db = new DatabaseSync(file);
    db.exec(`UPDATE complaint SET sealed = 'no.thing', due_at = '2000-01-01' WHERE id = 'form-1'`);
    db.close();
    const failures: unknown[] = [];
    const report: Delivery['report'] = ({ failure }) => void (failure && failures.push(failure));
    expect(await deliverNotices({ ...delivery, report })).toBe(2);
    expect(failures).toHaveLength(1);
  });

  it('a document that could not be read for a moment is tried again half a minute later', async () => {
    await log('form-1');
    const away: Store = { ...store, load: () => Promise.reject(new Error('away')) };
    expect(await deliverNotices({ ...delivery, store: away })).toBe(0);
    expect(await deliverNotices(delivery)).toBe(0);
    clock = later(30_000);
    expect(await deliverNotices(delivery)).toBe(2);
  });

  it('however many can not be read, who comes after them is reached', async () => {
    for (let count = 0; count < 60; count++) await log(`form-${count}`, { concerned: [] });
    const db = new DatabaseSync(file);
    db.exec(`UPDATE complaint SET sealed = 'no.thing', due_at = '2000-01-01' WHERE id <> 'form-59'`);
    db.close();
    const postponed: number[] = [];
    const round = () => deliverNotices({ ...delivery, postponed: (wait) => postponed.push(wait) });
    expect(await round()).toBe(0);
    // The next fifty at once.
    expect(postponed).toEqual([0]);
    expect(await round()).toBe(1);
  });

  it('begins no round at once where nothing can be written', async () => {
    for (let count = 0; count < 60; count++)
      await handleLog({ kind: 'logComplaint', id: `form-${count}`, content: intake() }, employee, {
        ...around,
        ...(count >= 50 && { taken: delivery.taken }),
      });
    const full = () => Promise.reject(new Error('full'));
    const postponed: number[] = [];
    const failing = { ...delivery, store: { ...store, commit: full, saveRecord: full } };
    await deliverNotices({ ...failing, postponed: (wait) => postponed.push(wait) });
    expect(postponed).toEqual([]);
  });

  it('ends after the notice under way when it is told to stop', async () => {
    await log('form-1');
    const stopping = new AbortController();
    faulty = async () => stopping.abort();
    expect(await deliverNotices(delivery, stopping.signal)).toBe(1);
  });

  describe('of what this process wrote itself', () => {
    /** Who writes here sends here: what is owed is claimed as it is written. */
    const logHere = () =>
      handleLog({ kind: 'logComplaint', id: 'form-1', content: intake() }, employee, {
        ...around,
        taken: delivery.taken,
      });
    const elsewhere = () => ({ ...delivery, taken: new Map() });

    it('sends each without claiming it by a write of its own', async () => {
      await logHere();
      const { counted, commits } = countingCommits(store);
      expect(await deliverNotices({ ...delivery, store: counted })).toBe(2);
      expect(commits()).toBe(2);
      expect((await store.load('form-1'))?.outbox).toEqual([]);
    });

    it('nothing is sent by another, until its claim has passed', async () => {
      await logHere();
      expect(await deliverNotices(elsewhere())).toBe(0);
      clock = later(39_999);
      expect(await deliverNotices(elsewhere())).toBe(0);
      clock = later(40_000);
      expect(await deliverNotices(elsewhere())).toBe(2);
      expect(await deliverNotices(delivery)).toBe(0);
    });

    it('is sent though its complaint could not be read before', async () => {
      delivery.unreadable.set('form-1', later(30_000).toISOString());
      await logHere();
      expect(await deliverNotices(delivery)).toBe(2);
    });

    it('nothing is sent that another is asked to wait with', async () => {
      await logHere();
      clock = later(40_000);
      faulty = async () => Promise.reject(new Busy(60_000));
      await deliverNotices(elsewhere());
      // As if it had been claimed once, for longer.
      expect((await store.load('form-1'))?.outbox[0]).toMatchObject({ attempts: 1 });
      faulty = async () => undefined;
      expect(await deliverNotices(delivery)).toBe(0);
    });

    it('is claimed anew where it waited too long for its turn', async () => {
      await logHere();
      clock = later(15_000);
      faulty = async () => {
        // While it is being sent, and its first claim has passed, nobody else sends it.
        if (clock < later(41_000)) clock = later(41_000);
        expect((await store.load('form-1'))?.outbox[0]).toMatchObject({ attempts: 2 });
        faulty = async () => undefined;
      };
      await deliverNotices(delivery);
      expect(sent).toEqual(['receipt -> Medewerker', 'concerns-you -> Tweede medewerker']);
    });

    it('nothing is sent by its writer that another took over meanwhile', async () => {
      await logHere();
      clock = later(40_000);
      let reached: () => void = () => undefined;
      const sending = new Promise<void>((resolve) => {
        reached = resolve;
      });
      let arrive: () => void = () => undefined;
      faulty = () => {
        reached();
        return new Promise<void>((resolve) => {
          arrive = resolve;
        });
      };
      const others = deliverNotices(elsewhere());
      await sending;
      faulty = async () => undefined;
      // Of two, one is on its way elsewhere.
      expect(await deliverNotices(delivery)).toBe(1);
      arrive();
      await others;
      expect([...sent].sort()).toEqual(['concerns-you -> Tweede medewerker', 'receipt -> Medewerker']);
    });
  });

  it('R13: who lost sight since it was made is not told', async () => {
    await log('form-1');
    await give('form-1', 'correct', { intake: intake({ concerned: [] }), reason: 'x' });
    await deliverNotices(delivery);
    expect(sent).toEqual(['receipt -> Medewerker']);
  });

  it('R13: who has left since it was made is not told', async () => {
    await log('form-1', { concerned: [] });
    const loaded = await store.loadOrganisation();
    await store.saveOrganisation({ ...organisation, former: [employee.id] }, loaded?.version);
    await deliverNotices(delivery);
    expect(sent).toEqual([]);
  });

  it('does not ask anybody for a complaint that was withdrawn meanwhile', async () => {
    await log('form-1', { entryStage: 'manager', concerned: [] });
    await give('form-1', 'withdraw', {});
    await deliverNotices(delivery);
    expect(sent).toEqual(['receipt -> Medewerker']);
  });
});

describe('where an escalation goes', () => {
  it('to the channel of the department', async () => {
    await link();
    await log('form-1', { entryStage: 'manager', concerned: [] });
    await deliverNotices(delivery);
    expect(sent).toEqual(['receipt -> Medewerker', 'escalation-requested -> #Klachten Welzijn']);
  });

  it('without a channel to its approvers themselves, and an administrator hears that one is missing', async () => {
    await log('form-1', { entryStage: 'manager', concerned: [] });
    await deliverNotices(delivery);
    await deliverNotices(delivery);
    expect(sent).toEqual([
      'receipt -> Medewerker',
      'escalation-requested -> Senior',
      'escalation-requested -> Leidinggevende',
      'channel-missing -> Beheerder',
    ]);
  });

  it('to the director in channel and chat', async () => {
    await link({ director: { name: 'Klachten directie', reference: { id: 'd' } } });
    await log('form-1', { entryStage: 'manager', concerned: [senior, lead] });
    await deliverNotices(delivery);
    await deliverNotices(delivery);
    expect(sent).toContain('escalation-requested -> #Klachten directie');
    expect(sent).toContain('escalation-requested -> Directeur-bestuurder');
  });

  it('a channel that the bot was taken out of is forgotten, and its people are told', async () => {
    await link();
    await log('form-1', { entryStage: 'manager', concerned: [] });
    faulty = async (whom) => (whom.startsWith('#') ? Promise.reject(new Unreachable('gone')) : undefined);
    await deliverNotices(delivery);
    await deliverNotices(delivery);
    expect(sent).toContain('escalation-requested -> Senior');
    expect(sent).toContain('channel-missing -> Beheerder');
    expect((await store.loadOrganisation())?.organisation.channels).toEqual({});
  });

  it('approvers who can’t be reached: the director hears by reference, an administrator that it failed', async () => {
    await log('form-1', { entryStage: 'manager', concerned: [] });
    const unreachable = ['Senior', 'Leidinggevende'];
    faulty = async (whom) =>
      unreachable.includes(whom) ? Promise.reject(new Unreachable('no bot')) : undefined;
    for (let count = 0; count < 4; count++) await deliverNotices(delivery);
    expect(sent).toContain('waiting-below -> Directeur-bestuurder');
    expect(sent.filter((each) => each === 'undeliverable -> Beheerder')).toHaveLength(2);
    expect((await store.load('form-1'))?.outbox).toEqual([]);
  });

  it('a notice that fails for hours ends with the administrator, not in silence', async () => {
    await log('form-1', { concerned: [] });
    faulty = async (whom) => (whom === 'Medewerker' ? fail() : undefined);
    for (let hours = 0; hours < 40; hours++) {
      clock = later(hours * 3_600_000);
      await deliverNotices(delivery);
    }
    expect(sent).toEqual(['undeliverable -> Beheerder']);
    expect((await store.load('form-1'))?.outbox).toEqual([]);
  });
});

describe('posted cards', () => {
  it('follow the state, each in its place', async () => {
    await link();
    await log('form-1', { entryStage: 'manager', concerned: [] });
    await deliverNotices(delivery);
    sent = [];
    const escalation = 'form-1';
    await give('form-1', 'acceptEscalation', { escalation }, senior);
    await deliverNotices(delivery);
    expect(sent).toEqual([
      'escalation-accepted -> Medewerker',
      'update Medewerker/1: open',
      'update #Klachten Welzijn/2: open',
    ]);
    expect(await deliverNotices(delivery)).toBe(0);
  });

  it('a card that was deleted is given up, the others go on', async () => {
    await log('form-1');
    await deliverNotices(delivery);
    faulty = async (whom) =>
      whom.startsWith('update Medewerker') ? Promise.reject(new Unreachable('gone')) : undefined;
    await give('form-1', 'withdraw', {});
    await deliverNotices(delivery);
    expect(sent).toContain('update Tweede medewerker/2: withdrawn');
    expect((await store.load('form-1'))?.posted.map(({ place }) => place['at'])).not.toContain(
      'Medewerker/1',
    );
  });

  it('R13: the card of somebody who lost sight is brought up to date too', async () => {
    await log('form-1');
    await deliverNotices(delivery);
    await give('form-1', 'correct', { intake: intake({ concerned: [] }), reason: 'x' });
    await deliverNotices(delivery);
    expect(sent).toContain('update Tweede medewerker/2: open');
  });

  it('a card that can’t be brought up to date is tried ever more seldom, and given up in the end', async () => {
    await log('form-1');
    await deliverNotices(delivery);
    await give('form-1', 'withdraw', {});
    let tries = 0;
    faulty = async (whom) => {
      if (!whom.startsWith('update Medewerker')) return;
      tries++;
      await fail();
    };
    for (let minutes = 0; minutes < 60 * 24; minutes += 5) {
      clock = later(minutes * 60_000);
      await deliverNotices(delivery);
    }
    expect(tries).toBe(20);
  });

  it('R8: a director whom it is about does not hear that approvers can’t be reached', async () => {
    await log('form-1', { entryStage: 'manager', concerned: [director] });
    faulty = async (whom) => (whom === 'Senior' ? Promise.reject(new Unreachable('no bot')) : undefined);
    for (let count = 0; count < 4; count++) await deliverNotices(delivery);
    expect(sent.filter((each) => each.endsWith('Directeur-bestuurder'))).toEqual([
      'concerns-you -> Directeur-bestuurder',
    ]);
  });
});
