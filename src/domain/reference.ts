import { z } from 'zod';

/** `K-2026-0042`: the number of a complaint within its calendar year; more than four digits where a year needs them. */
export const referenceSchema = z.string().regex(/^K-\d{4}-\d{4,}$/);

/** Writes a reference. */
export function referenceOf(year: number, number: number): string {
  return `K-${year}-${String(number).padStart(4, '0')}`;
}

/** Reads a reference as people type it (`k 2026 42`, `K-2026-0042`), or gives nothing where it is none. */
export function readReference(typed: string): string | undefined {
  const parts = /^\s*k\s*[-–]?\s*(\d{4})\s*[-–]?\s*(\d{1,7})\s*$/i.exec(typed);
  return parts ? referenceOf(Number(parts[1]), Number(parts[2])) : undefined;
}
