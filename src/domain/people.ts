import { z } from 'zod';

/** Longest name that is kept, in characters. */
export const longestName = 200;

const name = z.string().min(1).max(longestName);

/** Somebody of the organisation; `id` is the Entra object id, in small letters, as the bot reads it everywhere. */
export const personSchema = z.object({ id: z.string().min(1).max(100).toLowerCase(), name });
export type Person = z.infer<typeof personSchema>;

/** Somebody whom the complaint is about; without an `id` the name was typed and can't be matched (R8). */
export const concernedSchema = z.object({ id: personSchema.shape.id.optional(), name });
export type Concerned = z.infer<typeof concernedSchema>;

/** Adds people to a list, each person once, the first mention standing. */
export function union(people: readonly Person[], added: readonly Person[]): Person[] {
  const known = new Map([...people, ...added].reverse().map((person) => [person.id, person]));
  return [...known.values()].reverse();
}

/** The people of a list who are not among `others`. */
export function without(people: readonly Person[], others: readonly Concerned[]): Person[] {
  return people.filter((person) => !others.some((other) => other.id === person.id));
}
