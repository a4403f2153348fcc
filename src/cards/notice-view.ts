import { accessOf, isHandler } from '../domain/access.ts';
import type { Complaint } from '../domain/complaint.ts';
import { administratorNoticeKinds, type Notice } from '../domain/notices.ts';
import { isOne, type Organisation } from '../domain/organisation.ts';
import { isStillTrue } from '../domain/relevance.ts';
import { askedOf } from '../domain/routing.ts';
import { messageView } from './pages.ts';
import { aliveView, approvalView, referenceView } from './reference-view.ts';
import type { View } from './render.ts';
import type { Texts } from './texts.ts';

/** What stands in a chat or channel for a notice, as its complaint is today, and the line that announces it. */
export function noticeView(
  { notice, complaint, organisation }: { notice: Notice; complaint: Complaint; organisation: Organisation },
  texts: Texts,
): { view: View; summary: string } {
  const { kind, to } = notice;
  if ((administratorNoticeKinds as readonly string[]).includes(kind)) {
    const lines = [texts(`notice.${kind}`)];
    return {
      view: messageView({ title: texts('notice.administrator'), lines }, texts),
      summary: texts(`notice.${kind}`),
    };
  }
  if (!('id' in to)) {
    const heading = headingOf(kind, texts, true);
    const { department } = complaint.intake;
    const isHere = complaint.stage === to.stage && (to.stage === 'director' || department === to.department);
    const isAsked = isHere && askedOf(complaint, organisation).length > 0;
    const view = approvalView(complaint, isAsked, texts, isAsked ? heading : '');
    return { view: aliveView(view, complaint, kind), summary: heading };
  }
  const access = accessOf(complaint, to.id, organisation);
  // A card that outlived its reader's sight names nothing any more (R13).
  if (access === 'none') return { view: goneView(texts), summary: texts('notice.gone-title') };
  const heading = headingOf(kind, texts, access === 'full');
  // A card that stays shows how it is today; what has passed is no longer said.
  const handles = complaint.state === 'open' && isHandler(complaint, to.id, organisation);
  const passed = handles ? texts('notice.you-handle') : '';
  const shown = isStillTrue(kind, to.id, complaint, organisation) ? heading : passed;
  return { view: personView(to.id, kind, { complaint, organisation }, texts, shown), summary: heading };
}

/** The card of a notice for a person who may know of the complaint: to decide on where they are asked now, else its status. */
export function personView(
  personId: string,
  kind: Notice['kind'],
  { complaint, organisation }: { complaint: Complaint; organisation: Organisation },
  texts: Texts,
  heading = '',
): View {
  const view = isOne(askedOf(complaint, organisation), personId)
    ? approvalView(complaint, true, texts, heading)
    : referenceView(complaint, organisation, texts, heading);
  return aliveView(view, complaint, kind);
}

/** What takes the place of a card whose reader lost sight; the same where there is no such complaint. */
export const goneView = (texts: Texts): View =>
  messageView({ title: texts('notice.gone-title'), lines: [texts('notice.gone')] }, texts);

/** Why it was sent; in other words where the reader sees the status alone. */
function headingOf(kind: Notice['kind'], texts: Texts, isFull: boolean): string {
  const status = `notice.${kind}-status`;
  return texts(!isFull && texts.has(status) ? status : `notice.${kind}`);
}
