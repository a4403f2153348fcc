// What the complaints of a made-up year are about, in the words in which a handler sums them up.
import type { Intake } from '../src/domain/intake.ts';

/** What happened, by nature. */
export const subjects: Record<Intake['nature'], readonly string[]> = {
  service: [
    'De klager kreeg na aanmelding weken geen hulp bij de administratie',
    'De klager vond de uitleg over de toeslagen onduidelijk en moest zelf verder zoeken',
    'De beloofde huisbezoeken gingen drie keer niet door',
    'Het spreekuur sloot eerder dan op de website stond',
    'De klager kreeg een verkeerd advies over de huurtoeslag',
  ],
  conduct: [
    'De klager voelde zich aan de balie niet serieus genomen',
    'De klager werd ondanks toezeggingen niet teruggebeld',
    'De klager vond de toon van een medewerker kortaf',
    'Een medewerker besprak de situatie van de klager waar anderen bij stonden',
    'De klager kreeg geen antwoord op vragen over de afspraak',
  ],
  processes: [
    'De klager moest dezelfde gegevens drie keer aanleveren',
    'De doorverwijzing bleef liggen, omdat niet duidelijk was wie aan zet was',
    'De brief over de afspraak kwam aan na de afspraak zelf',
    'De klager wachtte lang op een besluit en kreeg geen tussenbericht',
  ],
  other: [
    'De klager had last van geluid bij een activiteit in het buurthuis',
    'De ingang van het gebouw was met een rolstoel niet te gebruiken',
    'De klager vond de eigen bijdrage voor de maaltijd te hoog',
  ],
};

/** How it ended. */
export const endings = {
  resolved: [
    'Er is uitleg gegeven en er zijn excuses gemaakt; de klager is tevreden.',
    'Er is een nieuwe afspraak gemaakt en die is nagekomen.',
    'Samen met de klager is een oplossing gevonden.',
    'De klager kreeg een vaste contactpersoon en is daarmee geholpen.',
  ],
  unresolved: [
    'De klager is het oneens gebleven met de uitkomst.',
    'Er is uitleg gegeven, maar de klager had een andere beslissing verwacht.',
  ],
  withdrawn: ['De klager zag van de klacht af nadat er contact was geweest.', 'De klager wilde niet verder.'],
  terminated: ['De klager heeft de klacht aan een externe instantie voorgelegd.'],
  duplicate: ['Deze klacht stond er al.'],
} as const;

export const recommendations = [
  'Bel binnen twee werkdagen terug, ook als er nog geen antwoord is.',
  'Zet openingstijden op één plek en werk die wekelijks bij.',
  'Vraag gegevens één keer uit en deel ze met toestemming binnen de organisatie.',
  'Bespreek persoonlijke zaken in een aparte ruimte.',
  'Geef bij een doorverwijzing aan wie contact opneemt en wanneer.',
];

export const improvements = [
  'Er is een terugbellijst per afdeling ingevoerd.',
  'De openingstijden staan nu op één pagina van de website.',
  'Het aanmeldformulier wordt gedeeld tussen de afdelingen.',
  'Bij de balie is een spreekkamer vrijgehouden.',
];
