import { divisionLabel } from '../cards/division-labels.ts';
import type { Texts } from '../cards/texts.ts';
import type { AnonymousRecord } from '../domain/anonymous-record.ts';
import type { Organisation } from '../domain/organisation.ts';
import { type Division, divisions, type Row, type YearReport } from '../domain/report.ts';
import { improvementStates, stages } from '../domain/vocabulary.ts';
import { type Cell, isHidden } from '../domain/withhold.ts';
import type { Bar, Block, Item } from './blocks.ts';

type Nature = AnonymousRecord['nature'];

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

/** R12: the yearly report, part by part, as it goes to the board. */
export function contentsOf(parts: ReportParts): Block[] {
  return [
    ...opening(parts),
    ...numbers(parts),
    ...divisions.flatMap((division) => divided(division, parts)),
    ...content(parts),
    ...recommendations(parts),
    ...improvements(parts),
    ...evaluation(parts),
    ...accountOf(parts),
  ];
}

const heading = (text: string, level: 1 | 2 = 1): Block => ({ kind: 'heading', level, text });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** The title of the report. */
export const titleOf = ({ report }: Pick<ReportParts, 'report'>) => `Klachtenverslag ${report.year}`;

function opening({ report, organisation, texts, madeAt }: ReportParts): Block[] {
  const { year } = report;
  return [
    {
      kind: 'title',
      text: titleOf({ report }),
      under: `${organisation.name}, over de periode 1 januari tot en met 31 december ${year}. Opgesteld op ${texts.day(madeAt.toISOString())}.`,
    },
    heading('De klachtenregeling in het kort'),
    paragraph(
      'Cliënten, deelnemers, bezoekers, andere betrokkenen en externe samenwerkingspartners kunnen een klacht indienen over de dienstverlening. Een klacht wordt het liefst eerst besproken met de betrokken medewerker. Is die daarmee niet opgelost, dan neemt de senior of leidinggevende van die medewerker de klacht over. Lukt het ook daar niet, dan volgt een gesprek met de directeur-bestuurder. Niemand oordeelt over een klacht over zichzelf. Anonieme klachten, klachten over het toekennen van een (schade)vergoeding en klachten die al bij een externe instantie liggen, vallen buiten de regeling en staan niet in dit verslag.',
    ),
  ];
}

function numbers({ report }: ReportParts): Block[] {
  const { year, total, notReady } = report;
  return [
    heading('Aantal klachten'),
    paragraph(
      `In ${year} ${total.now === 1 ? 'is 1 klacht' : `zijn ${total.now} klachten`} ingediend; in ${year - 1} ${total.before === 1 ? 'was dat er 1' : `waren dat er ${total.before}`}. De dag van indienen telt. Klachten die dubbel bleken, zijn niet meegeteld.`,
    ),
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
export const sayCell = (cell: Cell, smallest: number) =>
  cell === 'fewer' ? `minder dan ${smallest}` : cell === 'withheld' ? 'niet getoond' : String(cell);

function divided(division: Division, parts: ReportParts): Block[] {
  const { report, organisation, texts } = parts;
  const { smallestGroup } = organisation;
  const rows = report.tables[division];
  const [title, by] = headings[division];
  const isShown = !isHidden(rows.map(({ now }) => now)) && report.total.now > 0;
  return [
    heading(title),
    ...(isShown
      ? []
      : [paragraph('Deze verdeling is niet te tonen zonder dat kleine aantallen zichtbaar worden.')]),
    {
      kind: 'table',
      caption: `Aantal klachten naar ${by}`,
      head: [by.charAt(0).toUpperCase() + by.slice(1), String(report.year), String(report.year - 1)],
      rows: rows.map(({ key, now, before }) => [
        divisionLabel(division, key, organisation, texts),
        sayCell(now, smallestGroup),
        sayCell(before, smallestGroup),
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

/** R12: the content of the complaints, from the summaries, by nature. */
function content({ report, texts, recordsOf }: ReportParts): Block[] {
  return [
    heading('Inhoud van de klachten'),
    paragraph('Hieronder staan de samenvattingen die de behandelaars schreven, zonder persoonsgegevens.'),
    ...report.groups.flatMap((group) =>
      section(
        group.natures,
        group.summaries,
        'Over deze klachten is nog geen samenvatting vastgelegd, of er waren er geen.',
        texts,
        async function* () {
          for await (const { state, summary } of recordsOf(group.natures)) {
            if (state === 'complete' && summary) yield { text: summary, under: [] };
          }
        },
      ),
    ),
    ...(report.notReady > 0
      ? [
          heading('Nog niet gereed', 2),
          list(async function* () {
            for await (const { state } of recordsOf(report.groups.flatMap(({ natures }) => natures))) {
              if (state === 'open')
                yield { text: 'Nog open: de klacht wordt behandeld; de samenvatting volgt.', under: [] };
              if (state === 'returned')
                yield { text: 'Nog open: de samenvatting wordt herschreven.', under: [] };
            }
          }),
        ]
      : []),
  ];
}

/** R12: the recommendations that were made. */
function recommendations({ report, texts, recordsOf }: ReportParts): Block[] {
  const sections = report.groups
    .filter((group) => group.recommendations > 0)
    .flatMap(({ natures, recommendations: number }) =>
      section(natures, number, '', texts, async function* () {
        for await (const record of recordsOf(natures)) {
          for (const { text } of record.recommendations) yield { text, under: [] };
        }
      }),
    );
  const none = [paragraph('Naar aanleiding van deze klachten zijn geen aanbevelingen gedaan.')];
  return [heading('Aanbevelingen'), ...(sections.length > 0 ? sections : none)];
}

/** R12: the improvements and what became of them. */
function improvements({ report, texts, recordsOf }: ReportParts): Block[] {
  const number = sumOf(Object.values(report.improvementStates));
  const said = improvementStates.map(
    (state) => `${report.improvementStates[state] ?? 0} ${texts(`improvement.${state}`)}`,
  );
  const sections = report.groups
    .filter((group) => group.improvements > 0)
    .flatMap(({ natures, improvements: each }) =>
      section(natures, each, '', texts, async function* () {
        for await (const record of recordsOf(natures)) {
          for (const { text, state, on } of record.improvements) {
            yield { text, under: [`${texts(`improvement.${state}`)}, ${texts.day(on)}`] };
          }
        }
      }),
    );
  return [
    heading('Verbeteringen'),
    paragraph(
      number === 0
        ? 'Naar aanleiding van deze klachten zijn nog geen verbeteringen vastgelegd.'
        : `Vastgelegde verbeteringen: ${number}, waarvan ${texts.all(said)}.`,
    ),
    ...sections,
  ];
}

/** R15: what an evaluation of the procedure needs. */
function evaluation({ report, organisation, texts }: ReportParts): Block[] {
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

/** How the figures were made. */
function accountOf({ organisation, report }: ReportParts): Block[] {
  const { smallestGroup } = organisation;
  return [
    heading('Hoe deze cijfers zijn gemaakt'),
    paragraph(
      `Van elke klacht blijft een anonieme registratie bewaard: maand en wijze van indienen, relatie van de klager, afdeling, aard, stappen, uitkomst, aantal gesprekken, werkdagen, samenvatting, aanbevelingen en verbeteringen. Dit verslag is daaruit gemaakt, over de klachten die in ${report.year} zijn ingediend. Werkdagen zijn maandag tot en met vrijdag, zonder feestdagen. De mediaan is het aantal werkdagen waarbij de helft van de klachten korter duurde en de helft langer.`,
    ),
    paragraph(
      `Om niemand herkenbaar te maken staat bij een groep van minder dan ${smallestGroup} klachten ‘minder dan ${smallestGroup}’. Waar die dan uit het totaal te berekenen was, is ook een tweede groep niet getoond; de inhoud van die groepen staat bij elkaar. Een groep zonder klachten staat er als 0. Verdelingen over ${2 * smallestGroup} klachten of minder worden helemaal niet getoond.`,
    ),
    paragraph(
      'De tekst van dit verslag is nagekeken op namen en andere persoonsgegevens uit de klachten van dit jaar.',
    ),
  ];
}

function section(
  natures: readonly Nature[],
  number: number,
  none: string,
  texts: Texts,
  items: () => AsyncIterable<Item>,
): Block[] {
  const names = natures.map((nature) => texts(`choice.nature.${nature}`));
  const name = texts.all(names);
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return [heading(title, 2), number > 0 ? list(items) : paragraph(none)];
}

const list = (items: () => AsyncIterable<Item>): Block => ({ kind: 'list', items });
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
