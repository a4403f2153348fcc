import type { Complaint } from '../domain/complaint.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { EvidenceKind } from '../domain/vocabulary.ts';
import { messageView } from './pages.ts';
import { openButton } from './reference-view.ts';
import type { View } from './render.ts';
import type { Texts } from './texts.ts';

/** Kinds that every browser shows by itself; the rest is downloaded. */
export const shownKinds: readonly EvidenceKind[] = ['pdf', 'jpg', 'png', 'gif', 'webp'];

/** A file that was sent, and the complaints to which it can be added. */
interface Offer {
  file: { name: string; url: string };
  /** The id of what is decided here: pressed twice it adds the file once. */
  form: string;
  complaints: readonly Complaint[];
  lines: readonly string[];
  fault?: string;
}

/** R10: the question to which complaint a file belongs; it names complaints by reference alone. */
export function offerView({ file, form, complaints, lines, fault }: Offer, texts: Texts): View {
  return messageView(
    {
      title: texts('evidence.title'),
      lines: [...(fault ? [fault] : []), texts('evidence.which', { name: file.name }), ...lines],
      decisions: [
        ...complaints.map(({ id, reference }) => ({
          title: texts('evidence.add-to', { reference }),
          verb: 'add-evidence',
          data: { complaint: id, form, file },
        })),
        { title: texts('evidence.drop'), verb: 'drop-file', data: {} },
      ],
    },
    texts,
  );
}

/**
 * What is said once a file was added: what the sender left in the chat is not the bot's to remove. It does not name the
 * file, since it stays there.
 */
export function addedView(complaint: Complaint, texts: Texts): View {
  const { reference } = complaint;
  return messageView(
    {
      title: texts('evidence.title'),
      lines: [texts('evidence.added', { reference }), texts('evidence.remove-yours')],
      buttons: [openButton(complaint, texts)],
    },
    texts,
  );
}

/** What a file is, and the address at which it can be looked at for a short while. */
export function fileView(complaintId: string, file: Evidence, address: string, texts: Texts): View {
  const isShown = shownKinds.includes(file.kind);
  return messageView(
    {
      title: file.fileName,
      lines: [texts(isShown ? 'evidence.link-shows' : 'evidence.link-downloads')],
      facts: [
        { title: texts('evidence.size'), value: texts.size(file.size) },
        { title: texts('evidence.added-by'), value: file.addedBy.name },
        { title: texts('evidence.added-at'), value: texts.moment(file.at) },
      ],
      links: [{ title: texts(isShown ? 'button.view-file' : 'button.download-file'), url: address }],
      buttons: [
        {
          title: texts('button.back-to-complaint'),
          data: { verb: 'open-complaint', complaint: complaintId },
        },
      ],
    },
    texts,
  );
}
