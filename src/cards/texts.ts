import { createInstance, type TOptions } from 'i18next';
import en from '../locales/en.json' with { type: 'json' };
import nl from '../locales/nl.json' with { type: 'json' };

export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];

/** The words of one language; a key without words throws. */
export interface Texts {
  (key: string, options?: TOptions): string;
  language: Language;
  /** Whether there are words for a key that may be left out. */
  has(key: string): boolean;
  /** A day (`2026-11-24`) or a moment, as people read it. */
  day(value: string): string;
  moment(value: string): string;
  /** A count: '1.234' in Dutch. */
  number(value: number): string;
  /** A month of a year: 'maart 2026'. */
  month(year: number, month: number): string;
  /** A size in bytes, as people read it: '1,2 MB'. */
  size(bytes: number): string;
  /** Several things in one phrase: 'a, b en c'. */
  all(things: readonly string[]): string;
}

const i18n = createInstance();
i18n.init({
  initAsync: false,
  resources: { nl: { translation: nl }, en: { translation: en } },
  fallbackLng: false,
  interpolation: { escapeValue: false },
  parseMissingKeyHandler: (key) => {
    throw new Error(`no words for ${key}`);
  },
});

/** Dutch, unless the locale of the person is English. */
export function textsFor(locale: string | undefined): Texts {
  return locale?.toLowerCase().startsWith('en') ? english : dutch;
}

function textsIn(language: Language): Texts {
  const translate = i18n.getFixedT(language);
  const tag = language === 'nl' ? 'nl-NL' : 'en-GB';
  // Midnight in UTC is the same day in Dutch time, so this is right for a day and for a moment.
  const day = new Intl.DateTimeFormat(tag, { timeZone: 'Europe/Amsterdam', dateStyle: 'long' });
  const moment = new Intl.DateTimeFormat(tag, {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const month = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', year: 'numeric', month: 'long' });
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  // A card has dozens of words that are always the same.
  const known = new Map<string, string>();
  const texts = (key: string, options?: TOptions) => {
    const words = options ? translate(key, options) : (known.get(key) ?? translate(key));
    if (!options) known.set(key, words);
    return words;
  };
  return Object.assign(texts, {
    language,
    has: (key: string) => i18n.exists(key, { lng: language }),
    day: (value: string) => day.format(new Date(value)),
    moment: (value: string) => moment.format(new Date(value)),
    number: (value: number) => number.format(value),
    month: (year: number, ofYear: number) => month.format(new Date(Date.UTC(year, ofYear - 1))),
    size: (bytes: number) =>
      bytes < 100_000
        ? `${number.format(Math.max(bytes / 1000, 0.1))} kB`
        : `${number.format(bytes / 1_000_000)} MB`,
    all: (things: readonly string[]) => list.format(things),
  });
}

// Once: what writes days and numbers takes long to make.
const [dutch, english] = [textsIn('nl'), textsIn('en')];
