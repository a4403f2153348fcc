import { z } from 'zod';

/** Leave for one person to fetch one file of a complaint, for a short while. */
export const ticketSchema = z.object({
  personId: z.string(),
  complaintId: z.string(),
  fileId: z.string(),
  /** Until when it holds. */
  until: z.iso.datetime(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** Makes texts of tickets that nobody can read or make up, and reads them. */
export interface Tickets {
  issue(ticket: Ticket): Promise<string>;
  /** The ticket, or nothing where the text is none of ours. */
  read(text: string): Promise<Ticket | undefined>;
}
