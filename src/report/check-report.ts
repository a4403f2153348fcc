import type { Surroundings } from '../app/handle-command.ts';
import { recordsIn } from '../app/year-records.ts';
import { findPersonalData, type Known } from '../domain/anonymise.ts';
import { textsOf, uncleared } from '../domain/anonymous-record.ts';
import { Fault } from '../fault.ts';

/** Personal data stand in the text of some records, by their random ids; no report was made (R12). */
export class PersonalDataFound extends Fault {
  override name = 'PersonalDataFound';
  readonly records: readonly string[];
  constructor(records: readonly string[]) {
    super(`the report would hold personal data, from the records: ${records.join(', ') || 'unknown'}`);
    this.records = records;
  }
}

/** Most pieces that are looked up in the records; more of them stop a report anyway. */
const mostSuspects = 200;

/**
 * R12: the last check: reads all that stands in a finished report, piece by piece, for what the complaints of the year
 * know of people. `fixed` is what stands in it and nobody typed: a complainant may well be called Anders. Words that the
 * coordinator has cleared in a record are passed over there. Throws `PersonalDataFound`.
 */
export async function checkReport(
  pieces: AsyncIterable<string>,
  fixed: string,
  year: number,
  known: Known,
  store: Pick<Surroundings['store'], 'records'>,
  progress: (done: number) => void,
): Promise<void> {
  const words = ` ${wordsOf(fixed)} `;
  const isFixed = (piece: string) => words.includes(` ${wordsOf(piece)} `);
  const suspects = new Set<string>();
  let done = 0;
  for await (const piece of pieces) {
    progress(++done);
    const isSuspect = !isFixed(piece) && certainIn(piece, known).length > 0;
    if (isSuspect) suspects.add(wordsOf(piece));
    if (suspects.size > mostSuspects) break;
  }
  if (suspects.size === 0) return;
  const found: string[] = [];
  for await (const record of recordsIn({ year }, store)) {
    const texts = textsOf(record);
    if (texts.some((text) => uncleared(record, certainIn(text, known)).length > 0)) found.push(record.id);
    else for (const text of texts) suspects.delete(wordsOf(text));
  }
  if (found.length > 0 || suspects.size > 0) throw new PersonalDataFound(found);
}

/** The words that are somebody's for certain. */
function certainIn(text: string, known: Known): string[] {
  return findPersonalData(text, known).flatMap(({ certain, start, end }) =>
    certain ? text.slice(start, end) : [],
  );
}

/** A text without white space and marks, however it was laid out or escaped. */
const wordsOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
