import type { Complaint } from './complaint.ts';
import { wordsOf } from './words.ts';

/** Words in names that point at nobody: small words between names, and the roles by which a summary speaks of people. */
const impersonal = new Set(
  [
    'van von de den der het ten ter te la le el da di du dos bin ben op aan in',
    'klager medewerker senior leidinggevende directeur bestuurder klachtencoordinator beheerder collega naam niet bekend',
    'complainant employee manager director coordinator administrator colleague name not known',
  ]
    .join(' ')
    .split(' '),
);

/** What gives people away whatever they are called: e-mail, a long number, a reference, a date of birth, a postcode. */
const revealing = [
  /\S@\S+\.\S/,
  /(?:\d[\s()./-]?){8,}\d/,
  /\bK-\d{4}-\d+/i,
  /\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d{2}\b/,
  /\b[1-9]\d{3}\s?[A-Z]{2}\b/,
];

/** The words of every name that a complaint knows, corrected ones too. */
function namesIn({ timeline, intake, handler, loggedBy, earlierHandlers, involved }: Complaint): Set<string> {
  const intakes = timeline.flatMap((entry) => {
    if (entry.kind === 'complaintLogged') return entry.content;
    return entry.kind === 'complaintCorrected' ? entry.content.intake : [];
  });
  const complained = [intake, ...intakes];
  const staff = [handler, loggedBy, ...earlierHandlers, ...involved, ...timeline.map(({ by }) => by)];
  const people = [...staff, ...complained.flatMap(({ concerned }) => concerned)];
  const words = [...complained, ...people].flatMap(({ name }) => wordsOf(name));
  return new Set(words.filter((word) => word.length > 1 && !impersonal.has(word)));
}

/** R11: whether a text for the record holds personal data of its complaint, as far as can be told for certain. */
export function holdsPersonalData(text: string, complaint: Complaint): boolean {
  const names = namesIn(complaint);
  const words = wordsOf(text).flatMap((word) => [word, word.replace(/s$/, '')]);
  return words.some((word) => names.has(word)) || revealing.some((pattern) => pattern.test(text));
}
