/** A set of the words in some lines. */
export const wordSet = (...lines: string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** 'Tussenvoegsels': small words between the parts of a name. */
export const particles = wordSet(
  'van von vd v d de den der des het ten ter te t la le les el al da do dos das del della di du bin ben bint abu ould op',
  'aan in uit onder voor bij zu zum af av ap y e o',
);

/** Forms of address. */
export const titles = wordSet(
  'mevrouw mevr mw mvr mej mejuffrouw meneer mijnheer dhr hr heer familie fam echtpaar juffrouw dokter dr drs ir ing prof mr',
  'zuster broeder',
);

/** Roles by which a summary speaks of people: of staff, and of the complainant. */
export const staffRoles = wordSet(
  'medewerker medewerkster collega senior leidinggevende directeur bestuurder coordinator klachtencoordinator beheerder',
  'manager teamleider begeleider begeleidster hulpverlener hulpverleenster consulent consulente vrijwilliger vrijwilligster',
  'stagiair stagiaire behandelaar receptionist receptioniste maatschappelijk werker werkster ouderenadviseur',
  'employee director administrator colleague',
);
export const complainantRoles = wordSet(
  'klager klaagster client cliente deelnemer deelneemster bezoeker bezoekster bewoner bewoonster melder complainant',
);

/** People around a complainant; a name often follows. */
export const relatives = wordSet(
  'buurman buurvrouw zoon dochter moeder vader broer zus zusje broertje partner echtgenoot echtgenote man vrouw vriend',
  'vriendin neef nicht oom tante opa oma kleinzoon kleindochter mantelzorger huisarts wijkverpleegkundige genaamd heet heette',
);

/** Other words of names and placeholders that point at nobody. */
const impersonalWords = wordSet(
  'naam niet bekend onbekend getypt name not known anoniem extern externe external guest de een iemand betrokkene en of',
  'telefoonnummer e mailadres rekeningnummer burgerservicenummer adres datum kenteken webadres kenmerk klagers medewerkers',
);

/** Whether a word of a name points at nobody by itself. */
export function isImpersonal(word: string): boolean {
  return [particles, titles, staffRoles, complainantRoles, impersonalWords].some((set) => set.has(word));
}

/** Words after which a name often follows, known or not. */
export function introduces(word: string): boolean {
  return titles.has(word) || staffRoles.has(word) || complainantRoles.has(word) || relatives.has(word);
}
