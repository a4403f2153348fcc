import type { Case } from './complaint.ts';
import type { Person } from './people.ts';
import type { EvidenceKind } from './vocabulary.ts';

/** R10: a file that was added to a complaint as evidence; its content lies sealed beside the complaint. */
export interface Evidence {
  id: string;
  fileName: string;
  kind: EvidenceKind;
  /** In bytes. */
  size: number;
  addedBy: Person;
  /** When it was added. */
  at: string;
}

/** Most files of one complaint at a time. */
export const mostFiles = 20;

/** The files that a complaint has today, in the order in which they were added. */
export function evidenceOf({ timeline }: Pick<Case, 'timeline'>): Evidence[] {
  const files = new Map<string, Evidence>();
  for (const entry of timeline) {
    if (entry.kind === 'evidenceAdded') {
      const { file: id, fileName, fileKind: kind, size } = entry.content;
      files.set(id, { id, fileName, kind, size, addedBy: entry.by, at: entry.at });
    }
    if (entry.kind === 'evidenceRemoved') files.delete(entry.content.file);
  }
  return [...files.values()];
}
