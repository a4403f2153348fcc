import { describe, expect, it } from 'vitest';
import type { AnonymousRecord } from '../../src/domain/anonymous-record.ts';
import { count, formerDepartment, noFigures, reportOf } from '../../src/domain/report.ts';

const departments = ['welzijn', 'ondersteuning'];

const record = (changed: Partial<AnonymousRecord> = {}): AnonymousRecord => ({
  ...{ id: '11111111-1111-4111-8111-111111111111', year: 2025, month: 3, wayIn: 'phone', relation: 'client' },
  ...{ department: 'welzijn', nature: 'service', entryStage: 'employee', stage: 'employee' },
  ...{ state: 'complete', outcome: 'resolved', summary: 'Samenvatting' },
  conversations: { employee: 1, manager: 0, director: 0 },
  workingDays: { employee: 4, manager: 0, director: 0 },
  ...{ recommendations: [], improvements: [] },
  ...changed,
});

function figuresOf(records: readonly AnonymousRecord[], year = 2025) {
  const figures = noFigures(year);
  for (const each of records) count(figures, each, new Set(departments));
  return figures;
}
const report = (records: readonly AnonymousRecord[], before: readonly AnonymousRecord[] = []) =>
  reportOf(figuresOf(records), figuresOf(before, 2024), { smallest: 3, departments });

const many = (number: number, changed: Partial<AnonymousRecord> = {}) =>
  Array<AnonymousRecord>(number).fill(record(changed));
const cell = (rows: readonly { key: string; now: unknown }[], key: string) =>
  rows.find((row) => row.key === key)?.now;

describe('the figures of a year', () => {
  it('R12: duplicates are not counted', () => {
    expect(figuresOf([...many(3), record({ outcome: 'duplicate' })]).total).toBe(3);
  });

  it('what is open or returned is counted, and is not in outcome and duration', () => {
    const { outcome: _none, summary: _no, workingDays: _nor, ...open } = record({ state: 'open' });
    const { total, notReady, divided } = figuresOf([...many(3), open, record({ state: 'returned' })]);
    expect([total, notReady]).toEqual([5, 2]);
    expect(divided.outcome).toEqual({ resolved: 3 });
    expect(divided.duration).toEqual({ '5': 3 });
    expect(divided.nature).toEqual({ service: 5 });
  });

  it.each([
    [0, '5'],
    [5, '5'],
    [6, '10'],
    [20, '20'],
    [40, '40'],
    [41, 'longer'],
  ])('%i working days are in the row %s', (employee, key) => {
    const { divided } = figuresOf([record({ workingDays: { employee, manager: 0, director: 0 } })]);
    expect(divided.duration).toEqual({ [key]: 1 });
  });

  it('a department that is no longer there keeps a row', () => {
    const { tables } = report([...many(7), ...many(4, { department: 'opgeheven' })]);
    expect(cell(tables.department, formerDepartment)).toBe(4);
  });
});

describe('the report of a year', () => {
  it('R12: has the year before beside it', () => {
    const { total, tables } = report(many(9), many(8));
    expect(total).toEqual({ now: 9, before: 8 });
    expect(tables.nature[0]).toEqual({ key: 'service', now: 9, before: 8 });
  });

  it('R12: lists the content of small groups together with that of the one withheld beside them', () => {
    const { tables, groups } = report([
      ...many(9),
      ...many(1, { nature: 'conduct' }),
      ...many(5, { nature: 'other' }),
    ]);
    expect(tables.nature.map(({ now }) => now)).toEqual([9, 'fewer', 0, 'withheld']);
    expect(groups.map(({ natures, summaries }) => [natures, summaries])).toEqual([
      [['service'], 9],
      [['processes'], 0],
      [['conduct', 'other'], 6],
    ]);
  });

  it('R15: has medians where enough complaints stand behind them', () => {
    const days = [1, 2, 3, 4, 5, 6, 7, 8].map((employee) =>
      record({ workingDays: { employee, manager: 0, director: 0 } }),
    );
    expect(report(days).medians).toEqual({ total: 4.5, employee: 4.5 });
    expect(report(days.slice(0, 6)).medians).toEqual({});
  });

  it('R12: a median by stage is of those who were there, and needs enough of them', () => {
    const up = many(9, { stage: 'manager', workingDays: { employee: 2, manager: 6, director: 0 } });
    expect(report([...many(9), ...up]).medians).toEqual({ total: 6, employee: 3, manager: 6 });
    const few = report([...many(9), ...up.slice(0, 4)]);
    expect(few.medians).not.toHaveProperty('manager');
  });

  it('R12: few conversations are not counted out', () => {
    const { conversations } = report([
      ...many(9),
      record({ conversations: { employee: 0, manager: 0, director: 2 } }),
    ]);
    expect(conversations).toEqual([
      { key: 'employee', now: 9 },
      { key: 'manager', now: 0 },
      { key: 'director', now: 'fewer' },
    ]);
  });
});
