import type { Activity, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { addEvidence } from '../app/evidence.ts';
import { findById, findByReference, listAllowed } from '../app/look-up.ts';
import { addedView, fileView, offerView } from '../cards/evidence-view.ts';
import { messageView } from '../cards/pages.ts';
import type { View } from '../cards/render.ts';
import type { Texts } from '../cards/texts.ts';
import type { Complaint } from '../domain/complaint.ts';
import { refuseCommand } from '../domain/decide.ts';
import { evidenceOf } from '../domain/evidence.ts';
import type { Person } from '../domain/people.ts';
import { readReference } from '../domain/reference.ts';
import { refused } from './complaint-dialog.ts';
import { dialogVerb, outcomeOf } from './dialog.ts';
import { FileExpired, fetchSent } from './download.ts';
import { commandIdOf } from './form-id.ts';
import type { Asker, Parts } from './parts.ts';
import { replaceCard } from './replace-card.ts';
import type { FileVerb } from './verbs.ts';

/** A file as Teams tells of it when somebody sends one in the bot's own chat. */
const downloadType = 'application/vnd.microsoft.teams.file.download.info';
const downloadSchema = z.object({ downloadUrl: z.url().max(4000) });

/** Most files of one message that are answered, and most complaints that are offered for one. */
const mostSent = 5;
const mostOffered = 5;
/** How long an address of a file holds, in milliseconds. */
const ticketLife = 2 * 60_000;

const sentSchema = z.object({ name: z.string().min(1).max(400), url: z.url().max(4000) });
export type Sent = z.infer<typeof sentSchema>;

/** The files that came with a message, pasted pictures among them. */
export function filesSentWith({ attachments = [] }: Activity, unnamed: string): Sent[] {
  return attachments.flatMap(({ contentType, content, contentUrl, name = unnamed }) => {
    const read = downloadSchema.safeParse(content).data;
    const url = contentType === downloadType ? read?.downloadUrl : contentUrl;
    if (contentType !== downloadType && !contentType.startsWith('image/')) return [];
    const sent = sentSchema.safeParse({ name, url }).data;
    return sent ? [sent] : [];
  });
}

/** R10: asks to which complaint each file that was sent belongs; nothing of it is fetched or kept before the answer. */
export async function offerFiles(
  files: readonly Sent[],
  text: string,
  { actor, texts }: Asker,
  parts: Parts,
): Promise<View[]> {
  if (!parts.evidence) return [say(texts, texts('evidence.not-kept-here'))];
  const named = await namedIn(text, actor, parts);
  const allowed = named ? [named] : await listAllowed(actor, 'addEvidence', mostOffered + 1, parts);
  const complaints = allowed.slice(0, mostOffered);
  if (complaints.length === 0) return [say(texts, texts('evidence.no-complaint'))];
  const lines = [
    ...(allowed.length > complaints.length ? [texts('evidence.more-complaints')] : []),
    ...(files.length > mostSent ? [texts('evidence.more-files', { max: mostSent })] : []),
  ];
  return files
    .slice(0, mostSent)
    .map((file) => offerView({ file, form: parts.newId(), complaints, lines }, texts));
}

/** The complaint whose number was typed beside the files, where its sender may add them there. */
async function namedIn(text: string, actor: Person, parts: Parts): Promise<Complaint | undefined> {
  const reference = readReference(text.trim());
  const seen = reference && (await findByReference(reference, actor, parts));
  if (!seen || refuseCommand(seen.complaint, 'addEvidence', actor, seen.context)) return undefined;
  return seen.complaint;
}

/**
 * R10: adds the file to the complaint that was chosen, or leaves it, and says what became of it. The answer takes the
 * place of the question, which names the file and where it lies; while it may be tried again the question stays.
 */
export async function decideOnFile(
  verb: FileVerb,
  data: unknown,
  context: TurnContext,
  asker: Asker,
  parts: Parts,
): Promise<View> {
  const { texts } = asker;
  const { view, stays } =
    verb === 'drop-file'
      ? { view: say(texts, texts('evidence.dropped'), texts('evidence.remove-yours')), stays: true }
      : await addSentFile(data, context, asker, parts);
  if (stays) await replaceCard(context, view, parts);
  return view;
}

const say = (texts: Texts, ...lines: string[]) =>
  messageView({ title: texts('evidence.title'), lines }, texts);

const addSchema = z.object({ complaint: z.string().max(100), form: z.uuid(), file: sentSchema });

async function addSentFile(
  data: unknown,
  context: TurnContext,
  { actor, texts }: Asker,
  parts: Parts,
): Promise<{ view: View; stays: boolean }> {
  const read = addSchema.safeParse(data).data;
  const { evidence, log } = parts;
  if (!read || !evidence) return { view: say(texts, texts('bot.unknown-card')), stays: false };
  const { complaint: id, form, file } = read;
  const offered = {
    commandId: commandIdOf(form, actor.id),
    fileName: file.name,
    fetch: () => fetchSent(file.url, context, evidence),
  };
  const again = async (words: string) => {
    const complaint = (await findById(id, actor, parts))?.complaint;
    const view = complaint
      ? offerView({ file, form, complaints: [complaint], lines: [], fault: words }, texts)
      : say(texts, words);
    return { view, stays: false };
  };
  const logged = { command: 'addEvidence' };
  try {
    const decision = await evidence.inTurn(actor.id, () => addEvidence(id, offered, actor, parts, evidence));
    if (decision === 'busy') return again(texts('evidence.busy'));
    if (!decision.accepted) {
      const { code } = decision.refusal;
      log.info('command', { ...logged, outcome: code });
      return { view: say(texts, texts(`refusal.${code}`), texts('evidence.not-added')), stays: true };
    }
    const { complaint, repeated } = decision;
    log.info('command', { ...logged, reference: complaint.reference, outcome: outcomeOf(repeated) });
    return { view: addedView(complaint, texts), stays: true };
  } catch (fault) {
    log.error('command failed', logged, fault);
    if (fault instanceof FileExpired) return { view: say(texts, texts('evidence.expired')), stays: true };
    return again(texts('evidence.failed'));
  }
}

/** Shows what a file is, with an address for this person alone that holds for two minutes. */
export const openFile = dialogVerb(
  z.object({ complaint: z.string().max(100), file: z.uuid() }),
  async ({ complaint: complaintId, file: fileId }, { actor, texts }, parts) => {
    const seen = await findById(complaintId, actor, parts);
    const isFull = seen?.access === 'full';
    const file = isFull ? evidenceOf(seen.complaint).find(({ id }) => id === fileId) : undefined;
    if (!seen || !isFull) return refused({ code: 'not-found' }, texts);
    if (!file || !parts.evidence) return refused({ code: 'file-gone' }, texts);
    const until = new Date(parts.clock().getTime() + ticketLife).toISOString();
    const address = await parts.evidence.addressOf({ personId: actor.id, complaintId, fileId, until });
    return {
      title: texts('dialog.complaint', { reference: seen.complaint.reference }),
      view: fileView(complaintId, file, address, texts),
    };
  },
);
