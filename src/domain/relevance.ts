import { isHandler } from './access.ts';
import { isReturned } from './anonymous-record.ts';
import { type Complaint, isActive, isConcerned } from './complaint.ts';
import type { Notice } from './notices.ts';
import { isOne, type Organisation } from './organisation.ts';
import { appointersOf, askedOf, mayBeAppointed, needsAppointment } from './routing.ts';

/** Whether what a notice tells a person is still so when it is sent: it may have waited. */
export function isStillTrue(
  kind: Notice['kind'],
  personId: string,
  complaint: Complaint,
  organisation: Organisation,
): boolean {
  const isAsked = isOne(askedOf(complaint, organisation), personId);
  switch (kind) {
    case 'concerns-you':
      return isActive(complaint) && isConcerned(complaint, personId);
    case 'escalation-requested':
      return isAsked;
    case 'appointment-needed':
      return needsAppointment(complaint, organisation);
    case 'reminder':
      return isAsked || (complaint.state === 'open' && isHandler(complaint, personId, organisation));
    case 'waiting-below':
    case 'reopened':
      return isActive(complaint);
    case 'reassigned':
    case 'escalation-returned':
      return complaint.state === 'open' && isHandler(complaint, personId, organisation);
    case 'involved':
      return isOne(complaint.involved, personId);
    case 'summary-returned':
      return isReturned(complaint) && isHandler(complaint, personId, organisation);
    case 'ended':
    case 'ended-by-person-concerned':
      return !isActive(complaint);
    default:
      return true;
  }
}

/** Whether a complaint waits for a person to act: to handle it, to accept it, to name a handler, or to write its summary anew. */
export function waitsFor(complaint: Complaint, personId: string, organisation: Organisation): boolean {
  const appoints = isOne(appointersOf(complaint, organisation), personId);
  const isMine = complaint.state === 'open' || isReturned(complaint);
  return (
    (isMine && isHandler(complaint, personId, organisation)) ||
    isOne(askedOf(complaint, organisation), personId) ||
    (appoints && mayBeAppointed(complaint, organisation))
  );
}
