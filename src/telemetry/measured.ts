import type { FileParts } from '../app/files.ts';
import type { Store } from '../app/store.ts';
import { noTelemetry, type Outcome, type Telemetry, type Waiting } from './telemetry.ts';

const storeOutcome = (result: unknown): Outcome => (result === 'conflict' ? 'conflict' : 'ok');

/** A store of which each call is measured, by its name. */
export function measuredStore(store: Store, telemetry: Telemetry): Store {
  if (telemetry === noTelemetry) return store;
  const measured = (name: keyof Store) => {
    const act = store[name] as (...given: unknown[]) => Promise<unknown>;
    return (...given: unknown[]) => telemetry.call('store', name, () => act(...given), storeOutcome);
  };
  const names = Object.keys(store) as (keyof Store)[];
  return Object.fromEntries(names.map((name) => [name, measured(name)])) as unknown as Store;
}

/** Files of which each scan for viruses is measured. */
export function measuredScan({ scan, ...parts }: FileParts, telemetry: Telemetry): FileParts {
  const outcomeOf = (found: Awaited<ReturnType<typeof scan>>): Outcome => (found === 'clean' ? 'ok' : found);
  return { ...parts, scan: (content) => telemetry.call('scanner', 'scan', () => scan(content), outcomeOf) };
}

/** The notices that wait, for whoever watches. */
export async function waitingIn(
  store: Pick<Store, 'waiting' | 'waitingSince'>,
  clock: () => Date,
): Promise<Waiting> {
  const [complaints, since] = await Promise.all([store.waiting(), store.waitingSince()]);
  const waited = since === undefined ? 0 : clock().getTime() - Date.parse(since);
  return { complaints, seconds: Math.max(0, waited) / 1000 };
}
