// Complaints in every stage and state, each brought there by the commands of the procedure.
import type { Command, ContentOf } from '../../src/domain/commands.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import type { Intake } from '../../src/domain/intake.ts';
import type { Organisation } from '../../src/domain/organisation.ts';
import type { Person } from '../../src/domain/people.ts';
import {
  accepted,
  closing,
  colleague,
  context,
  conversation,
  coordinator,
  director,
  employee,
  give,
  intake,
  lead,
  log,
  newCommandId,
  organisation,
  senior,
} from '../fixtures.ts';

/** A complaint of which everything was filled in. */
const rich: Partial<Intake> = {
  description:
    'De afspraak van 12 november is zonder bericht niet doorgegaan.\nTwee keer gebeld; niemand belde terug.',
  wish: 'Een nieuwe afspraak, en dat iemand uitlegt wat er misging.',
  evidence: 'Brief van 3 november, in het dossier.',
  email: 'kanarie@voorbeeld.nl',
};

type Step = (before: Complaint) => Complaint;

const by =
  (person: Person) =>
  <K extends Command['kind']>(kind: K, content: ContentOf<K>, organised: Organisation = organisation): Step =>
  (before) =>
    accepted(give(before, kind, content, person, { around: { ...context, organisation: organised } }));

/** On the escalation that is asked for now. */
const onAsked =
  (person: Person, kind: 'acceptEscalation' | 'declareConcerned' | 'returnEscalation', more = {}): Step =>
  (before) =>
    by(person)(kind, {
      escalation: before.state === 'pending' ? before.escalation.id : '-',
      ...more,
    } as ContentOf<typeof kind>)(before);

const talk = (satisfied: 'yes' | 'no') =>
  by(employee)(
    'recordConversation',
    conversation(satisfied, 'Uitgelegd wat er misging. Er komt een nieuwe afspraak.'),
  );
const wish = { wish: 'De klager vindt dat er niet is geluisterd.' };
const up = by(employee)('requestEscalation', wish);
const taken = [talk('no'), up, onAsked(senior, 'acceptEscalation')];
const seniorTalked = by(senior)('recordConversation', {
  ...conversation('no', 'Samen het dossier doorgenomen.'),
  participants: ['complainant', 'approver'],
} as ContentOf<'recordConversation'>);
const atDirector = [
  ...[...taken, seniorTalked, by(senior)('requestEscalation', wish)],
  onAsked(director, 'acceptEscalation'),
];
const close = by(employee)('close', closing({ recommendation: 'Bel altijd zelf als een afspraak vervalt.' }));
const back = by(coordinator)('returnSummary', { reason: 'Er staat een straatnaam in.' });
const withoutSenior: Organisation = {
  ...organisation,
  departments: organisation.departments.map((each) => ({
    ...each,
    approvers: each.approvers.filter(({ id }) => id !== senior.id),
  })),
};

const fileId = (number: number) => `00000000-0000-4000-8000-00000000010${number}`;
const photo = {
  file: fileId(1),
  fileName: 'foto van de brief.jpg',
  fileKind: 'jpg',
  size: 2_345_678,
} as const;
const letter = { file: fileId(2), fileName: 'brief.pdf', fileKind: 'pdf', size: 45_678 } as const;
/** More than Teams shows in one row of buttons. */
const many = Array.from({ length: 8 }, (_none, index) =>
  by(employee)('addEvidence', {
    ...{ file: fileId(index), fileName: `${'zeer lange naam van een foto '.repeat(3)}${index}.jpg` },
    ...{ fileKind: 'jpg', size: 1_000_000 + index },
  }),
);

/** Each with what was filled in, and what was done with it. */
const lives = {
  fresh: [{}, []],
  settled: [{}, [talk('yes')]],
  'not-settled': [{}, [talk('no')]],
  'no-talk': [
    {},
    [
      by(employee)('recordConversation', {
        ...{ held: false, reason: 'not-wanted' },
        explanation: 'De klager wil de medewerker nu niet spreken.',
      } as ContentOf<'recordConversation'>),
    ],
  ],
  pending: [{}, [talk('no'), up]],
  'typed-names': [{ entryStage: 'manager', concerned: [{ name: 'Merel uit de wijk' }] }, []],
  declared: [
    { entryStage: 'manager', concerned: [{ name: 'Merel uit de wijk' }] },
    [onAsked(senior, 'declareConcerned')],
  ],
  manager: [{}, taken],
  'not-concerned': [
    { entryStage: 'manager', concerned: [{ name: 'Merel uit de wijk' }] },
    [onAsked(senior, 'acceptEscalation', { notConcerned: true })],
  ],
  'other-department': [
    {},
    [
      ...[talk('no'), up],
      onAsked(senior, 'returnEscalation', {
        ...{ reason: 'wrong-department', department: 'ondersteuning' },
        note: 'Dit gaat over een hulpvraag.',
      }),
    ],
  ],
  returned: [{}, [talk('no'), up, onAsked(senior, 'returnEscalation', { reason: 'not-yet-discussed' })]],
  reassigned: [{}, [...taken, by(senior)('reassign', { to: lead })]],
  lost: [{}, [...taken, by(coordinator)('vacate', {}, withoutSenior)]],
  'pending-director': [{}, [...taken, seniorTalked, by(senior)('requestEscalation', wish)]],
  director: [{}, atDirector],
  planned: [
    {},
    [
      ...atDirector,
      by(director)('planConversation', { on: '2026-12-01', time: '14:30', place: 'Dobbelaan 4, kamer 2' }),
    ],
  ],
  involved: [{}, [...taken, by(senior)('involve', { person: colleague, consent: true })]],
  released: [
    {},
    [
      ...[...taken, by(senior)('involve', { person: colleague, consent: true })],
      by(senior)('release', { person: colleague }),
    ],
  ],
  appointment: [{ concerned: [senior, lead, director] }, [talk('no'), up]],
  corrected: [
    {},
    [
      by(employee)('correct', {
        intake: intake({ ...rich, nature: 'processes', phone: '+31612345678' }),
        reason: 'Verkeerde aard gekozen, en het nummer klopte niet.',
      }),
    ],
  ],
  relayed: [{}, [by(colleague)('relay', { note: 'Klager is na 14 uur bereikbaar.' })]],
  'with-files': [{}, [by(employee)('addEvidence', photo), by(colleague)('addEvidence', letter)]],
  'many-files': [{}, many],
  'file-removed': [
    {},
    [
      by(employee)('addEvidence', photo),
      by(employee)('removeEvidence', { file: photo.file, reason: 'Hoort bij een andere klacht.' }),
    ],
  ],
  closed: [{}, [talk('yes'), close]],
  duplicate: [{}, [by(employee)('close', closing({ outcome: 'duplicate', duplicateOf: 'K-2026-0001' }))]],
  unresolved: [
    { linkedTo: 'K-2026-0001' },
    [by(employee)('close', closing({ outcome: 'unresolved', declinesNextStage: true }))],
  ],
  withdrawn: [{}, [by(employee)('withdraw', { reason: 'Het is onderling opgelost.' })]],
  terminated: [{}, [by(employee)('terminate', { externalBody: 'Geschillencommissie' })]],
  reopened: [
    {},
    [talk('yes'), close, by(employee)('reopen', { reason: 'De afspraak ging weer niet door.' })],
  ],
  'summary-returned': [{}, [talk('yes'), close, back]],
  rewritten: [{}, [talk('yes'), close, back, by(employee)('rewriteSummary', { summary: closing().summary })]],
} satisfies Record<string, [Partial<Intake>, Step[]]>;

export type Life = keyof typeof lives;

/** One of them, as it lived. */
export function lifeOf(name: Life): Complaint {
  const [filled, steps]: [Partial<Intake>, Step[]] = lives[name];
  const logged = accepted(log({ ...rich, ...filled }, employee, newCommandId()));
  return steps.reduce((complaint, step) => step(complaint), logged);
}

/** All of them. */
export function allComplaints(): [Life, Complaint][] {
  return (Object.keys(lives) as Life[]).map((name) => [name, lifeOf(name)]);
}
