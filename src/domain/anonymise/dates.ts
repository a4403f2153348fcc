import { type Finding, findingOf } from './finding.ts';

const months = 'januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december';

const shortMonths = 'jan|feb|febr|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec';

const patterns = [
  /(?<![\p{L}\d])(?<!\d[-/.])(?<day>\d{1,2})\s?(?<mark>[-/.])\s?(?<month>\d{1,2})\s?\k<mark>\s?(?<year>(?:19|20)\d{2}|['’]?\d{2})(?![\p{L}\d]|[-/.]\d)/gu,
  /(?<![\p{L}\d])(?<!\d[-/.])(?<year>(?:19|20)\d{2})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?![\p{L}\d]|[-/.]\d)/gu,
  new RegExp(
    `(?<![\\p{L}\\d])(?:de (?=\\d{1,2}(?:e|de|ste)))?(?<day>\\d{1,2})(?:e|de|ste)?[ -](?:${months}|(?:${shortMonths})(?:\\.(?= ['’\\d]))?)(?:[ -](?<year>(?:19|20)\\d{2}|['’]\\d{2})(?!\\d))?(?!\\p{L})`,
    'giu',
  ),
];

/** How a date of birth is written too: '030448', '03041948', 'drie april negentienachtenveertig'. */
const digitsOfBirth =
  /(?<![\p{L}\d\-/.])(?:(?<day>\d{2}) ?(?<month>\d{2}) ?(?:(?:19|20)?\d{2})|(?:19|20)\d{2}(?<monthBehind>\d{2})(?<dayBehind>\d{2}))(?![\p{L}\d]|[-/.]\d)/gu;
const wordsOfBirth = new RegExp(
  `(?<!\\p{L})\\p{L}{0,14}(?:een|één|eerste|twee|drie|derde|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig)(?:de|ste)? (?:${months})(?: (?:(?:negentien|twintig|tweeduizend)\\p{L}*(?: \\p{L}*tig(?!\\p{L}))?|(?:19|20)\\d{2}))?(?![\\p{L}\\d])`,
  'giu',
);

const shortYearOfBirth = new RegExp(
  `(?<![\\p{L}\\d])\\d{1,2} (?:${months}|(?:${shortMonths})\\.?) \\d{2}(?![\\p{L}\\d]|[:.]\\d| uur)`,
  'giu',
);

/** Years alone tell when somebody was born only where the text says so. */
const bareYear = /(?<![\p{L}\d\-/.])(?:19|20)\d{2}(?![\p{L}\d]|[-/.]\d)/gu;

/** Words of birth in front, in the same sentence and with nothing else found in between. */
const birthBefore =
  /(?:^|[^\p{L}[])(?:[Gg]eb|[Gg]ebdatum|[Gg]eboren|[Gg]eborene|[Gg]eboorte(?:datum|dag|jaar)|[Vv]erjaar(?:dag|t|de)|[Jj]arig|GEBOREN|GEB)(?!\p{L})\.?(?:(?!\.\s+\p{Lu})[^\d!?;\n[\]□]){0,40}$/u;
const birthAfter =
  /^[\s,)(]{0,3}(?:is |was |de |als )?(?:geboren|geboortedatum|geboortedag|jarig|verjaardag)(?!\p{L})/iu;

/** The first year of which a date is taken for an ordinary one: clients were born before it. */
const firstOrdinaryYear = 2015;
/** The first two-digit year that is one of the twentieth century. */
const firstOfLastCentury = 30;

/** Finds dates: of birth by the words around them or by their year; any other full date is doubtful. */
export function findDates(text: string): Finding[] {
  const dates = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => dateOf(text, match)),
  );
  const years = [...text.matchAll(bareYear)].flatMap(({ 0: year, index }) =>
    isOfBirth(text, index, index + year.length)
      ? findingOf('birth-date', index, index + year.length, false)
      : [],
  );
  return [...dates, ...years, ...writtenOtherwise(text)];
}

/** Dates that are seen as such behind words of birth alone. */
function writtenOtherwise(text: string): Finding[] {
  const births = [...text.matchAll(/geb|jarig|verjaar/gi)];
  if (births.length === 0) return [];
  const digits = [...text.matchAll(digitsOfBirth)].filter(({ groups = {} }) => {
    const { day, month, dayBehind, monthBehind } = groups;
    return inRange(day ?? dayBehind, 31) && inRange(month ?? monthBehind, 12);
  });
  const words = births.flatMap(({ index: from }) =>
    [...text.slice(from, from + farthest).matchAll(wordsOfBirth)].map(({ 0: date, index }) => ({
      0: date,
      index: from + index,
    })),
  );
  return [...digits, ...words, ...text.matchAll(shortYearOfBirth)]
    .filter(({ 0: date, index }) => isOfBirth(text, index, index + date.length))
    .map(({ 0: date, index }) => findingOf('birth-date', index, index + date.length, true));
}
/** How many characters from a word of birth a date in words is looked for. */
const farthest = 120;

function dateOf(text: string, { 0: date, index, groups = {} }: RegExpMatchArray): Finding[] {
  const { day, month, year, mark } = groups;
  const start = index ?? 0;
  const end = start + date.length;
  if (!inRange(day, 31) || !inRange(month ?? '1', 12)) return [];
  const ofBirth = isOfBirth(text, start, end);
  if (!year) return ofBirth ? [findingOf('birth-date', start, end, true)] : [];
  /** '1.2.10' is as often the number of a paragraph. */
  const isVague = mark === '.' && year.length < 4;
  const certain = ofBirth || (fullYear(year) < firstOrdinaryYear && !isVague);
  return [findingOf('birth-date', start, end, certain)];
}

const inRange = (number: string | undefined, most: number) => Number(number) >= 1 && Number(number) <= most;

function fullYear(written: string): number {
  const year = Number(written.replace(/\D/g, ''));
  if (year >= 100) return year;
  return year + (year < firstOfLastCentury ? 2000 : 1900);
}

function isOfBirth(text: string, start: number, end: number): boolean {
  return (
    birthBefore.test(text.slice(Math.max(0, start - 60), start)) || birthAfter.test(text.slice(end, end + 30))
  );
}

/** The text with its full dates made unreadable, at the same length: '06-2025 03-04' is no phone number. */
export function withoutDates(text: string): string {
  return patterns
    .slice(0, 2)
    .reduce(
      (left, pattern) =>
        left.replace(pattern, (date) => (/\d{4}/.test(date) ? 'x'.repeat(date.length) : date)),
      text,
    );
}
