import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaint } from '../../bench/complaint.ts';
import { measure, readSentence } from '../../bench/measure.ts';
import written from '../../bench/sentences.json' with { type: 'json' };
import {
  applySuggestions,
  findPersonalData,
  gatherKnown,
  knownIn,
  objectionsTo,
  takeOverSuggestions,
} from '../../src/domain/anonymise.ts';
import { complaintSchema } from '../../src/domain/complaint.ts';

/** What is found, as it is written in the labelled set: 'name:Kanarie', or 'name?:Specht' where it is doubtful. */
const found = (text: string, about = complaint) =>
  findPersonalData(text, knownIn(about)).map(
    ({ start, end, kind, certain }) => `${kind}${certain ? '' : '?'}:${text.slice(start, end)}`,
  );
const applied = (text: string, about = complaint) =>
  applySuggestions(text, findPersonalData(text, knownIn(about)));
/** The complaint of the set, of somebody else. */
const of = (name: string) =>
  complaintSchema.parse({
    ...complaint,
    intake: { ...complaint.intake, name },
    timeline: complaint.timeline.slice(2),
  });

describe('names that the complaint knows', () => {
  it.each([
    ['whole', 'sprak Roos van der Kanarie aan', 'Roos van der Kanarie'],
    ['as it was before it was corrected', 'sprak Roza aan', 'Roza'],
    ['in part, with tussenvoegsels', 'sprak Van der Kanarie aan', 'Van der Kanarie'],
    ['with tussenvoegsels cut short', 'sprak v.d. Kanarie aan', 'v.d. Kanarie'],
    ['in small letters', 'sprak kanarie aan', 'kanarie'],
    ['in capitals', 'sprak KANARIE aan', 'KANARIE'],
    ['with other accents', 'sprak Jose Spréeuw aan', 'Jose Spréeuw'],
    ['with accents as marks of their own', 'sprak Jose\u0301 aan', 'Jose\u0301'],
    ['with initials', 'sprak R.S. van der Kanarie aan', 'R.S. van der Kanarie'],
    ['with initials behind', 'sprak Van der Kanarie, R. aan', 'Van der Kanarie, R.'],
    ['with a title', 'sprak mw. drs. Kanarie aan', 'mw. drs. Kanarie'],
    ['with a role', 'sprak de klager Kanarie aan', 'de klager Kanarie'],
    ['in the genitive', 'de fiets was Kanaries eigendom', 'Kanaries'],
    ['in the genitive with an apostrophe', 'de fiets was Kanarie’s eigendom', 'Kanarie’s'],
    ['joined to a name that is not known', 'sprak Specht-Kanarie aan', 'Specht-Kanarie'],
    ['in front of one that is not known', 'sprak Kanarie-van der Specht aan', 'Kanarie-van der Specht'],
    ['with a hyphen of its own', 'sprak Anne-Fleur aan', 'Anne-Fleur'],
    ['with an apostrophe of its own', "sprak Van 't Riet aan", "Van 't Riet"],
    ['of a handler', 'sprak De Lijster aan', 'De Lijster'],
    ['of an earlier handler', 'sprak Zwaluw aan', 'Zwaluw'],
    ['of whoever passed on a note', 'sprak Fatima aan', 'Fatima'],
    ['with the surname first', 'sprak Kanarie, Roos van der', 'Kanarie, Roos van der'],
    ['in capitals with initials and tussenvoegsels behind', 'door: LIJSTER, T. DE', 'LIJSTER, T. DE'],
    ['with an initial behind', 'sprak Merel W. aan', 'Merel W.'],
    ['with small initials', "sprak b. van 't riet aan", "b. van 't riet"],
    ['glued to a title', 'sprak mevr.Kanarie aan', 'mevr.Kanarie'],
    ['behind two titles', 'sprak dhr/mw Kanarie aan', 'dhr/mw Kanarie'],
    ['in the genitive of an s', "de tas van Roos' zus", "Roos'"],
    ['over the end of a line', 'sprak Roos van der\nKanarie aan', 'Roos van der\nKanarie'],
    ['in a name all in small letters', 'sprak bas van t riet aan', 'bas van t riet'],
    ['in small letters behind a verb that is a name', 'hier heeft wil merel gelijk', 'wil merel'],
    ['glued to tussenvoegsels', 'sprak Vanderkanarie aan', 'Vanderkanarie'],
    ['glued to tussenvoegsels and initials', 'sprak RvdKanarie aan', 'RvdKanarie'],
    ['with tussenvoegsels glued', 'sprak vander Kanarie aan', 'vander Kanarie'],
    ['with tussenvoegsels written otherwise', 'sprak van het Riet aan', 'van het Riet'],
    ['with tussenvoegsels by their letters', 'sprak Bas v.t. Riet aan', 'Bas v.t. Riet'],
    ['with its hyphen left out', 'sprak annefleur klaver aan', 'annefleur klaver'],
  ])('are found %s', (_how, text, name) => {
    expect(found(text)).toEqual([`name:${name}`]);
  });

  it('is in two words what is known as one', () => {
    expect(found('sprak Anne-Marie aan', of('Annemarie Kanarie'))).toEqual(['name:Anne-Marie']);
    expect(found('sprak Anne Marie aan', of('Annemarie Kanarie'))).toEqual(['name:Anne Marie']);
  });

  it.each([
    ['the order of letters', 'sprak mw. Kanraie aan', 'name:mw. Kanraie'],
    ['a letter doubled', 'sprak Roos Kannarie aan', 'name:Roos Kannarie'],
    ['a letter left out', 'sprak mw van der kanrie aan', 'name:mw van der kanrie'],
    ['the spelling of a sound', 'sprak Tjaling de Lyster aan', 'name:Tjaling de Lyster'],
    ['a name alone', 'sprak Kanari aan', 'name?:Kanari'],
  ])('are found with a typing error in %s', (_where, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each(['De klager en de klagers.', 'Kleur en geur waren goed.', 'Zij maakten lijsten en luisterden.'])(
    'are no ordinary words with a typing error: %s',
    (text) => expect(found(text)).toEqual([]),
  );

  it.each([
    ['Overgedragen aan TdL, zie mail.', 'TdL'],
    ['cl R.v.d.K. wil dat niet', 'R.v.d.K.'],
  ])('are doubtful by their initials alone: %s', (text, initials) => {
    expect(found(text)).toEqual([`name?:${initials}`]);
  });

  it('are found as one finding each in a list', () => {
    expect(found('- Merel\n- Spreeuw-Vink\n- Zwaluw')).toEqual([
      'name:Merel',
      'name:Spreeuw-Vink',
      'name:Zwaluw',
    ]);
  });

  it('end where they end in a text all in capitals', () => {
    expect(found('MW. VAN DER KANARIE WACHT NOG STEEDS')).toEqual(['name:MW. VAN DER KANARIE']);
  });

  it('are found as one finding each', () => {
    expect(found('Hierover spraken Kanarie, Merel en Zwaluw.')).toEqual([
      'name:Kanarie',
      'name:Merel',
      'name:Zwaluw',
    ]);
  });

  it('leave initials alone that stand next to no known surname', () => {
    expect(found('Bijlage R. hoort bij lid K van het besluit.')).toEqual([]);
  });

  it('do not take in the role of somebody else', () => {
    expect(applied('Heeft de medewerker Kanarie gebeld?')).toBe('Heeft de medewerker de klager gebeld?');
  });

  it('are no part of a longer word', () => {
    expect(found('Het kanariehok en de merelzang.')).toEqual([]);
  });

  it.each([
    'De medewerker en de leidinggevende spraken met de klager.',
    'Een collega (naam niet bekend) en de directeur-bestuurder.',
    'De senior en de klachtencoördinator.',
  ])('never include roles: %s', (text) => expect(found(text)).toEqual([]));

  describe('that are ordinary words too', () => {
    it.each([
      ['not at all in small letters', 'De klager wil een roos.', []],
      ['not after a form of address that is the subject', 'Mevrouw wil een gesprek.', []],
      ['as doubtful at the start of a sentence', 'Dat is zo. Wil zij een gesprek?', ['name?:Wil']],
      ['for certain within a sentence', 'Daarna belde Wil terug.', ['name:Wil']],
      ['for certain with another part of the name', 'Wil Merel belde.', ['name:Wil Merel']],
      ['for certain after a form of address', 'Later belde mevrouw klaver.', ['name:mevrouw klaver']],
      ['in a name all in small letters', 'later belde roos van der kanarie.', ['name:roos van der kanarie']],
      ['as doubtful in a text all in capitals', 'ZIJ WIL EEN GESPREK', ['name?:WIL']],
      ['for certain where a noun would have an article', 'Roos vindt dat goed.', ['name:Roos']],
      ['for certain where a verb follows', 'Wil heeft dat gezegd.', ['name:Wil']],
      ['for certain where no other subject follows', 'Wil en Merel zeiden dat.', ['name:Wil', 'name:Merel']],
      ['for certain in the genitive', 'Klavers notitie ontbrak.', ['name:Klavers']],
      ['for certain behind volgens', 'volgens roos niet', ['name:roos']],
      ['as doubtful beside what people do', 'toen belde roos op', ['name?:roos']],
      ['as doubtful with an article', 'De gele kanarie en een merel', ['name?:kanarie', 'name?:merel']],
      ['as doubtful where there are many', 'Daar vlogen merels.', ['name?:merels']],
      ['as doubtful where a place has it', 'in zaal De Vink', ['name?:Vink']],
      ['for certain where a place ends the sentence', 'Zij is in de zaal. Vink niet.', ['name:Vink']],
    ])('are found %s', (_how, text, expected) => {
      expect(found(text)).toEqual(expected);
    });

    it('tell the surname from the noun', () => {
      const berg = of('Kanarie van der Berg');
      expect(found('Er lag een berg papier.', berg)).toEqual([]);
      expect(found('bergs afspraak ging niet door', berg)).toEqual(['name:bergs']);
      expect(found('de afspraak met van der berg', berg)).toEqual(['name:van der berg']);
    });
  });

  it.each(['anoniem', 'D’Hondt', 'O', '-', 'Łukasz Ørsted', '王小明', "'t Hart", 'Ij van Ee'])(
    'cause no fault whatever they are: %s',
    (name) => expect(applied(`Het ging om ${name}.`, of(name))).toMatch(/^Het ging om/),
  );

  it('are found with letters that take no accents apart', () => {
    expect(found('sprak Lukasz Orsted aan', of('Łukasz Ørsted'))).toEqual(['name:Lukasz Orsted']);
  });
});

describe('names that the complaint does not know', () => {
  it.each([
    ['Later belde mevrouw Specht.', 'mevrouw Specht'],
    ['Later belde dhr. J. van der Specht.', 'dhr. J. van der Specht'],
    ['Later belde de heer Specht.', 'de heer Specht'],
    ['Later belde mevrouw S. op.', 'mevrouw S.'],
    ['Haar dochter Specht belde.', 'Specht'],
    ['Haar zoon (Specht) belde.', 'Specht'],
    ['Toen kwam Grutto Specht binnen.', 'Grutto Specht'],
    ['Grutto van der Specht tolkte.', 'Grutto van der Specht'],
    ['De arts (S. van Specht) kwam.', 'S. van Specht'],
    ['Specht, G.S. (fysio) kwam.', 'Specht, G.S.'],
    ['dat mw. specht heeft gebeld', 'mw. specht'],
    ['later heeft dhr. specht v.d. woningbouw gebeld', 'dhr. specht'],
    ['Groet,\nSpecht', 'Specht'],
    ['Beste Specht, dank.', 'Specht'],
  ])('are doubtful: %s', (text, name) => expect(found(text)).toEqual([`name?:${name}`]));

  it.each([
    'Mevrouw De klager',
    'De dochter van de klager',
    'Mevrouw. Daarna kwam zij.',
    'mevrouw en meneer',
    'Mw. heeft gebeld, dhr. is boos en mevrouw graag ook.',
    'Bij Maatschappelijk Werk en de Teamleider Welzijn, volgens de Sociale Raadslieden.',
    'In Gebouw B. Daar was Team Noord.',
    'Beste Klachtencommissie, met vriendelijke groet, de receptie',
    'In Den Haag, op Tweede Kerstdag en bij het Rode Kruis.',
  ])('are not seen where there is none: %s', (text) => expect(found(text)).toEqual([]));

  it('are as certain as the known name within them', () => {
    expect(found('Later belde mevrouw Kanarie Specht.')).toEqual(['name:mevrouw Kanarie Specht']);
  });
});

describe('other personal data', () => {
  it.each([
    'phone:06-1234 5601',
    'phone:+31 (0)6 1234 5601',
    'phone:0031612345601',
    'phone:0 6 1 2 3 4 5 6 0 1',
    'phone:(070) 763 06 06',
    'phone:12345601',
    'phone:+32 470 12 34 56',
    'email:kanarie@voorbeeld.nl',
    'email:kanarie (at) voorbeeld.nl',
    'iban:NL91ABNA0417164300',
    'iban:nl91 abna 0417 1643 00',
    'iban?:NL91ABNA0417164301',
    'bsn:111222333',
    'bsn:1112.22.333',
    'postcode:2262 EA',
    'postcode:2262ea',
    'postcode:Dobbelaan 4, 2262 EA',
    'postcode:Burgemeester van der Muslaan 4a 2262EA',
    'postcode?:Dobbelaan 4',
    'birth-date:12-03-1948',
    'birth-date:12 maart 1948',
    'birth-date:1948-03-12',
    'birth-date?:12-11-2025',
    'birth-date?:12 november 2025',
    'licence-plate?:12-ABC-3',
    'licence-plate?:xx-99-99',
    'web-address:https://voorbeeld.nl/kanarie?a=1',
    'web-address:voorbeeld.nl/kanarie',
    'web-address?:voorbeeld.nl',
    'reference:K-2026-0042',
    'reference:k 2026 42',
    'reference:K2026/0042a',
  ])('are found: %s', (expected) => {
    const data = expected.slice(expected.indexOf(':') + 1);
    expect(found(data)).toEqual([expected]);
    expect(found(`Het gaat om (${data}), en niet anders.`)).toEqual([expected]);
    expect(found(`Zie ${data}.`)).toEqual([expected]);
  });

  it.each([
    ['geboren op 3 mei 2019', 'birth-date:3 mei 2019'],
    ['geb. 3-5-19', 'birth-date:3-5-19'],
    ['jarig op 3 mei', 'birth-date:3 mei'],
    ['geboren in 1948', 'birth-date?:1948'],
    ['bsn 123456789', 'bsn:123456789'],
    ['kenteken 12ABC3', 'licence-plate:12ABC3'],
    ['tel. 7630606', 'phone?:7630606'],
    ['cliëntnummer 20250012', 'reference?:20250012'],
    ['Telefoon: 06-12345\n678', 'phone:06-12345\n678'],
    ['BSN is 319 44 82 04', 'bsn:319 44 82 04'],
    ['geb 030448', 'birth-date:030448'],
    ['geboren: 19480403', 'birth-date:19480403'],
    ['geb. 3 mei 48', 'birth-date:3 mei 48'],
    ['geboren drie april negentienachtenveertig', 'birth-date:drie april negentienachtenveertig'],
    ['geboren op de 21e september 1955', 'birth-date:de 21e september 1955'],
    ['kenteken zt 571 h', 'licence-plate:zt 571 h'],
    ['de taxi (98-XZ-TR)', 'licence-plate:98-XZ-TR'],
    ['daar stond 61 TS NH dubbel', 'licence-plate?:61 TS NH'],
    ['daar stond NT94XK dubbel', 'licence-plate?:NT94XK'],
    ['woont aan de Prunuskade 9', 'postcode:Prunuskade 9'],
    ['won. dorpsstraat 5', 'postcode:dorpsstraat 5'],
    ['ingeschreven op Achter de Wilgen 21', 'postcode:Achter de Wilgen 21'],
    ['huisbezoek Van der Muslaan 5', 'postcode:Van der Muslaan 5'],
    ['naar 3456 RT 7 hs, haar adres', 'postcode:3456 RT 7 hs'],
    ['K-2026-\n0042 vermelden', 'reference:K-2026-\n0042'],
    ['Klacht (nr. 2026-0042)', 'reference:2026-0042'],
    ['dossier Z/26/1187', 'reference?:Z/26/1187'],
    ['roos punt k apenstaartje post punt nl', 'email:roos punt k apenstaartje post punt nl'],
  ])('are known by the words around them: %s', (text, expected) => expect(found(text)).toEqual([expected]));

  it.each([
    'Zaak 123456789 is gesloten.',
    'Op 12 november om 14.30 uur.',
    'In 2025 is dat anders, in 2026 en 2027 ook.',
    'Een bedrag van € 111.222.333,00 of 1250 euro.',
    '1200 km, 2000 kg en 500 gram',
    'Kamer 12, artikel 3 lid 2, versie 2.1.4.',
    'Bel 112, 0800 1234, 0900-0101 of 14 070.',
    'Van 10-11 tot 12-13 uur.',
    '1234 SS en 0123 AB',
    '@ (at) www. https:// K-',
    'De tilband (type TX-200-L) en factuur 2025-0034.',
    'Zij woont in kamer 12, in Rietveen 3 dagen per week.',
    'Op 12 april zijn 24 12 34 formulieren geteld.',
  ])('are not seen in: %s', (text) => expect(found(text)).toEqual([]));

  it('are not put together from a date and what stands next to it', () => {
    expect(found('Op 12-06-2025 03-04-2026')).toEqual(['birth-date?:12-06-2025', 'birth-date?:03-04-2026']);
  });

  it('are found where they are glued to each other', () => {
    expect(found('NL91-ABNA-0417-1643-00.12-03-1948')).toEqual([
      'iban:NL91-ABNA-0417-1643-00',
      'birth-date:12-03-1948',
    ]);
  });

  it('are one finding where they overlap, as certain as the most certain', () => {
    expect(found('kanarie@voorbeeld.nl')).toEqual(['email:kanarie@voorbeeld.nl']);
    expect(found('roos.voorbeeld.nl')).toEqual(['web-address?:roos.voorbeeld.nl']);
    expect(found('kanarie.voorbeeld.nl')).toEqual(['web-address:kanarie.voorbeeld.nl']);
  });
});

describe('applySuggestions', () => {
  it.each([
    ['Mevrouw Kanarie was boos op Wil Merel.', 'De klager was boos op een medewerker.'],
    ['Kanaries afspraak ging niet door.', 'Klagers afspraak ging niet door.'],
    ['De afspraak met Kanarie ging niet door.', 'De afspraak met de klager ging niet door.'],
    ['Bel 06 1234 5601 of mail k@voorbeeld.nl.', 'Bel [telefoonnummer] of mail [e-mailadres].'],
    ['Later belde mevrouw Specht.', 'Later belde iemand.'],
  ])('%s', (text, expected) => expect(applied(text)).toBe(expected));

  it('leaves a text without findings as it is', () => {
    expect(applySuggestions('De klager is tevreden.', [])).toBe('De klager is tevreden.');
  });
});

it('objectionsTo: what is certain can not be overruled, what is doubtful can', () => {
  const found = (text: string, overruled: string[]) =>
    objectionsTo(text, knownIn(complaint), overruled).map(({ start, end }) => text.slice(start, end));
  expect(found('Kanarie belde.', ['Kanarie'])).toEqual(['Kanarie']);
  const doubtful = 'Mevrouw Specht belde op 12-11-2025.';
  expect(found(doubtful, [])).toEqual(['Mevrouw Specht', '12-11-2025']);
  expect(found(doubtful, ['Mevrouw Specht'])).toEqual(['12-11-2025']);
  expect(found(doubtful, ['Mevrouw Specht', '12-11-2025'])).toEqual([]);
});

describe('whatever the text', () => {
  const piece = fc.oneof(
    fc.constantFrom(...[...written.labelled, ...written.without].map((each) => readSentence(each).text)),
    fc.constantFrom(
      ...'Kanarie Roos roos Wil wil van der Van de De heer mevrouw Mevrouw collega klager K. R. s Specht geboren bsn tel. kenteken postcode Dobbelaan 4, 2262 EA ea NL91 ABNA 0417 1643 00 06 1234 5601 + ( ) - . , : @ / 12-03-1948 111222333 K-2026-0042 www. voorbeeld.nl \n’s'.split(
        ' ',
      ),
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  const text = fc
    .array(fc.tuple(piece, fc.constantFrom(' ', ' ', '', '-', '. ')), { maxLength: 25 })
    .map((pieces) => pieces.flat().join(''));

  it('findings lie within it, in order, and never overlap', () => {
    fc.assert(
      fc.property(text, (any) => {
        let end = 0;
        for (const finding of findPersonalData(any, knownIn(complaint))) {
          expect(finding.start).toBeGreaterThanOrEqual(end);
          expect(finding.end).toBeGreaterThan(finding.start);
          end = finding.end;
        }
        expect(end).toBeLessThanOrEqual(any.length);
      }),
      { numRuns: 500 },
    );
  });

  it('taking over the suggestions leaves nothing certain', () => {
    fc.assert(
      fc.property(text, (any) => {
        const left = takeOverSuggestions(any, knownIn(complaint));
        expect(found(left).filter((each) => !each.includes('?:'))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('without a known word or a digit nothing is found', () => {
    const letters = fc.stringMatching(/^[a-z ,;\n]{0,80}$/);
    const unknown =
      /\b(?:kanarie|ro[oz][sa]|wil|merel|jose|spreeuw|vink|tjalling|lijster|anne|fleur|klaver|fatima|mus|bas|riet|zwaluw)s?\b/;
    fc.assert(
      fc.property(
        letters.filter((any) => !unknown.test(any)),
        (any) => {
          expect(findPersonalData(any, knownIn(complaint))).toEqual([]);
        },
      ),
    );
  });
});

describe('on the labelled set', () => {
  const sentences = [...written.labelled, ...written.without].map(readSentence);
  const { all, tallies, misses } = measure(sentences, complaint);

  it('has at least 220 sentences with personal data and 60 without', () => {
    expect(written.labelled.length).toBeGreaterThanOrEqual(220);
    expect(written.without.length).toBeGreaterThanOrEqual(60);
    expect(written.labelled.every((each) => readSentence(each).labels.length > 0)).toBe(true);
    expect(written.without.some((each) => each.includes('{'))).toBe(false);
  });

  it.each([...tallies.keys()])('finds at least 0.98 of what is certain of the kind %s', (kind) => {
    const tally = tallies.get(kind);
    expect((tally?.sureFound ?? 0) / (tally?.sure ?? 1)).toBeGreaterThanOrEqual(0.98);
  });

  it('is right in at least 0.95 of what it finds for certain', () => {
    expect(all.certainRight / all.certain, JSON.stringify(misses, null, 1)).toBeGreaterThanOrEqual(0.95);
  });
});

it('gatherKnown: the names and numbers of many complaints are found together', () => {
  const gathered = gatherKnown();
  for (const each of [complaint, of('Kwik Merelman'), of('Kwik Merelman')]) gathered.add(each);
  const findings = findPersonalData('Kanarie en Merelman.', gathered.known());
  expect(findings.map(({ certain }) => certain)).toEqual([true, true]);
});

it.each([
  ['Ze woont op 2999 XB 18 Goes.', '2999 XB 18 Goes'],
  ['Post naar Kwartelstraat 18, 2999 XB Bergen op Zoom.', 'Kwartelstraat 18, 2999 XB Bergen op Zoom'],
  ["Het is 2999XB 's-Gravenhage nu.", "2999XB 's-Gravenhage"],
  ['Het was 2999 XB 18. De klager belde.', '2999 XB 18'],
])('an address goes with its town: %s', (text, address) =>
  expect(found(text)).toEqual([`postcode:${address}`]),
);

describe('words with a capital in what was typed of the complaint', () => {
  const told = complaintSchema.parse({
    ...complaint,
    intake: { ...complaint.intake, description: 'Merel kwam te laat. Daarna heeft Fenna Wulp gebeld.' },
    timeline: complaint.timeline.slice(2),
  });

  it.each([
    ['Afgehandeld door Fenna.', ['name?:Fenna']],
    ['Wulp hielp de klager.', ['name?:Wulp']],
    ['De klager zei dat Fenna Wulp kwam.', ['name?:Fenna Wulp']],
    // At the start of a sentence anything has a capital.
    ['Daarna kwam er uitleg.', []],
    ['De klager werd gebeld.', []],
  ])('may be names in its summary: %s', (text, expected) => expect(found(text, told)).toEqual(expected));
});
