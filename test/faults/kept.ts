// What must hold of everything that people were told, and of what must never be read, however often the bot died.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { LocalTeams } from '../../demo/local-teams.ts';
import { owe } from '../../src/app/outbox.ts';
import type { ComplaintDocument, OwedNotice, Store } from '../../src/app/store.ts';
import { noticeView } from '../../src/cards/notice-view.ts';
import { createRender } from '../../src/cards/render.ts';
import { textsFor } from '../../src/cards/texts.ts';
import type { Command } from '../../src/domain/commands.ts';
import { type Complaint, happened } from '../../src/domain/complaint.ts';
import { decide, decideLog } from '../../src/domain/decide.ts';
import type { Organisation } from '../../src/domain/organisation.ts';
import { openStore } from '../../src/store/open-store.ts';
import { seal } from '../fixtures.ts';
import type { Place } from '../store/places.ts';
import type { Told } from './people.ts';

const render = createRender();

/** Every complaint in a store. */
export async function documentsIn(store: Store): Promise<ComplaintDocument[]> {
  const documents: ComplaintDocument[] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = await store.all({ limit: 100, ...(after && { after }) });
    for (const id of items) {
      const document = await store.load(id);
      if (document) documents.push(document);
    }
    if (next === undefined) return documents;
    after = next;
  }
}

/** What lies stored after a kill; of SQLite in a copy, so that the bot itself finds the files as it left them. */
export async function documentsAfterKill(place: Place): Promise<ComplaintDocument[]> {
  if (place.place.kind !== 'sqlite') return reading(place.open(seal), documentsIn);
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const file = join(folder, 'copy.db');
  for (const end of ['', '-wal'])
    if (existsSync(`${place.place.file}${end}`)) copyFileSync(`${place.place.file}${end}`, `${file}${end}`);
  const documents = await reading(openStore({ kind: 'sqlite', file }, '', seal), documentsIn);
  rmSync(folder, { recursive: true });
  return documents;
}

export async function reading<T>(opening: Promise<Store>, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await opening;
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/** Every receipt that was shown and every answer that said 'recorded' is true, once. */
export function expectTold(told: ReadonlyMap<string, Told>, documents: readonly ComplaintDocument[]): void {
  const stored = new Map(documents.map(({ complaint }) => [complaint.id, complaint]));
  expect([...stored.keys()].filter((id) => !told.has(id))).toEqual([]);
  expect(new Set([...stored.values()].map(({ reference }) => reference)).size).toBe(stored.size);
  for (const { id, reference, typed, recorded } of told.values()) {
    const complaint = stored.get(id);
    const commands = complaint?.timeline.map(({ commandId }) => commandId) ?? [];
    expect(new Set(commands).size).toBe(commands.length);
    if (reference === undefined) continue;
    expect(complaint?.reference).toBe(reference);
    expect(complaint?.intake).toMatchObject({
      name: typed['name'],
      description: typed['description'],
      phone: String(typed['phone']).replace(/^0/, '+31'),
    });
    expect(recorded.filter((command) => !commands.includes(command))).toEqual([]);
  }
}

const commandOf = Object.fromEntries(Object.entries(happened).map(([kind, entry]) => [entry, kind]));

/** The notices that the life of a complaint owes, found by deciding it again from its timeline. */
export function owedBy({ timeline, reference }: Complaint, organisation: Organisation): OwedNotice[] {
  let complaint: Complaint | undefined;
  return timeline.flatMap(({ kind, commandId: id, content, by, at }) => {
    const around = { organisation, now: new Date(at) };
    const command = { kind: commandOf[kind], id, content } as Command;
    const decision = complaint
      ? decide(complaint, command, by, around)
      : decideLog(command as never, reference, by, around);
    if (!decision.accepted) throw new Error(`${kind} would be refused: ${decision.refusal.code}`);
    complaint = decision.complaint;
    return owe(decision.notices, id, around.now);
  });
}

/**
 * Every notice that was owed stands in Teams and shows what is so today. Gives those that don't stand there, as 'reference
 * kind': they had passed, or are lost.
 */
export async function expectDelivered(
  { complaint, outbox, posted, record }: ComplaintDocument,
  organisation: Organisation,
  teams: LocalTeams,
): Promise<string[]> {
  expect(outbox).toEqual([]);
  expect(record?.dueAt).toBeUndefined();
  const ids = posted.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { notice, place } of posted) {
    const { reference, activityId, locale } = place as unknown as {
      reference: { conversation: { id: string } };
      activityId: string;
      locale: string;
    };
    const { view } = noticeView({ notice, complaint, organisation }, textsFor(locale));
    const message = teams.messages(reference.conversation.id).find((each) => each.activityId === activityId);
    expect(message?.card).toEqual(JSON.parse(JSON.stringify(await render(view))));
  }
  const owed = owedBy(complaint, organisation).flatMap((entry) => {
    const { to, kind } = entry.notice;
    // The director hears in the channel, and then in their own chat.
    const isBoth = !('id' in to) && to.stage === 'director' && ids.includes(entry.id);
    return [{ id: entry.id, kind }, ...(isBoth ? [{ id: `${entry.id}.0`, kind }] : [])];
  });
  expect(ids.filter((id) => !owed.some((each) => each.id === id))).toEqual([]);
  return owed.filter(({ id }) => !ids.includes(id)).map(({ kind }) => `${complaint.reference} ${kind}`);
}
