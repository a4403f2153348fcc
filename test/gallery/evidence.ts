// Files as evidence: the question, the answers to it, and a file that is opened; and what the message extension brings.
import { addedView, offerView } from '../../src/cards/evidence-view.ts';
import { messageView } from '../../src/cards/pages.ts';
import { bareReferenceView } from '../../src/cards/reference-view.ts';
import { evidenceOf } from '../../src/domain/evidence.ts';
import type { RefusalCode } from '../../src/domain/refusal.ts';
import { dataOf, screening } from '../bot/harness.ts';
import { administrator, employee } from '../fixtures.ts';
import type { Makes } from './specimens.ts';

const file = { name: 'foto van de brief.jpg', url: 'https://senwlv.sharepoint.com/foto' };
const form = '00000000-0000-4000-8000-000000000200';

/** What may be wrong with a file. */
const refusals: RefusalCode[] = [
  'file-empty',
  'file-too-large',
  'file-kind',
  'file-infected',
  'too-many-files',
];

export const evidenceSpecimens: Makes = async function* ({ desk, complaints }) {
  const { texts, press, send, sendFile } = desk;
  const title = texts('evidence.title');
  yield ['file-which', 'A file was sent: to which complaint?', await sendFile(employee, file.name)];
  yield [
    'file-no-complaint',
    'A file from somebody without a complaint',
    await sendFile(administrator, file.name),
  ];
  const asked = { file, form, complaints: [complaints.fresh], lines: [] };
  const failed = offerView({ ...asked, fault: texts('evidence.failed') }, texts);
  yield ['file-failed', 'It could not be fetched', await send(failed)];
  yield ['file-added', 'It was added', await send(addedView(complaints.fresh, texts))];
  const says: [name: string, line: string][] = [
    ['not-kept', texts('evidence.not-kept-here')],
    ['expired', texts('evidence.expired')],
    ...refusals.map((code): [string, string] => [code, texts(`refusal.${code}`)]),
  ];
  for (const [name, line] of says)
    yield [
      `file-${name}`,
      `A file that is not taken: ${name}`,
      await send(messageView({ title, lines: [line] }, texts)),
    ];

  const { id } = complaints['with-files'];
  const [photo] = evidenceOf(complaints['with-files']);
  yield [
    'file',
    'A file, opened',
    await press(employee, { verb: 'open-file', complaint: id, file: photo?.id }),
  ];
  const gone = { verb: 'open-file', complaint: id, file: form };
  yield ['file-gone', 'A file that is not there any more', await press(employee, gone)];

  yield [
    'inserted',
    'What the message extension puts in a conversation',
    await send(bareReferenceView(complaints.fresh, texts)),
  ];
  for (const fromMessage of ['whole', 'cut', 'empty']) {
    const description = fromMessage === 'empty' ? '' : 'De afspraak ging zonder bericht niet door.';
    const first = await press(employee, {
      msteams: {},
      verb: 'open-log-complaint',
      fromMessage,
      description,
    });
    yield [`from-message-${fromMessage}`, `Step 1, on a message: ${fromMessage}`, first];
    const answers = { ...screening, name: 'Winterkoning de Wit' };
    const second = await press(employee, dataOf(first.card, texts('button.next')), answers);
    yield [`from-message-${fromMessage}-complaint`, `Step 2, on a message: ${fromMessage}`, second];
  }
};
