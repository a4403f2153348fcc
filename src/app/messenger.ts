import type { Complaint } from '../domain/complaint.ts';
import type { Notice } from '../domain/notices.ts';
import type { Channel, Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { Fault } from '../fault.ts';

/** What is to be shown: a notice about a complaint as it stands. */
export interface Message {
  notice: Notice;
  complaint: Complaint;
  organisation: Organisation;
}

/** Where a message stands, as the channel knows it; opaque. */
export type Place = Record<string, unknown>;

/**
 * Posts messages in people's own chats and in channels. Throws `Unreachable` where it never will arrive, `Busy` where
 * it must wait, anything else where it is unclear whether it arrived.
 */
export interface Messenger {
  toPerson(person: Person, message: Message): Promise<Place>;
  toChannel(channel: Channel, message: Message): Promise<Place>;
  /** Puts today's card in the place of one that was posted. */
  update(place: Place, message: Message): Promise<void>;
}

/** That notices wait too long: since when, in which number of minutes they are late, and whether they wait still. */
export interface Lateness {
  since: string;
  lateAfter: number;
  goesOn: boolean;
}

/** Reminds people of what is no complaint. Throws as a messenger does. */
export interface Reminder {
  /** R15: tells a coordinator that the procedure is to be evaluated. */
  remindOfEvaluation(person: Person, organisation: Organisation): Promise<void>;
  /** Tells an administrator that notices wait too long. */
  tellLateness(person: Person, lateness: Lateness): Promise<void>;
}

/** The person or channel can't be reached, today or later: the conversation is gone, or the bot is not welcome. */
export class Unreachable extends Fault {
  override name = 'Unreachable';
}

/** Nothing was sent: the channel takes no more for a while. */
export class Busy extends Fault {
  override name = 'Busy';
  /** How long to wait, in milliseconds. */
  readonly wait: number;
  constructor(wait: number) {
    super('the channel takes no more for a while');
    this.wait = wait;
  }
}
