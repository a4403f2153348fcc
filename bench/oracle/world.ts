// Complaints of others, and as many that are not there.
import { randomUUID } from 'node:crypto';
import organisationFile from '../../demo/organisation.json' with { type: 'json' };
import { handleLog } from '../../src/app/handle-command.ts';
import type { Store } from '../../src/app/store.ts';
import { commandIdOf } from '../../src/bot/form-id.ts';
import { intakeSchema } from '../../src/domain/intake.ts';
import { organisationSchema } from '../../src/domain/organisation.ts';
import type { Person } from '../../src/domain/people.ts';

/** What somebody could ask by. */
export interface Hidden {
  id: string;
  reference: string;
  name: string;
}

const logger = { id: '00000000-0000-4000-8000-0000000000e1', name: 'Medewerker' };
const day = new Date().toISOString().slice(0, 10);

/** A word of letters alone for each number. */
export const wordOf = (n: number) =>
  `Q${String(n).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}xyz`;

export const typed = {
  ...{ name: 'Eigen Klager', relation: 'client', description: 'Twee keer niet teruggebeld.' },
  ...{ department: 'welzijn', nature: 'conduct', concernedIds: '', concernedNames: '', phone: '0701112233' },
  ...{ email: '', wish: '', evidence: '', wayIn: 'phone', entryStage: 'employee', submittedOn: day },
};

/** Fills a store: so many complaints of somebody else, and one of the asker's own, whose id is given with the others. */
export async function fill(
  store: Store,
  count: number,
  asker: Person,
): Promise<{ hidden: Hidden[]; missing: Hidden[]; own: string }> {
  const organisation = organisationSchema.parse(organisationFile);
  await store.saveOrganisation(organisation);
  const around = { store, clock: () => new Date(), noticesOwed: () => undefined };
  const log = async (name: string, by: Person) => {
    const content = intakeSchema.parse({
      ...{ ...typed, name, externalBody: false, compensation: false, concerned: [], phone: '+31701112233' },
      ...{ email: undefined, wish: undefined, evidence: undefined },
    });
    const id = commandIdOf(randomUUID(), by.id);
    const decision = await handleLog({ kind: 'logComplaint', id, content }, by, around);
    if (!decision.accepted) throw new Error(decision.refusal.code);
    return { id, reference: decision.complaint.reference, name };
  };
  const hidden: Hidden[] = [];
  for (let n = 0; n < count; n++) hidden.push(await log(`Klager ${wordOf(1000 + n)}`, logger));
  const missing = hidden.map((_hidden, n) => ({
    id: commandIdOf(randomUUID(), logger.id),
    reference: `K-${new Date().getFullYear()}-${5001 + n}`,
    name: `Klager ${wordOf(5000 + n)}`,
  }));
  return { hidden, missing, own: (await log('Eigen Klager', asker)).id };
}
