import type { Texts } from '../cards/texts.ts';
import { divisions } from '../domain/report.ts';
import { improvementStates } from '../domain/vocabulary.ts';
import { type Block, heading, type Item, paragraph } from './blocks.ts';
import { divided, evaluation, numbers } from './figures.ts';
import { type Nature, type ReportParts, titleOf } from './parts.ts';

/** R12: the yearly report, part by part, as it goes to the board. */
export function contentsOf(parts: ReportParts): Block[] {
  return [
    ...opening(parts),
    ...numbers(parts),
    // Of a year without complaints there is nothing to divide or to tell.
    ...(parts.report.total.now > 0
      ? [
          ...divisions.flatMap((division) => divided(division, parts)),
          ...content(parts),
          ...recommendations(parts),
          ...improvements(parts),
        ]
      : []),
    ...evaluation(parts),
    ...accountOf(parts),
  ];
}

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
      'De tekst van dit verslag is door de bot nagekeken op de namen van klagers en medewerkers en op telefoonnummers uit de klachten van dit jaar.',
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
