import { type AnonymousRecord, isCounted, recordOutcomes } from './anonymous-record.ts';
import { eligibleRelations, improvementStates, natures, type Stage, stages, waysIn } from './vocabulary.ts';
import { type Cell, isHidden, withhold } from './withhold.ts';

/** How long handling took, in working days: up to and including so many. */
export const durations = ['5', '10', '20', '40', 'longer'] as const;

/** How the complaints of a year are divided; the last two count the completed ones alone. */
export const divisions = [
  'nature',
  'wayIn',
  'relation',
  'department',
  'stage',
  'outcome',
  'duration',
] as const;
export type Division = (typeof divisions)[number];

/** The key of departments that the organisation no longer has. */
export const formerDepartment = 'former';

type Counts = Record<string, number>;
type Days = Map<number, number>;

/** What is counted of a year, record by record; its size does not depend on how many there are. */
export interface Figures {
  year: number;
  total: number;
  /** Of how many the handling goes on, or the summary is to be written anew. */
  notReady: number;
  divided: Record<Division, Counts>;
  conversations: Record<Stage, number>;
  /** How many complaints took how many working days: in all, and in each stage where they were. */
  days: Record<'total' | Stage, Days>;
  /** By nature: how many may be read in the analysis, where those still being handled are counted only. */
  readable: Counts;
  /** By nature, for what is listed. */
  summaries: Counts;
  recommendations: Counts;
  improvements: Counts;
  improvementStates: Counts;
}

/** Figures in which nothing is counted yet. */
export function noFigures(year: number): Figures {
  const perStage = <T>(make: () => T) => ({ employee: make(), manager: make(), director: make() });
  return {
    ...{ year, total: 0, notReady: 0 },
    divided: Object.fromEntries(divisions.map((division) => [division, {}])) as Figures['divided'],
    conversations: perStage(() => 0),
    days: { total: new Map(), ...perStage(() => new Map()) },
    ...{ readable: {}, summaries: {}, recommendations: {}, improvements: {}, improvementStates: {} },
  };
}

/** Counts a record of the year in; duplicates are not counted (R12). `departments` are those that there are today. */
export function count(figures: Figures, record: AnonymousRecord, departments: ReadonlySet<string>): void {
  if (!isCounted(record)) return;
  const { divided, conversations, days } = figures;
  const { nature, wayIn, relation, stage, workingDays, recommendations, improvements } = record;
  figures.total++;
  const department = departments.has(record.department) ? record.department : formerDepartment;
  for (const [division, key] of Object.entries({ nature, wayIn, relation, department, stage })) {
    add(divided[division as Division], key);
  }
  for (const each of stages) conversations[each] += record.conversations[each];
  add(figures.recommendations, nature, recommendations.length);
  add(figures.improvements, nature, improvements.length);
  for (const { state } of improvements) add(figures.improvementStates, state);
  if (record.state !== 'open') add(figures.readable, nature);
  if (record.state !== 'complete') {
    figures.notReady++;
    return;
  }
  add(figures.summaries, nature, record.summary ? 1 : 0);
  add(divided.outcome, record.outcome ?? 'discontinued');
  const spent = workingDays ?? { employee: 0, manager: 0, director: 0 };
  const total = spent.employee + spent.manager + spent.director;
  add(divided.duration, durations.find((most) => most === 'longer' || total <= Number(most)) ?? 'longer');
  addDay(days.total, total);
  for (const each of stagesOf(record)) addDay(days[each], spent[each]);
}

/** The stages in which a complaint was; one that was returned is no longer at the highest of them. */
function stagesOf({ entryStage, stage, conversations, workingDays }: AnonymousRecord): readonly Stage[] {
  return stages.filter(
    (each) =>
      each === entryStage || each === stage || conversations[each] > 0 || (workingDays?.[each] ?? 0) > 0,
  );
}

function add(counts: Counts, key: string, by = 1): void {
  counts[key] = (counts[key] ?? 0) + by;
}

function addDay(days: Days, day: number): void {
  days.set(day, (days.get(day) ?? 0) + 1);
}

/**
 * One row of a table: this year's cell and that of the year before. Completed complaints have none of the year before:
 * some were still open in its own report, and the difference would tell of them.
 */
export interface Row {
  key: string;
  now: Cell;
  before?: Cell;
}

/** The divisions that count completed complaints alone. */
const ofCompleted: readonly Division[] = ['outcome', 'duration'];

/** The rows of a division, in the order in which they are shown; `departments` are those that there are today. */
export function keysOf(
  division: Division,
  departments: readonly string[],
  figures: readonly Figures[],
): readonly string[] {
  switch (division) {
    case 'nature':
      return natures;
    case 'wayIn':
      return waysIn;
    case 'relation':
      return eligibleRelations;
    case 'stage':
      return stages;
    case 'outcome':
      return recordOutcomes.filter((outcome) => outcome !== 'duplicate');
    case 'duration':
      return durations;
    case 'department': {
      const hasFormer = figures.some(({ divided }) => (divided.department[formerDepartment] ?? 0) > 0);
      return hasFormer ? [...departments, formerDepartment] : departments;
    }
  }
}

/** What the report shows of a year. Counts of summaries and additions in it are for making the lists, and are not shown. */
export interface YearReport {
  year: number;
  total: { now: number; before: number };
  notReady: number;
  tables: Record<Division, Row[]>;
  /** Conversations held, by stage; 'fewer' where they are few. */
  conversations: { key: Stage; now: Cell }[];
  /** Median of working days, in all and by stage; nothing where too few complaints stand behind it. */
  medians: Partial<Record<'total' | Stage, number>>;
  /** Natures whose content is listed together: one each, and together those that the table does not show. */
  groups: {
    natures: AnonymousRecord['nature'][];
    summaries: number;
    recommendations: number;
    improvements: number;
  }[];
  improvementStates: Record<string, number>;
}

/** Makes the report of a year, with the year before beside it; groups below `smallest` are not shown. */
export function reportOf(
  now: Figures,
  before: Figures,
  { smallest, departments }: { smallest: number; departments: readonly string[] },
): YearReport {
  const tables = Object.fromEntries(
    divisions.map((division) => {
      const keys = keysOf(division, departments, [now, before]);
      const cellsOf = ({ divided }: Figures) =>
        withhold(
          keys.map((key) => divided[division][key] ?? 0),
          smallest,
        );
      const [shown, earlier] = [cellsOf(now), cellsOf(before)];
      return [
        division,
        keys.map((key, index) => ({
          key,
          now: shown[index] ?? 0,
          ...(!ofCompleted.includes(division) && { before: earlier[index] ?? 0 }),
        })),
      ];
    }),
  ) as YearReport['tables'];
  return {
    year: now.year,
    total: { now: now.total, before: before.total },
    notReady: now.notReady,
    tables,
    conversations: stages.map((key) => {
      const held = now.conversations[key];
      const isHiddenStage = isHidden(tables.stage.map((row) => row.now));
      return { key, now: isHiddenStage ? 'withheld' : held > 0 && held < smallest ? 'fewer' : held };
    }),
    medians: mediansOf(now, tables, smallest),
    groups: groupsOf(now, tables.nature),
    improvementStates: Object.fromEntries(
      improvementStates.map((state) => [state, now.improvementStates[state] ?? 0]),
    ),
  };
}

/**
 * A median needs as many complaints behind it as a table does. It would say something of withheld cells, so it is shown
 * only where its table withholds nothing.
 */
function mediansOf({ days }: Figures, tables: YearReport['tables'], smallest: number): YearReport['medians'] {
  const isWhole = (division: Division) => tables[division].every(({ now }) => typeof now === 'number');
  const known = (['total', ...stages] as const).filter((each) => {
    const behind = [...days[each].values()].reduce((sum, number) => sum + number, 0);
    return isWhole(each === 'total' ? 'duration' : 'stage') && behind > 2 * smallest;
  });
  return Object.fromEntries(known.map((each) => [each, medianOf(days[each])]));
}

function medianOf(days: Days): number {
  const sorted = [...days].sort(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, number]) => sum + number, 0);
  const valueAt = (place: number) => {
    let passed = 0;
    for (const [day, number] of sorted) {
      passed += number;
      if (place < passed) return day;
    }
    return 0;
  };
  return (valueAt(Math.floor((total - 1) / 2)) + valueAt(Math.floor(total / 2))) / 2;
}

/** Content is counted by whoever reads it, so natures that the table does not show are listed as one. */
function groupsOf(figures: Figures, rows: readonly Row[]): YearReport['groups'] {
  const isOwn = ({ now }: Row) => typeof now === 'number';
  const together = rows.filter((row) => !isOwn(row)).map(({ key }) => key);
  const own = rows.filter(isOwn).map(({ key }) => [key]);
  const sumOf = (counts: Counts, keys: readonly string[]) =>
    keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0);
  return [...own, ...(together.length > 0 ? [together] : [])].map((keys) => ({
    natures: keys as AnonymousRecord['nature'][],
    summaries: sumOf(figures.summaries, keys),
    recommendations: sumOf(figures.recommendations, keys),
    improvements: sumOf(figures.improvements, keys),
  }));
}
