import { createInstance, type TOptions } from 'i18next';
import en from './locales/en.json' with { type: 'json' };
import nl from './locales/nl.json' with { type: 'json' };

/** A key of the words of the tools; plurals are asked for without `_one` and `_other`. */
export type Key = keyof typeof nl extends infer K
  ? K extends `${infer Base}_${'one' | 'other'}`
    ? Base
    : K
  : never;

/** The words of the tools in one language. */
export interface Words {
  (key: Key, options?: TOptions): string;
  language: 'nl' | 'en';
}

// The compiler sees to it that both languages have the same words.
const english: Record<keyof typeof nl, string> = en;
const dutch: Record<keyof typeof en, string> = nl;

const i18n = createInstance();
i18n.init({
  initAsync: false,
  resources: { nl: { translation: dutch }, en: { translation: english } },
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** Dutch, unless `--lang en` is given, or the machine's own language is English. */
export function wordsFor(args: readonly string[], environment: Record<string, string | undefined>): Words {
  const at = args.findIndex((each) => each === '--lang' || each.startsWith('--lang='));
  const given = at < 0 ? environment['LANG'] : (args[at]?.split('=')[1] ?? args[at + 1]);
  const language = given?.toLowerCase().startsWith('en') ? 'en' : 'nl';
  const translate = i18n.getFixedT(language);
  return Object.assign((key: Key, options?: TOptions) => translate(key, options ?? {}), {
    language,
  } as const);
}
