import { type Complaint, complaintSchema } from '../src/domain/complaint.ts';

const person = (id: string, name: string) => ({ id, name });
const at = '2026-11-24T09:00:00Z';
const handler = person('handler', 'Tjalling de Lijster');
const loggedBy = person('logger', 'Anne-Fleur Klaver');
const relayer = person('relayer', 'Fatima el Mus');
const director = person('director', 'Directeur-bestuurder');

const intake = {
  relation: 'client',
  name: 'Roos van der Kanarie',
  externalBody: false,
  compensation: false,
  phone: '+31612345601',
  email: 'roos.kanarie@voorbeeld.nl',
  submittedOn: '2026-11-24',
  wayIn: 'phone',
  entryStage: 'employee',
  department: 'welzijn',
  concerned: [
    person('concerned', 'Wil Merel'),
    { name: 'José Spreeuw-Vink' },
    { name: 'collega (naam niet bekend)' },
  ],
  nature: 'conduct',
  description: 'Verzonnen klacht voor de meting',
};

/** The complaint that the labelled sentences are about: everybody in it is made up. */
export const complaint: Complaint = complaintSchema.parse({
  state: 'open',
  id: 'bench',
  reference: 'K-2026-0042',
  loggedAt: at,
  loggedBy,
  stage: 'employee',
  intake,
  handler,
  earlierHandlers: [person('earlier', 'J.P. Zwaluw')],
  informed: [director],
  involved: [person('involved', "Bas van 't Riet")],
  timeline: [
    {
      kind: 'complaintLogged',
      commandId: 'logged',
      at,
      by: loggedBy,
      stage: 'employee',
      content: { ...intake, name: 'Roza van der Kanarie' },
    },
    {
      kind: 'complaintCorrected',
      commandId: 'corrected',
      at,
      by: loggedBy,
      stage: 'employee',
      content: { intake, reason: 'Vergissing' },
    },
    {
      kind: 'noteRelayed',
      commandId: 'relayed',
      at,
      by: relayer,
      stage: 'employee',
      content: { note: 'Belde terug' },
    },
  ],
});
