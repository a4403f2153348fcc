import { openEvidence } from '../app/evidence.ts';
import type { Files } from '../app/files.ts';
import type { Surroundings } from '../app/handle-command.ts';
import type { Tickets } from '../app/tickets.ts';
import { shownKinds } from '../cards/evidence-view.ts';
import type { EvidenceKind } from '../domain/vocabulary.ts';

/** The media type under which each kind of file is given. */
export const mediaTypes: Record<EvidenceKind, string> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  tif: 'image/tiff',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  txt: 'text/plain; charset=utf-8',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
};

/** Files that are given at once, and to one person: each is held in memory until its reader has it. */
const mostAtOnce = 8;
const mostOfOne = 2;

/** A file for a reader; `done` is to be called once they have it, or went away. */
export interface GivenFile {
  fileName: string;
  mediaType: string;
  /** Whether it is shown rather than downloaded. */
  isShown: boolean;
  content: Uint8Array;
  done(): void;
}

/** A file, `gone` where a ticket leads nowhere (any more), `busy` where there is no room or somebody asks too much. */
export type Give = (ticket: string) => Promise<GivenFile | 'gone' | 'busy'>;

interface Giving extends Pick<Surroundings, 'store' | 'clock'> {
  tickets: Tickets;
  files: Files;
  mayAsk: (personId: string) => Promise<boolean>;
}

/** R13: gives files to holders of tickets; whether they may see the complaint is decided at each look, and recorded. */
export function createGiving({ tickets, files, mayAsk, ...around }: Giving): Give {
  const readers = new Map<string, number>();
  const countOf = (id: string) => readers.get(id) ?? 0;
  const total = () => [...readers.values()].reduce((sum, count) => sum + count, 0);

  return async (text) => {
    const ticket = await tickets.read(text);
    if (!ticket || ticket.until <= around.clock().toISOString()) return 'gone';
    const { personId: id, complaintId, fileId } = ticket;
    if (!(await mayAsk(id)) || countOf(id) >= mostOfOne || total() >= mostAtOnce) return 'busy';
    readers.set(id, countOf(id) + 1);
    let isHeld = true;
    const done = () => {
      if (!isHeld) return;
      isHeld = false;
      if (countOf(id) > 1) readers.set(id, countOf(id) - 1);
      else readers.delete(id);
    };
    try {
      const opened = await openEvidence(complaintId, fileId, { id, name: '' }, around, { files });
      if (opened?.content) {
        const { fileName, kind } = opened.evidence;
        const isShown = shownKinds.includes(kind);
        return { fileName, mediaType: mediaTypes[kind], isShown, content: opened.content, done };
      }
    } catch (fault) {
      done();
      throw fault;
    }
    done();
    return 'gone';
  };
}
