import { type Decision, decide, refuseCommand } from '../domain/decide.ts';
import { type Evidence, evidenceOf } from '../domain/evidence.ts';
import type { Person } from '../domain/people.ts';
import type { Refusal } from '../domain/refusal.ts';
import { largestFile } from '../domain/vocabulary.ts';
import { contentOf, type FileParts } from './files.ts';
import { handleCommand, type Surroundings } from './handle-command.ts';
import { findById, openDetails } from './look-up.ts';

/** A file that somebody sent, to be added to a complaint. */
export interface Offered {
  /** The id of the command: the same again adds nothing. */
  commandId: string;
  fileName: string;
  /** Fetches the content; asked only once it may be added. Gives nothing where it is larger than is taken. */
  fetch(): Promise<Uint8Array | undefined>;
}

/**
 * R10: adds a file to a complaint: fetched, looked at, scanned, sealed and stored first, and named by the complaint
 * last, so that no complaint names a file that is not there. What a crash leaves between the two is swept away
 * (`sweep-files.ts`). Throws where the file can't be fetched or scanned, or a store fails; then nothing was added.
 */
export async function addEvidence(
  complaintId: string,
  offered: Offered,
  actor: Person,
  around: Surroundings,
  { files, tellKind, scan }: FileParts,
): Promise<Decision> {
  const refused = (code: Refusal['code']): Decision => ({ accepted: false, refusal: { code } });
  const seen = await findById(complaintId, actor, around);
  if (!seen) return refused('not-found');
  const { complaint, context } = seen;
  const earlier = complaint.timeline.find(({ commandId }) => commandId === offered.commandId);
  if (earlier?.kind === 'evidenceAdded') {
    const { content } = earlier;
    if (!evidenceOf(complaint).some(({ id }) => id === content.file)) return refused('file-gone');
    return decide(complaint, { kind: 'addEvidence', id: offered.commandId, content }, actor, context);
  }
  const refusal = refuseCommand(complaint, 'addEvidence', actor, context);
  if (refusal) return { accepted: false, refusal };

  const content = await offered.fetch();
  if (!content || content.length > largestFile) return refused('file-too-large');
  if (content.length === 0) return refused('file-empty');
  const kind = await tellKind(content, offered.fileName);
  if (!kind) return refused('file-kind');
  if ((await scan(content)) === 'infected') return refused('file-infected');

  const stored = await files.put(complaintId, content);
  const fileName = nameFor(offered.fileName, kind);
  const named = { file: stored.id, fileName, fileKind: kind, size: content.length };
  const command = { kind: 'addEvidence', id: offered.commandId, content: named } as const;
  const decision = await handleCommand(complaintId, command, actor, around, stored);
  if (decision.accepted) return decision;
  await files.remove(complaintId, stored.id);
  // Pressed twice at once: the other one has it.
  return decision.refusal.code === 'used-before'
    ? addEvidence(complaintId, offered, actor, around, { files, tellKind, scan })
    : decision;
}

/**
 * R13: a file of a complaint that somebody may see in full today; the look is recorded before it is given.
 * `content` is left out where the file is gone: the complaint was restored, and the file was not.
 */
export async function openEvidence(
  complaintId: string,
  fileId: string,
  viewer: Person,
  around: Pick<Surroundings, 'store' | 'clock'>,
  { files }: Pick<FileParts, 'files'>,
): Promise<{ evidence: Evidence; content?: Uint8Array } | undefined> {
  const seen = await openDetails(complaintId, viewer, around, fileId);
  const evidence = seen?.access === 'full' && evidenceOf(seen.complaint).find(({ id }) => id === fileId);
  if (!evidence) return undefined;
  const document = await around.store.load(complaintId);
  const content = document && (await contentOf(document, fileId, files));
  return content ? { evidence, content } : { evidence };
}

/** Longest name of a file without its extension, in bytes, so that any file system takes it. */
const longestStem = 180;

/** A name without a path and without characters that nobody sees, that ends as its kind does. */
function nameFor(typed: string, kind: string): string {
  const plain = typed
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}/\\]/gu, '')
    .trim();
  const [, stem = plain, extension = ''] = /^(.*)\.([^.]+)$/.exec(plain) ?? [];
  const isSame = extension.toLowerCase() === kind || (kind === 'jpg' && /^jpe?g$/i.test(extension));
  const characters = [...(isSame ? stem : plain)].slice(0, longestStem);
  while (Buffer.byteLength(characters.join('')) > longestStem) characters.pop();
  return `${characters.join('').trim() || 'bestand'}.${isSame ? extension : kind}`;
}
