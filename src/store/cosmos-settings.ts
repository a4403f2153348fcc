import type { Store } from '../app/store.ts';
import { codeOf, inTime, type Partition, type Stored } from './cosmos-partition.ts';
import { createOpened } from './opened.ts';
import {
  contactIdsOf,
  fromContactRecord,
  openOrganisation,
  organisationId,
  sealOrganisation,
  toContactRecord,
} from './record.ts';
import type { Seal } from './seal.ts';

interface Setting extends Stored {
  kind: string;
  sealed?: string;
  number?: number;
  holder?: string;
  until?: string;
}

type Settings = Pick<
  Store,
  | 'nextNumber'
  | 'lease'
  | 'loadOrganisation'
  | 'saveOrganisation'
  | 'loadContact'
  | 'anyContact'
  | 'saveContact'
  | 'check'
>;

/** What an organisation has beside its complaints: numbers, leases, its roles, and where people can be reached. */
export function openSettings({ settings, read, query, write }: Partition, pk: string, seal: Seal): Settings {
  const contacts = createOpened((item) => fromContactRecord(item, seal));
  return {
    nextNumber: async (year) => {
      const id = `counter-${year}`;
      const increment = async (): Promise<number | undefined> => {
        const { resource } = await inTime((abortSignal) =>
          settings.item(id, pk).patch<Setting>([{ op: 'incr', path: '/number', value: 1 }], { abortSignal }),
        ).catch((fault) => {
          if (codeOf(fault) === 404) return { resource: undefined };
          throw fault;
        });
        return resource?.number;
      };
      const number = await increment();
      if (number !== undefined) return number;
      if ((await write(settings, { id, kind: 'counter', number: 1 })) === 'committed') return 1;
      return Number(await increment());
    },
    lease: async (task, holder, now, until) => {
      const id = `lease-${task}`;
      const held = await read<Setting>(settings, id);
      if (held && held.holder !== holder && String(held.until) > now) return false;
      return (await write(settings, { id, kind: 'lease', holder, until }, held?._etag)) === 'committed';
    },
    loadOrganisation: async () => {
      const item = await read<Setting>(settings, organisationId);
      return item?.sealed === undefined
        ? undefined
        : { organisation: await openOrganisation(item.sealed, seal), version: item._etag };
    },
    saveOrganisation: async (organisation, version) => {
      const sealed = await sealOrganisation(organisation, seal);
      return write(settings, { id: organisationId, kind: 'organisation', sealed }, version);
    },
    loadContact: async (personId) => {
      for (const id of contactIdsOf(personId, seal)) {
        const item = await read<Setting>(settings, id);
        if (item?.sealed !== undefined) return contacts.open({ id, sealed: item.sealed });
      }
      return undefined;
    },
    anyContact: async () => {
      const [item] = await query<Setting>(settings, '*', { where: 'c.kind = "contact"', top: 1 });
      return item?.sealed === undefined ? undefined : contacts.open({ id: item.id, sealed: item.sealed });
    },
    saveContact: async (contact) => {
      const item = { ...(await toContactRecord(contact, seal)), pk, kind: 'contact' };
      await inTime((abortSignal) => settings.items.upsert(item, { abortSignal }));
    },
    check: async () => {
      await read<Setting>(settings, organisationId);
    },
  };
}
