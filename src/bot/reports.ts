import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attachment, CardFactory, type ConversationReference, MessageFactory } from 'botbuilder';
import { z } from 'zod';
import type { Surroundings } from '../app/handle-command.ts';
import { messageView } from '../cards/pages.ts';
import type { Render } from '../cards/render.ts';
import type { Texts } from '../cards/texts.ts';
import type { Person } from '../domain/people.ts';
import type { Log } from '../log.ts';
import type { Sender } from './conversations.ts';
import { withReportFolder } from './report-folder.ts';
import { putFile, uploadSchema } from './upload.ts';

const consentType = 'application/vnd.microsoft.teams.card.file.consent';
const fileType = 'application/vnd.microsoft.teams.card.file.info';

/** Somebody who asked for the report of a year, in their own chat. */
export interface ReportAsked {
  chat: Partial<ConversationReference>;
  year: number;
  actor: Person;
  texts: Texts;
}
type Recipient = Omit<ReportAsked, 'year'>;

/** Makes reports outside the turn in which they were asked for, since that may take longer than Teams waits. */
export interface Reports {
  /** Makes the report, and asks whether it may be put in their OneDrive. */
  begin(asked: ReportAsked): void;
  /** Puts the report where they said it may be put; it is made anew, from the records as they are now. */
  put(answer: unknown, consentId: string | undefined, recipient: Recipient): Promise<void>;
  /** Takes the question away. */
  withdraw(consentId: string | undefined, recipient: Recipient): void;
  /** Waits until no report is being made. */
  idle(): Promise<void>;
}

interface ReportParts extends Pick<Surroundings, 'store' | 'clock'> {
  sender: Sender;
  render: Render;
  log: Log;
  /** Whether files may be put on this computer: in local use alone. */
  isLocal: boolean;
}

const acceptSchema = z.object({
  context: z.object({ year: z.int().min(1900).max(2999) }),
  uploadInfo: uploadSchema,
});

/** Makes what makes the reports that are asked for in chats. */
export function createReports({ store, clock, sender, render, log, isLocal }: ReportParts): Reports {
  const told = (event: string) => (fault: unknown) => log.warn(event, {}, fault);

  /** One after the other: making a report takes much of the machine. The same one twice at once is made once. */
  let last: Promise<void> = Promise.resolve();
  const waiting = new Set<string>();
  const inTurn = (key: string, work: () => Promise<void>, recipient: Recipient, failed: string) => {
    if (waiting.has(key)) return;
    waiting.add(key);
    last = last
      .then(work)
      .catch(async (fault: unknown) => {
        log.error('report failed', {}, fault);
        await say(recipient, failed);
      })
      .catch(told('answer not sent'))
      .finally(() => waiting.delete(key));
  };

  const say = async ({ chat, texts }: Recipient, line: string, records: readonly string[] = []) => {
    const buttons = records.slice(0, 6).map((record) => ({
      title: texts('report.record', { id: record.slice(0, 8) }),
      data: { msteams: { type: 'task/fetch' }, verb: 'check-record', record },
    }));
    const view = messageView({ title: texts('report.title'), lines: [line], buttons }, texts);
    await sender.send(chat, MessageFactory.attachment(CardFactory.adaptiveCard(await render(view))));
  };

  /** Makes the report, for as long as it is used; where it would name somebody, says from which records. */
  const withReport = async (
    { year, ...recipient }: ReportAsked,
    use: (content: Buffer, count: number) => Promise<void>,
  ) => {
    const { texts } = recipient;
    const { mayAnalyse } = await import('../app/analysis.ts');
    if (!(await mayAnalyse(recipient.actor, { store }))) return say(recipient, texts('analysis.not-for-you'));
    const [{ makeReport }, { PersonalDataFound }] = await Promise.all([
      import('../report/make-report.ts'),
      import('../report/check-report.ts'),
    ]);
    const started = performance.now();
    try {
      await withReportFolder(new Date(), async (folder) => {
        const file = join(folder, 'report.docx');
        const count = await makeReport({ year, format: 'docx', file }, { store, clock });
        log.info('report made', { count, ms: Math.round(performance.now() - started) });
        await use(await readFile(file), count);
      });
    } catch (fault) {
      if (!(fault instanceof PersonalDataFound)) throw fault;
      log.warn('report stopped', { count: fault.records.length });
      const known = fault.records.length > 0 ? 'personal-data' : 'personal-data-unknown';
      await say(recipient, texts(`report.${known}`), fault.records);
    }
  };

  const offer = (asked: ReportAsked) =>
    withReport(asked, async ({ length }, count) => {
      const { chat, year, texts } = asked;
      await sender.send(chat, {
        type: 'message',
        attachments: [
          {
            contentType: consentType,
            name: texts('report.file', { year }),
            content: {
              description: texts('report.offer', { year, count }),
              sizeInBytes: length,
              acceptContext: { year },
              declineContext: {},
            },
          },
        ],
      });
    });

  return {
    begin: (asked) => {
      const { actor, year, texts } = asked;
      inTurn(`offer ${actor.id} ${year}`, () => offer(asked), asked, texts('report.failed'));
    },
    put: async (answer, consentId, recipient) => {
      const read = acceptSchema.safeParse(answer);
      if (!read.success) return told('file answer not understood')(read.error);
      const { context, uploadInfo } = read.data;
      const { year } = context;
      const work = () =>
        withReport({ year, ...recipient }, async (content) => {
          await putFile(content, uploadInfo, { isLocal });
          await sender.send(recipient.chat, { type: 'message', attachments: [fileOf(uploadInfo)] });
          // The file is there, whether or not the question can be taken away.
          if (consentId)
            await sender.remove(recipient.chat, consentId).catch(told('question not taken away'));
        });
      const key = `put ${recipient.actor.id} ${uploadInfo.uniqueId}`;
      inTurn(key, work, recipient, recipient.texts('report.not-put', { year }));
    },
    withdraw: (consentId, recipient) => {
      if (!consentId) return;
      sender.remove(recipient.chat, consentId).catch(told('question not taken away'));
    },
    idle: () => last,
  };
}

function fileOf({ name, contentUrl, uniqueId, fileType: type }: z.infer<typeof uploadSchema>): Attachment {
  return { contentType: fileType, name, contentUrl, content: { uniqueId, fileType: type } };
}
