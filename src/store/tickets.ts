import { type Tickets, ticketSchema } from '../app/tickets.ts';
import type { Seal } from './seal.ts';

/** What a ticket is sealed for: nothing that lies in a store can be taken for one. */
const owner = 'ticket';

/** Tickets sealed under the organisation's key, so that any instance can read what another has issued. */
export function createTickets(seal: Pick<Seal, 'close' | 'open'>): Tickets {
  return {
    issue: (ticket) => seal.close(owner, JSON.stringify(ticket)),
    read: async (text) => {
      try {
        return ticketSchema.parse(JSON.parse(await seal.open(owner, text)));
      } catch {
        // A made-up address is no fault of ours; all that it can learn is that it leads nowhere.
        return undefined;
      }
    },
  };
}
