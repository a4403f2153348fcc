import type { Texts } from '../cards/texts.ts';
import type { AnonymousRecord } from '../domain/anonymous-record.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { YearReport } from '../domain/report.ts';

export type Nature = AnonymousRecord['nature'];

/** What the report is made of: its figures, whose they are, and where its records are read. */
export interface ReportParts {
  report: YearReport;
  organisation: Organisation;
  /** Dutch: the report is for the board. */
  texts: Texts;
  /** The records of natures that are listed together. */
  recordsOf(natures: readonly Nature[]): AsyncIterable<AnonymousRecord>;
  madeAt: Date;
}

/** The title of the report. */
export const titleOf = ({ report }: Pick<ReportParts, 'report'>) => `Klachtenverslag ${report.year}`;
