import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';

/** What can be wrong with one field; each has its words in the locales. */
export const faultCodes = [
  'required',
  'too-long',
  'invalid-choice',
  'invalid-day',
  'invalid-phone',
  'invalid-email',
  'invalid-time',
  'too-many',
] as const;
export type FaultCode = (typeof faultCodes)[number];

export type FieldKind =
  | 'line'
  | 'paragraph'
  | 'phone'
  | 'email'
  | 'choice'
  | 'choices'
  | 'people'
  | 'day'
  | 'time'
  | 'person'
  | 'switch';

/** One input of a form: how it looks, and how what Teams sends for it is read. */
export interface Field<T = unknown> {
  kind: FieldKind;
  required: boolean;
  /** Longest text, in characters. */
  max?: number;
  /** Most items of a list. */
  most?: number;
  /** The values to choose from; their words stand under `choice.<field>` unless the form is given others. */
  options?: readonly string[];
  /** What stands in it at first, as Teams would send it. */
  initial?: string;
  read: z.ZodType<T>;
}

const fault = (code: FaultCode) => ({ error: code });

/** Text as typed, without characters that nobody sees and without white space around it; nothing where it is blank. */
const typed = z.unknown().transform((value) =>
  typeof value === 'string'
    ? value
        .replace(/\r\n?|[\u2028\u2029]/g, '\n')
        .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
        .trim() || undefined
    : undefined,
);
const given = z.string(fault('required'));

const oneOf = <T extends readonly string[]>(options: T) =>
  z.string().refine((value): value is T[number] => options.includes(value), fault('invalid-choice'));

/** A text that must be there. */
export function text(kind: 'line' | 'paragraph', max: number): Field<string> {
  return { kind, required: true, max, read: typed.pipe(given.max(max, fault('too-long'))) };
}

/** A text that may be left out. */
export function optionalText(kind: 'line' | 'paragraph', max: number): Field<string | undefined> {
  return { kind, required: false, max, read: typed.pipe(given.max(max, fault('too-long')).optional()) };
}

/** One of a closed set. */
export function choice<const T extends readonly string[]>(options: T, initial?: T[number]): Field<T[number]> {
  const read = typed.pipe(given.pipe(oneOf(options)));
  return { kind: 'choice', required: true, options, ...(initial && { initial }), read };
}

const listed = typed.transform(
  (value) =>
    value
      ?.split(/[,;\n]/)
      .map((item) => item.trim())
      .filter(Boolean) ?? [],
);

/** One of a closed set, or nothing. */
export function optionalChoice<const T extends readonly string[]>(options: T): Field<T[number] | undefined> {
  return {
    kind: 'choice',
    required: false,
    options,
    read: typed.pipe(given.pipe(oneOf(options)).optional()),
  };
}

/** One or more of a closed set; Teams sends them separated by commas. */
export function choices<const T extends readonly string[]>(options: T, initial?: string): Field<T[number][]> {
  const read = listed.pipe(z.array(oneOf(options)).min(1, fault('required')));
  return { kind: 'choices', required: true, options, ...(initial && { initial }), read };
}

/** People from the picker: their Entra object ids. */
export function people(most: number): Field<string[]> {
  const read = listed
    .transform((ids) => [...new Set(ids.map((id) => id.toLowerCase()))])
    .pipe(z.array(z.guid(fault('invalid-choice'))).max(most, fault('too-many')));
  return { kind: 'people', required: false, most, read };
}

/** One person from the picker. */
export function person(): Field<string> {
  const read = typed.pipe(given.toLowerCase().pipe(z.guid(fault('invalid-choice'))));
  return { kind: 'person', required: true, read };
}

/** Names typed where the picker is not there, separated by commas, semicolons or lines. */
export function names(most: number, longest: number): Field<string[]> {
  const read = listed.pipe(z.array(z.string().max(longest, fault('too-long'))).max(most, fault('too-many')));
  return { kind: 'line', required: false, max: most * longest, most, read };
}

/** A calendar day, `2026-11-24`. */
export function day(): Field<string> {
  return { kind: 'day', required: true, read: typed.pipe(given.pipe(z.iso.date(fault('invalid-day')))) };
}

/** A time of the day, `14:30`. */
export function time(): Field<string> {
  const read = typed.pipe(given.pipe(z.iso.time({ precision: -1, ...fault('invalid-time') })));
  return { kind: 'time', required: true, read };
}

/** Yes or no; an untouched toggle may be missing or arrive as "false" whatever its `valueOff` says. */
export function toggle(): Field<boolean> {
  const read = z.unknown().transform((value) => value === true || value === 'true');
  return { kind: 'switch', required: false, initial: 'false', read };
}

/** A telephone number as people say it, Dutch unless it says otherwise; read into E.164. */
export function phone(): Field<string | undefined> {
  const read = typed.transform((value, context) => {
    if (value === undefined) return undefined;
    const number = parsePhoneNumberFromString(value, 'NL');
    if (number?.isValid()) return number.number as string;
    context.addIssue({ code: 'custom', message: 'invalid-phone' satisfies FaultCode });
    return z.NEVER;
  });
  return { kind: 'phone', required: false, max: 40, read };
}

/** A stored telephone number as people read it: `+31 70 763 0606`. */
export function readablePhone(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
}

/** An e-mail address. */
export function email(): Field<string | undefined> {
  const read = typed.pipe(z.email(fault('invalid-email')).max(254, fault('too-long')).optional());
  return { kind: 'email', required: false, max: 254, read };
}
