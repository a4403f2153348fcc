// Every card and dialog of the bot once, as somebody sees it, over complaints that were really brought where they are.
import type { Language } from '../../src/cards/texts.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import { administrationSpecimens } from './administration.ts';
import { analysisSpecimens } from './analysis.ts';
import { chatSpecimens } from './chat.ts';
import { allComplaints, type Life } from './complaints.ts';
import { decisionSpecimens } from './decisions.ts';
import { type Desk, openDesk, type Shown } from './desk.ts';
import { detailsSpecimens } from './details.ts';
import { evidenceSpecimens } from './evidence.ts';
import { faultSpecimens } from './faults.ts';
import { handlingSpecimens } from './handling.ts';
import { intakeSpecimens } from './intake.ts';
import { noticeSpecimens } from './notices.ts';

/** One card to look at. */
export interface Specimen extends Shown {
  group: string;
  /** Names its pictures: small letters, digits and hyphens. */
  name: string;
  /** What there is to see. */
  title: string;
}

/** The desk, and the complaints that lie there. */
export interface Scene {
  desk: Desk;
  complaints: Record<Life, Complaint>;
}

/** Makes the specimens of one group: what each shows, by its name and title. */
export type Makes = (scene: Scene) => AsyncGenerator<[name: string, title: string, shown: Shown]>;

/** In this order: what changes a complaint comes after what only looks at it. */
const groups: Record<string, Makes> = {
  'In the chat': chatSpecimens,
  'A new complaint': intakeSpecimens,
  'What the bot sends by itself': noticeSpecimens,
  'A complaint, opened': detailsSpecimens,
  'The forms of the handling': handlingSpecimens,
  'Evidence, and the message extension': evidenceSpecimens,
  Administration: administrationSpecimens,
  Analysis: analysisSpecimens,
  Deciding: decisionSpecimens,
  'Where something fails': faultSpecimens,
};

/** All specimens in a language, the verbs that were pressed to see them, and the views that came by. */
export async function specimensIn(
  language: Language,
): Promise<{ specimens: Specimen[]; used: ReadonlySet<string>; views: ReadonlySet<string> }> {
  const desk = await openDesk(language);
  try {
    const kept: [Life, Complaint][] = [];
    for (const [life, complaint] of allComplaints()) kept.push([life, await desk.keep(complaint)]);
    const complaints = Object.fromEntries(kept) as Record<Life, Complaint>;
    const specimens: Specimen[] = [];
    for (const [group, make] of Object.entries(groups)) {
      for await (const [name, title, shown] of make({ desk, complaints })) {
        specimens.push({ group, name, title, ...shown });
      }
    }
    return { specimens, used: desk.used, views: desk.views };
  } finally {
    await desk.close();
  }
}
