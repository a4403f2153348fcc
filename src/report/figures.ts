import { divisionLabel } from '../cards/division-labels.ts';
import { yearOf } from '../domain/calendar.ts';
import type { Division, Row } from '../domain/report.ts';
import { stages } from '../domain/vocabulary.ts';
import { type Cell, isHidden } from '../domain/withhold.ts';
import { type Bar, type Block, heading, paragraph } from './blocks.ts';
import type { ReportParts } from './parts.ts';

/** R12: how many complaints there were, with the year before beside it. */
export function numbers({ report, madeAt }: ReportParts): Block[] {
  const { year, total, notReady } = report;
  return [
    heading('Aantal klachten'),
    paragraph(
      `In ${year} ${total.now === 1 ? 'is 1 klacht' : `zijn ${total.now} klachten`} ingediend; in ${year - 1} ${total.before === 1 ? 'was dat er 1' : `waren dat er ${total.before}`}. Een klacht telt in het jaar waarin die is ingediend. Klachten die dubbel bleken, zijn niet meegeteld.`,
    ),
    ...(yearOf(madeAt) <= year
      ? [paragraph(`Het jaar ${year} was nog niet voorbij toen dit verslag werd gemaakt.`)]
      : []),
    ...(notReady > 0
      ? [
          paragraph(
            `Van deze klachten ${notReady === 1 ? 'is er 1' : `zijn er ${notReady}`} nog niet gereed: de behandeling loopt nog, of de samenvatting wordt herschreven. Ze zijn meegeteld. Uitkomst en duur gaan over de overige ${total.now - notReady}.`,
          ),
        ]
      : []),
    {
      kind: 'table',
      caption: 'Ingediende klachten',
      head: ['Aantal', String(year), String(year - 1)],
      rows: [['Ingediende klachten', String(total.now), String(total.before)]],
    },
  ];
}

/** The heading of each division, and by what its table counts. */
const headings: Record<Division, [heading: string, by: string]> = {
  nature: ['Aard van de klachten', 'aard'],
  wayIn: ['Wijze van indienen', 'wijze van indienen'],
  relation: ['Relatie van de klagers', 'relatie van de klager'],
  department: ['Afdeling', 'afdeling'],
  stage: ['Bereikte stap', 'bereikte stap'],
  outcome: ['Uitkomst', 'uitkomst'],
  duration: ['Duur van de behandeling', 'duur van de behandeling'],
};

/** What a cell says. */
const sayCell = (cell: Cell, smallest: number) =>
  cell === 'fewer' ? `minder dan ${smallest}` : cell === 'withheld' ? 'niet getoond' : String(cell);

/** R12: one division of the complaints, as a table and a chart. */
export function divided(division: Division, parts: ReportParts): Block[] {
  const { report, organisation, texts } = parts;
  const { smallestGroup } = organisation;
  const rows = report.tables[division];
  const [title, by] = headings[division];
  const isShown = !isHidden(rows.map(({ now }) => now)) && report.total.now > 0;
  const hasBefore = rows.some(({ before }) => before !== undefined);
  return [
    heading(title),
    ...(isShown
      ? []
      : [paragraph('Deze verdeling is niet te tonen zonder dat kleine aantallen zichtbaar worden.')]),
    {
      kind: 'table',
      caption: `Aantal klachten naar ${by}`,
      head: [
        by.charAt(0).toUpperCase() + by.slice(1),
        String(report.year),
        ...(hasBefore ? [String(report.year - 1)] : []),
      ],
      rows: rows.map(({ key, now, before }) => [
        divisionLabel(division, key, organisation, texts),
        sayCell(now, smallestGroup),
        ...(before === undefined ? [] : [sayCell(before, smallestGroup)]),
      ]),
    },
    ...(isShown ? [chartOf(`Klachten in ${report.year} naar ${by}`, division, rows, parts)] : []),
  ];
}

function chartOf(
  title: string,
  division: Division,
  rows: readonly Row[],
  { organisation, texts }: ReportParts,
): Block {
  const bars: Bar[] = rows.map(({ key, now }) => ({
    label: divisionLabel(division, key, organisation, texts),
    value: typeof now === 'number' ? now : undefined,
    said: sayCell(now, organisation.smallestGroup),
  }));
  const told = bars.map(({ label, said }) => `${label}: ${said}`).join('; ');
  return { kind: 'chart', title, alternative: `Staafdiagram. ${title}. ${told}.`, bars };
}

/** R15: what an evaluation of the procedure needs. */
export function evaluation({ report, organisation, texts }: ReportParts): Block[] {
  const { medians, conversations } = report;
  const days = (value: number | undefined) =>
    value === undefined ? 'niet getoond' : value.toLocaleString('nl-NL', { maximumFractionDigits: 1 });
  return [
    heading('Evaluatie van de klachtenregeling'),
    paragraph(
      `De regeling wordt regelmatig geëvalueerd. De volgende evaluatie staat voor ${texts.day(organisation.nextEvaluation)}. De bereikte stap, de uitkomst en de duur hierboven laten zien hoe de regeling werkt; hieronder staat hoe vaak er is gesproken en hoe lang elke stap duurde.`,
    ),
    {
      kind: 'table',
      caption: 'Gesprekken en doorlooptijd per stap',
      head: ['Stap', 'Gesprekken', 'Mediaan in werkdagen'],
      rows: [
        ...stages.map((stage) => {
          const held = conversations.find(({ key }) => key === stage)?.now ?? 0;
          return [texts(`stage.${stage}`), sayCell(held, organisation.smallestGroup), days(medians[stage])];
        }),
        ['Van indienen tot afsluiten', '', days(medians.total)],
      ],
    },
  ];
}
