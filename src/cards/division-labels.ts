import type { Organisation } from '../domain/organisation.ts';
import { type Division, durations, formerDepartment } from '../domain/report.ts';
import type { Texts } from './texts.ts';

/** What a row of a division of the year's complaints is called: the same in Teams and in the report. */
export function divisionLabel(
  division: Division,
  key: string,
  { departments }: Pick<Organisation, 'departments'>,
  texts: Texts,
): string {
  if (division === 'duration') return durationLabel(key, texts);
  if (division === 'stage' || division === 'outcome') return texts(`${division}.${key}`);
  if (division !== 'department') return texts(`choice.${division}.${key}`);
  if (key === formerDepartment) return texts('analysis.former-department');
  return departments.find(({ id }) => id === key)?.name ?? key;
}

function durationLabel(key: string, texts: Texts): string {
  const at = (durations as readonly string[]).indexOf(key);
  const from = at === 0 ? 0 : Number(durations[at - 1]) + 1;
  return key === 'longer'
    ? texts('analysis.days-more', { most: from - 1 })
    : texts('analysis.days', { from, to: key });
}
