import { describe, expect, it } from 'vitest';
import { dayOf, yearOf } from '../../src/domain/calendar.ts';
import { readReference, referenceOf } from '../../src/domain/reference.ts';

describe('reference numbers', () => {
  it('count within a calendar year, and grow past four digits', () => {
    expect(referenceOf(2026, 42)).toBe('K-2026-0042');
    expect(referenceOf(2026, 12345)).toBe('K-2026-12345');
  });

  it.each(['K-2026-0042', 'k-2026-42', ' k 2026 42 ', 'K2026-0042', 'K–2026–0042'])(
    '%j is read as one',
    (typed) => {
      expect(readReference(typed)).toBe('K-2026-0042');
    },
  );

  it.each(['', 'K', 'K-26-42', 'klacht', 'K-2026-', 'K-2026-0042; DROP', 'K-2026-12345678'])(
    '%j is none',
    (typed) => {
      expect(readReference(typed)).toBeUndefined();
    },
  );
});

describe('days and years', () => {
  it('are those of Dutch time, in winter and in summer', () => {
    expect(yearOf(new Date('2026-12-31T22:59:59Z'))).toBe(2026);
    expect(yearOf(new Date('2026-12-31T23:00:00Z'))).toBe(2027);
    expect(dayOf(new Date('2026-06-30T22:00:00Z'))).toBe('2026-07-01');
  });
});
