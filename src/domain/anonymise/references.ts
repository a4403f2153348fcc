import { type Finding, findingOf } from './finding.ts';

const own =
  /(?<![\p{L}\d])K(?:\s?[-–]\s?\d{4}\s?[-–/]\s?\d+| ?(?:19|20)\d{2} ?[-–/]? ?\d{1,7})[a-z]?(?![\p{L}\d])/giu;
/** The same without its letter, behind a word for it. */
const called =
  /(?<![\p{L}[])(?:klacht|kenmerk|ref|referentie|klachtnr|klachtnummer)(?!\p{L})\.?(?: ?\(?(?:nr|nummer)\.?\)?)?:? {0,2}(?<number>(?:19|20)\d{2} ?[-–/] ?\d{3,7})(?![\p{L}\d-])/giu;
const ofPerson =
  /(?<![\p{L}[])(?:cliënt|client|klant|dossier|polis|zaak|patiënt|patient|deelnemers?|registratie|klacht|relatie|lid|pas|paspoort|verzekerden|verzekerings|document|zorg|v)[ -]?(?:nummer|nr)(?:\.|:)?\s{0,2}(?:is |was )?(?<number>\d[\d.-]{2,18}\d)(?!\p{L})/giu;
/** What a file has elsewhere: digits with letters or marks between them, 'Z/26/1187'. */
const ofFile =
  /(?<![\p{L}[])(?:dossier|zaak|zaaknummer|dossiernummer)(?!\p{L})(?: ?(?:nr|nummer)\.?)?:? {1,2}(?<number>(?=[\p{L}\d]{0,8}[-/.]?\d)[\p{L}\d]{1,8}(?:[-/.][\p{L}\d]{1,8}){1,4})(?![\p{L}\d])/giu;

/** Finds references of complaints, and, as doubtful, numbers by which a person stands in another administration. */
export function findReferences(text: string): Finding[] {
  const found = (pattern: RegExp, certain: boolean) =>
    [...text.matchAll(pattern)].map(({ 0: all, index, groups }) => {
      const end = index + all.length;
      return findingOf('reference', end - (groups?.['number'] ?? all).length, end, certain);
    });
  return [...found(own, true), ...found(called, true), ...found(ofPerson, false), ...found(ofFile, false)];
}
