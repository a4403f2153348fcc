const wordSet = (...lines: string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** 'Tussenvoegsels': small words between the parts of a name. */
export const particles = wordSet(
  'van von vd v d de den der des het ten ter te t la le les el al da do dos das del della di du bin ben bint abu ould op',
  'aan in uit onder voor bij zu zum af av ap y e o',
);

/** Forms of address. */
export const titles = wordSet(
  'mevrouw mevr mw mvr meneer mijnheer dhr heer familie fam echtpaar juffrouw dokter dr drs ir ing prof mr zuster broeder',
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

/** Nouns and adjectives that are names too: 'Roos', 'De Groot', 'Van der Berg'. */
export const ordinaryNouns = wordSet(
  'roos bloem berg bos bosch dijk dam brink veld velden ven heuvel linde linden meer beek horst haan leeuw hoek hof kamp',
  'huis huizen straat weg kerk school dorp stad zee laan markt steen zand klei hout plant appel peer kers boom boomgaard',
  'tulp lelie klaver riet varen lotus jasmijn fleur floor lente zomer herfst winter maandag vrijdag pasen vrede storm ster',
  'vos wolf haas schaap bok stier kat hond mol vogel beer valk arend bakker visser smit smid boer mulder molenaar kok kuiper',
  'koning prins keizer graaf hertog ridder schipper slager snijder timmerman wever post poort sluis stam tak blok bot baas',
  'bal dekker koster kramer schouten jong jonge groot groote klein kleine wit witte zwart bruin groen rood blauw geel grijs',
  'lang lange kort korte oud oude nieuw dik vroom goed best beste snel sterk rijk arm wijs stil zoet hoop kans joy hope',
  'page chat eerste tweede derde laatste volgende vorige gast mark bank brood water vuur licht donker hart hand hals kop',
  'voet been vinger bril hoed kist kast tafel stoel bed deur raam muur dak tuin gras heide duin strand eiland haven brug',
  'molen toren burg borg slot paal post engel pop toon trees jet dieren mantel spel kind man vrouw heer zoon broer buur',
  'koe paard vlieg bij mug vis snoek baars zalm ui kool prei biet noot naald els es eik beuk berk wilg iep',
);

/** Verbs and small words that are names too: 'Wil', 'Ben', 'Door', 'An'. */
export const ordinaryWords = wordSet(
  'wil wilt willen ben bent is was als die dat dit deze door per nu ad ab do an al en of maar want dus dan toen er hier daar',
  'wie wat waar hoe na naar met om over tot tegen zonder tussen ik jij je hij zij ze we wij jullie hen hun haar mij mijn me',
  'jou u uw zich ook nog wel niet geen meer veel te zo toch even weer vaak soms altijd nooit heel erg kan kon zal zou mag',
  'mocht moet moest had heeft hebben heb werd worden wordt zijn geweest ga gaat ging kom komt kwam doe doet deed zeg zegt zei',
  'vind vindt vond weet wist geef geeft gaf neem neemt nam bel belt belde lees leest las bas rein will',
  'so min man lies mies han zou bleef blijft blijf bleek',
  'rust rest alle allen ander andere ieder elke zelf samen uit af op aan in onder voor achter boven naast bijna sinds graag',
  'lief lieve bijt sta staat stond lig ligt lag zit zat loop loopt liep werk werkt wens wenst dank april mei juni juli',
  'augustus maart januari februari september oktober november december',
);

/** Words after which a name often follows, known or not. */
export function introduces(word: string): boolean {
  return titles.has(word) || staffRoles.has(word) || complainantRoles.has(word) || relatives.has(word);
}
