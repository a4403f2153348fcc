import { type Complaint, isSatisfied } from '../domain/complaint.ts';
import type { Organisation } from '../domain/organisation.ts';
import { needsAppointment } from '../domain/routing.ts';
import type { Texts } from './texts.ts';

/** Which step comes next, as a key of the words for it. */
export function nextStep(complaint: Complaint, organisation: Organisation): string {
  const { state, stage, timeline, appointed } = complaint;
  if (needsAppointment(complaint, organisation)) return 'pending-appointment';
  if (state === 'pending') return `pending-${stage}`;
  if (state !== 'open') return 'ended';
  if (timeline.some((entry) => entry.kind === 'conversationRecorded' && entry.stage === stage)) {
    return isSatisfied(complaint) ? 'settled' : `not-settled-${stage}`;
  }
  return appointed && stage !== 'employee' ? 'appointed-handles' : `talk-${stage}`;
}

export interface Fact {
  title: string;
  value: string;
}

/** Stage, state and next step, by its key: beside the reference all that a card in a chat may hold (R13). */
export function statusFacts({ stage, state }: Complaint, next: string, texts: Texts): Fact[] {
  return [
    { title: texts('case.stage'), value: texts(`stage.${stage}`) },
    { title: texts('case.state'), value: texts(`state.${state}`) },
    { title: texts('case.next'), value: texts(`next.${next}`) },
  ];
}
