import { isImpersonal, wordSet } from './word-lists.ts';

/** Nouns that are names too: 'Roos', 'Van der Berg'. A sentence hardly starts with one without an article. */
export const ordinaryNouns = wordSet(
  'roos bloem berg bos bosch dijk dam brink veld velden ven heuvel linde linden meer beek horst haan leeuw hoek hof kamp',
  'huis huizen straat weg kerk school dorp stad zee laan markt steen zand klei hout plant appel peer kers boom boomgaard',
  'tulp lelie klaver riet varen lotus jasmijn fleur floor storm ster bas',
  'vos wolf haas schaap bok stier kat hond mol vogel beer valk arend bakker visser smit smid boer mulder molenaar kok kuiper',
  'koning prins keizer graaf hertog ridder schipper slager snijder timmerman wever poort sluis stam tak blok bot baas',
  'bal dekker koster kramer schouten mark hart hals kop',
  'voet been vinger bril hoed kist kast tafel stoel bed deur raam muur dak tuin gras heide duin strand eiland haven brug',
  'molen toren burg borg slot paal engel pop toon trees jet mantel spel kind man vrouw heer zoon broer buur',
  'koe paard vlieg vis snoek baars zalm ui kool prei biet noot naald eik beuk berk wilg iep',
);

/** Adjectives and nouns that are names too, with which a sentence does start: 'Groot', 'Lente', 'Koning'. */
export const ordinaryOpeners = wordSet(
  'jong jonge groot groote klein kleine wit witte zwart bruin groen rood blauw geel grijs bij mug els es',
  'lang lange kort korte oud oude nieuw dik vroom goed best beste snel sterk rijk arm wijs stil zoet hoop kans joy hope',
  'page chat eerste tweede derde laatste volgende vorige gast bank brood water vuur licht donker hand post dieren',
  'lente zomer herfst winter maandag vrijdag pasen vrede',
);

/** Verbs and small words that are names too: 'Wil', 'Ben', 'Door', 'An'. */
export const ordinaryWords = wordSet(
  'wil wilt willen ben bent is was als die dat dit deze door per nu ad ab do an al en of maar want dus dan toen er hier daar',
  'wie wat waar hoe na naar met om over tot tegen zonder tussen ik jij je hij zij ze we wij jullie hen hun haar mij mijn me',
  'jou u uw zich ook nog wel niet geen meer veel te zo toch even weer vaak soms altijd nooit heel erg kan kon zal zou mag',
  'mocht moet moest had heeft hebben heb werd worden wordt zijn geweest ga gaat ging kom komt kwam doe doet deed zeg zegt zei',
  'vind vindt vond weet wist geef geeft gaf neem neemt nam bel belt belde lees leest las rein will',
  'so min man lies mies han zou bleef blijft blijf bleek',
  'rust rest alle allen ander andere ieder elke zelf samen uit af op aan in onder voor achter boven naast bijna sinds graag',
  'lief lieve bijt sta staat stond lig ligt lag zit zat loop loopt liep werk werkt wens wenst dank april mei juni juli',
  'augustus maart januari februari september oktober november december',
);

/** Verbs of what people do, in the forms that follow a name. */
const verbsOfPeople = wordSet(
  'zegt zei vindt vond wil wilde wou belt belde vraagt vroeg heeft had geeft gaf kan kon gaat ging komt kwam doet deed ziet zag',
  'weet wist denkt dacht schrijft schreef mailt mailde legt legde neemt nam stuurt stuurde meldt meldde moet moest mag mocht',
  'zou zal hoort hoorde praat praatte sprak spreekt werkt werkte woont woonde bevestigt bevestigde ontkent ontkende klaagt',
  'klaagde krijgt kreeg noemt noemde wacht wachtte staat stond zit zat loopt liep blijft bleef begrijpt begreep voelt voelde',
  'laat liet maakt maakte schrikt schrok brengt bracht haalt haalde helpt hielp pakt pakte regelt regelde zoekt zocht leest las',
  'beloofde belooft huilt huilde schreeuwt schreeuwde weigert weigerde wenst wenste hoopt hoopte kent kende vertelt vertelde',
  'zegde zet zette draagt droeg rijdt reed vertrekt vertrok verwijst verwees herinnert tekent tekende tolkte valt viel biedt bood',
);
const statesOfAnything = wordSet('is was wordt werd blijkt bleek lijkt leek heet heette');

/** Whether a word is a verb as it follows somebody's name: 'Wil zegt', 'Roos reageerde'. */
export const isVerbOfPeople = (word: string) =>
  verbsOfPeople.has(word) || (/^\p{L}{3,}(?:eert|eerde)$/u.test(word) && !isImpersonal(word));
/** The same, or one that follows anything: 'is', 'wordt'. */
export const isFiniteVerb = (word: string) => isVerbOfPeople(word) || statesOfAnything.has(word);

/** Words in front of a noun; in front of a name they hardly stand. */
export const determiners = wordSet(
  'de het een t n die deze dat dit geen elke ieder iedere haar hun onze ons mijn uw zijn twee drie veel alle enkele welke',
);

/** Words with which sentences and notes start, and that are no names. */
const sentenceStarts = wordSet(
  'volgens namens aldus gisteren vandaag morgen vanmorgen vanmiddag later daarna daarom eerst vervolgens ondanks vanwege',
  'tijdens binnen buiten vanaf bij langs rond omdat terwijl hoewel wanneer zodra indien voordat nadat mits zowel',
  'klacht klachten gesprek contact afspraak afspraken mail brief huisbezoek verslag reactie balie naam telefoon adres excuses',
  'uitslag advies overleg dossier kopie bericht beste geachte hallo hoi groet groeten vriendelijke hartelijke mvg hoogachtend',
  'cl cliente aanwezig betreft onderwerp verder inmiddels helaas tevens echter alleen nogmaals graag besproken gesproken',
  'zie bel stuur schrijf vraag naar geb geboren gebeld teruggebeld gemaild ontvangen verzocht meegedeeld doorgegeven overgedragen',
  'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ja nee nou ok oke eigen kort rek tel mob',
);

/** Words of organisations, departments and places. */
const publicWords = wordSet(
  'team afdeling afd welzijn zorg wonen thuiszorg wijkteam dienst bureau gemeente stichting vereniging bv raad commissie loket',
  'sociaal sociale maatschappelijk maatschappelijke werk raadslieden raadsman schuldhulp schuldhulpverlening schulden jeugd',
  'senioren ouderen ouderenzorg vervoer receptie administratie financien personeel kwaliteit bestuur directie kantoor centrum',
  'noord oost zuid west midden station park buurthuis wijkcentrum locatie gebouw zaal kamer huize school ziekenhuis kliniek',
  'burgemeester prins prinses koning koningin wethouder minister rode kruis leger heils humanitas nederland nederlandse nederlands belgie belgische turkije marokko suriname engelse duitse',
  'amsterdam rotterdam utrecht haag leiden delft leidschendam voorburg gouda zoetermeer groningen eindhoven tilburg breda arnhem',
  'nijmegen haarlem almere zwolle maastricht leeuwarden assen holland brabant limburg gelderland friesland zeeland drenthe',
  'awb avg wmo wlz zvw teams excel word outlook microsoft google facebook whatsapp instagram kerst pasen pinksteren sinterklaas',
  'koningsdag hemelvaart ramadan ggz ggd uwv poh mentor bewindvoerder ombudsman inspectie rechtbank politie',
);
const publicEndings =
  /(?:straat|laan|weg|plein|kade|gracht|singel|dreef|centrum|zorg|werk|raad|bureau|dienst|diensten|school|wet|loket|fonds|bank|team|club|commissie|(?:zieken|verpleeg|verzorgings|stad|gemeente|te|dorps|buurt)huis|dag|weekend|vereniging|instelling|organisatie|beleid|protocol|regeling)$/;

/** Whether a word with a capital is no name, though not known as anything else: 'Volgens', 'Welzijn', 'Kerkstraat'. */
export const isNoName = (word: string) =>
  ordinaryWords.has(word) ||
  sentenceStarts.has(word) ||
  isPublic(word) ||
  isImpersonal(word) ||
  isFiniteVerb(word);

/** Whether a word is one of organisations, departments and places. */
export const isPublic = (word: string) => publicWords.has(word) || publicEndings.test(word);

/** Words of rooms, groups and places that bear the names of birds and flowers: 'zaal De Vink'. */
export const placeWords = wordSet(
  'zaal zaaltje kamer locatie gebouw huize huis buurthuis wijkcentrum dorpshuis afdeling afd groep team klas school restaurant cafe',
  'kantine hotel buurt wijk halte bushalte park hofje flat complex woongroep unit stichting vereniging winkel salon steunpunt lokaal ruimte boot',
);
