// Every notice that the bot sends, as whoever gets it sees it; and what becomes of its card later.
import { noticeView } from '../../src/cards/notice-view.ts';
import type { Notice } from '../../src/domain/notices.ts';
import {
  administrator,
  colleague,
  coordinator,
  director,
  employee,
  lead,
  organisation,
  senior,
} from '../fixtures.ts';
import type { Life } from './complaints.ts';
import type { Makes } from './specimens.ts';

type To = Notice['to'];
const welzijn: To = { department: 'welzijn', stage: 'manager' };

/** Of each kind: of which complaint, and to whom. The compiler asks for a new one. */
const kinds: Record<Notice['kind'], [Life, To]> = {
  receipt: ['fresh', employee],
  'concerns-you': ['fresh', colleague],
  'escalation-requested': ['pending', welzijn],
  'escalation-accepted': ['manager', employee],
  'escalation-returned': ['returned', employee],
  'appointment-needed': ['appointment', coordinator],
  'conversation-recorded': ['not-settled', employee],
  'evidence-added': ['with-files', employee],
  'evidence-removed': ['file-removed', employee],
  'conversation-planned': ['planned', senior],
  involved: ['involved', colleague],
  reassigned: ['reassigned', lead],
  reopened: ['reopened', employee],
  relayed: ['relayed', employee],
  reminder: ['pending', senior],
  'waiting-below': ['pending', director],
  ended: ['withdrawn', employee],
  'ended-by-person-concerned': ['closed', lead],
  'summary-returned': ['summary-returned', employee],
  'channel-missing': ['pending', administrator],
  undeliverable: ['pending', administrator],
  'coordinator-missing': ['appointment', administrator],
};

/** The same notices where they read otherwise. */
const others: [name: string, title: string, kind: Notice['kind'], life: Life, to: To][] = [
  [
    'concerns-you-status',
    'To whom it is about, who sees the status alone',
    'concerns-you',
    'manager',
    colleague,
  ],
  ['reminder-handler', 'A reminder to the handler', 'reminder', 'settled', employee],
  ['asked-in-chat', 'Asked in their own chat', 'escalation-requested', 'pending', lead],
  ['asked-director', 'The director is asked', 'escalation-requested', 'pending-director', director],
  ['asked-taken', 'In the channel, once somebody took it on', 'escalation-requested', 'manager', welzijn],
  [
    'asked-elsewhere',
    'In the channel, once it went elsewhere',
    'escalation-requested',
    'other-department',
    welzijn,
  ],
  ['passed', 'A card that stays, once its reason passed', 'concerns-you', 'closed', colleague],
  ['gone', 'A card that outlived its reader’s sight', 'involved', 'released', administrator],
];

export const noticeSpecimens: Makes = async function* ({ desk, complaints }) {
  // Whoever is told was told of it: they know of the complaint.
  const show = (kind: Notice['kind'], life: Life, to: To) => {
    const known = 'id' in to && life !== 'released' ? [to] : [];
    const complaint = { ...complaints[life], informed: [...complaints[life].informed, ...known] };
    return desk.send(noticeView({ notice: { kind, to }, complaint, organisation }, desk.texts).view);
  };
  for (const [kind, [life, to]] of Object.entries(kinds) as [Notice['kind'], [Life, To]][]) {
    yield [`notice-${kind}`, kind, await show(kind, life, to)];
  }
  for (const [name, title, kind, life, to] of others)
    yield [`notice-${name}`, title, await show(kind, life, to)];
};
