import { describe, expect, it } from 'vitest';
import { intakeSchema, isAnonymous, refuseScreening, type Screening } from '../../src/domain/intake.ts';
import { eligibleRelations, natures, staffRelations, waysIn } from '../../src/domain/vocabulary.ts';
import { accepted, intake, log, outcomeOf } from '../fixtures.ts';

const screening = (changed: Partial<Screening> = {}): Screening => ({
  relation: 'client',
  name: 'Kanarie van der Berg',
  externalBody: false,
  compensation: false,
  ...changed,
});

describe('screening', () => {
  it.each(eligibleRelations)('R1: a %s may complain', (relation) => {
    expect(refuseScreening(screening({ relation }))).toBeUndefined();
  });

  it.each(staffRelations)('R1: for a %s another procedure holds', (relation) => {
    expect(refuseScreening(screening({ relation }))?.code).toBe('staff-procedure');
  });

  it('R3: a complaint about awarding compensation is outside', () => {
    expect(refuseScreening(screening({ compensation: true }))?.code).toBe('compensation');
  });

  it('R4: a complaint that lies before an external body is not taken up', () => {
    expect(refuseScreening(screening({ externalBody: true }))?.code).toBe('external-body');
  });

  it('R5: an anonymous complaint is not taken up', () => {
    expect(refuseScreening(screening({ name: 'anoniem' }))?.code).toBe('anonymous');
  });
});

describe('a name that is none (R5)', () => {
  it.each([
    ...['', ' ', '-', '?', '...', 'x', 'XXX', '12', 'anoniem', 'Anoniem', 'ANONIEM.', 'a.n.o.n.i.e.m.'],
    ...[
      'onbekend',
      'Onbekende',
      'geen',
      'geen naam',
      'n.v.t.',
      'naam onbekend',
      'de klager',
      'Mevrouw',
      'dhr. X',
      'de heer',
    ],
    ...[
      'anonieme cliënt',
      'unknown',
      'no name',
      'the complainant',
      'wil anoniem blijven',
      'cliënte',
      'klant',
      'een vrouw',
      'zonder naam',
      'anonieme melder',
      'Anoniem (bekend)',
      'wil niet zeggen',
      'wil niet genoemd worden',
      'xxxx',
      'x x',
      'geheim',
      'bewoner',
      'klager wil geen naam geven',
    ],
    ...['\u200b\u200b', 'ａｎｏｎｉｅｍ'],
  ])('%j is none', (name) => expect(isAnonymous(name)).toBe(true));

  it.each([
    ...[
      'Li',
      'De Wit',
      'van der Berg',
      'Ng',
      'O. Nbekend',
      'Noor',
      'Nana',
      'Éva',
      'Ибрагим',
      '王芳',
      'Klager-Jansen',
    ],
    ...['Mevrouw A. de Heer', 'Wil', 'Geen-Bakker'],
  ])('%j is one', (name) => expect(isAnonymous(name)).toBe(false));
});

describe('intake', () => {
  it.each(natures)('R2: takes a complaint of nature %s', (nature) => {
    expect(accepted(log({ nature })).intake.nature).toBe(nature);
  });

  it.each(waysIn)('R6: takes a complaint that came in by %s', (wayIn) => {
    expect(accepted(log({ wayIn })).intake.wayIn).toBe(wayIn);
  });

  it('R10: keeps what evidence there is and where it lies', () => {
    expect(accepted(log({ evidence: 'Brief, in het dossier' })).intake.evidence).toBe(
      'Brief, in het dossier',
    );
  });

  it('asks for a phone number or an e-mail address, either will do', () => {
    expect(outcomeOf(log({ phone: undefined }))).toBe('no-contact-details');
    expect(outcomeOf(log({ phone: undefined, email: 'naam@voorbeeld.nl' }))).toBe('accepted');
  });

  it('refuses a day of submission in the future, by Dutch time', () => {
    expect(outcomeOf(log({ submittedOn: '2026-11-25' }))).toBe('day-in-future');
    expect(outcomeOf(log({ submittedOn: '2026-11-23' }))).toBe('accepted');
  });

  it('refuses a day of submission years ago, which is a slip of the finger', () => {
    expect(outcomeOf(log({ submittedOn: '2023-12-31' }))).toBe('day-long-ago');
    expect(outcomeOf(log({ submittedOn: '1926-11-24' }))).toBe('day-long-ago');
    expect(outcomeOf(log({ submittedOn: '2024-01-01' }))).toBe('accepted');
  });

  it('refuses a department that is not there', () => {
    expect(outcomeOf(log({ department: 'elders' }))).toBe('unknown-department');
  });

  it('refuses a wrong type, a missing field and a text that is too long', () => {
    expect(intakeSchema.safeParse({ ...intake(), description: 7 }).success).toBe(false);
    expect(intakeSchema.safeParse({ ...intake(), description: '' }).success).toBe(false);
    expect(intakeSchema.safeParse({ ...intake(), description: 'x'.repeat(4001) }).success).toBe(false);
  });
});
