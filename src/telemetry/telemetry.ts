// What the bot tells of how it runs. Everything told is of a closed set: no text, name, id, reference or address (R13).
import type { Report } from '../app/send-notice.ts';
import type { Store } from '../app/store.ts';

/** What the bot calls, and what it asks there. */
export interface Operations {
  store: keyof Store;
  channel: 'send' | 'update' | 'delete' | 'create-conversation' | 'read-member' | 'other';
  scanner: 'scan';
}
export type System = keyof Operations;

/** How a call ended; `failed` where it threw, or the other side had a fault. */
export type Outcome = 'ok' | 'conflict' | 'infected' | 'busy' | 'refused' | 'failed';

/** What came in, in words of the bot's own: the kind of activity, and the verb of the button. */
export interface TurnKind {
  activity: string;
  verb: string;
}

/** The notices that wait: of how many complaints, and since how many seconds the oldest. */
export interface Waiting {
  complaints: number;
  seconds: number;
}

/** Takes what is measured. None of it throws, or waits for whoever it is told to. */
export interface Telemetry {
  /** A turn: how long it took, and the status that it ended with. */
  turn(kind: () => TurnKind, act: () => Promise<number>): Promise<number>;
  /** A call of something outside: how long it took, and how it ended. */
  call<S extends System, T>(
    system: S,
    operation: Operations[S],
    act: () => Promise<T>,
    outcomeOf: (result: T) => Outcome,
  ): Promise<T>;
  /** An attempt to deliver a notice or a card. */
  noticed: Report;
  /** Has the notices that wait looked at whenever measurements are sent. */
  watch(read: () => Promise<Waiting>): void;
  /** Sends what was not sent yet, or gives that up within seconds. */
  stop(): Promise<void>;
}

/** Nothing is measured. */
export const noTelemetry: Telemetry = {
  turn: (_kind, act) => act(),
  call: (_system, _operation, act) => act(),
  noticed: () => undefined,
  watch: () => undefined,
  stop: async () => undefined,
};
