import { describe, expect, it } from 'vitest';
import { factsOf, isReturned, recordOf } from '../../src/domain/anonymous-record.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import { workingDaysSince } from '../../src/domain/deadlines.ts';
import {
  accepted,
  closing,
  colleague,
  context,
  conversation,
  coordinator,
  director,
  employee,
  give,
  lead,
  log,
  noticesOf,
  outcomeOf,
  senior,
} from '../fixtures.ts';

const id = '11111111-1111-4111-8111-111111111111';
const at = (moment: string) => ({ around: { ...context, now: new Date(moment) } });
const recordOn = (complaint: Complaint, before?: Parameters<typeof recordOf>[2]) =>
  recordOf(id, complaint, before, workingDaysSince);

const summary = 'De klager kreeg geen antwoord; een medewerker heeft uitleg gegeven.';

/** Talked through on Thursday, up on Friday, accepted and settled on Wednesday. */
function lived(): Complaint {
  const talked = accepted(
    give(accepted(log()), 'recordConversation', conversation('no'), colleague, at('2026-11-26T09:00:00Z')),
  );
  const up = accepted(
    give(talked, 'requestEscalation', { wish: 'Verder' }, employee, at('2026-11-27T09:00:00Z')),
  );
  if (up.state !== 'pending') throw new Error('not pending');
  const escalation = up.escalation.id;
  const taken = accepted(give(up, 'acceptEscalation', { escalation }, senior, at('2026-11-30T09:00:00Z')));
  return accepted(give(taken, 'recordConversation', conversation(), senior, at('2026-12-01T09:00:00Z')));
}
const closed = (content = closing({ summary, recommendation: 'Bel terug binnen twee dagen.' })) =>
  accepted(give(lived(), 'close', content, senior, at('2026-12-02T09:00:00Z')));

describe('the anonymous record', () => {
  it('R11: is opened by logging, with what reporting needs and nothing else', () => {
    expect(recordOn(accepted(log()))).toEqual({
      ...{ id, year: 2026, month: 11, wayIn: 'phone', relation: 'client', department: 'welzijn' },
      ...{ nature: 'conduct', entryStage: 'employee', stage: 'employee', state: 'open' },
      conversations: { employee: 0, manager: 0, director: 0 },
      ...{ recommendations: [], improvements: [] },
    });
  });

  it('R12: belongs to the year of submission, not of logging', () => {
    const record = recordOn(accepted(log({ submittedOn: '2025-12-31' })));
    expect(record).toMatchObject({ year: 2025, month: 12 });
  });

  it('R11: is completed by closing: outcome, conversations, working days by stage, summary, recommendation', () => {
    expect(recordOn(closed())).toMatchObject({
      ...{ state: 'complete', outcome: 'resolved', stage: 'manager', summary },
      conversations: { employee: 1, manager: 1, director: 0 },
      // From Tuesday to Friday with the employee, and to Wednesday with the senior.
      workingDays: { employee: 3, manager: 3, director: 0 },
      recommendations: [{ text: 'Bel terug binnen twee dagen.', from: 'handler' }],
    });
  });

  it.each([
    ['withdraw', { summary }, 'withdrawn'],
    ['terminate', { externalBody: 'Een ombudsman', summary }, 'terminated'],
  ] as const)('R11: is completed by %s too', (kind, content, outcome) => {
    const ended = accepted(give(accepted(log()), kind, content, employee));
    expect(recordOn(ended)).toMatchObject({ state: 'complete', outcome, summary });
  });

  it('R11: names nobody: not in any field', () => {
    const written = JSON.stringify(recordOn(closed()));
    expect(written).not.toMatch(/kanarie|medewerker"|senior|K-2026|0707|\+31/i);
  });

  it('R11: is open again when the complaint is reopened, and what the coordinator added stays', () => {
    const before = {
      ...recordOn(closed()),
      improvements: [{ text: 'Terugbellijst', state: 'planned' as const, on: '2026-12-03' }],
      recommendations: [{ text: 'Vaste terugbeltijden', from: 'coordinator' as const }],
    };
    const reopened = accepted(
      give(closed(), 'reopen', { reason: 'Toch niet' }, senior, at('2026-12-10T09:00:00Z')),
    );
    const record = recordOn(reopened, before);
    expect(record.state).toBe('open');
    expect(record).not.toHaveProperty('summary');
    expect(record.improvements).toEqual(before.improvements);
    expect(record.recommendations).toEqual(before.recommendations);
  });

  it('counts no working day while the complaint was closed', () => {
    const reopened = accepted(
      give(closed(), 'reopen', { reason: 'Toch niet' }, senior, at('2026-12-10T09:00:00Z')),
    );
    const again = accepted(give(reopened, 'close', closing({ summary }), senior, at('2026-12-11T09:00:00Z')));
    expect(recordOn(again).workingDays).toEqual({ employee: 3, manager: 4, director: 0 });
  });

  it('follows a correction of the intake', () => {
    const complaint = accepted(log());
    const corrected = accepted(
      give(
        complaint,
        'correct',
        { intake: { ...complaint.intake, nature: 'service' }, reason: 'Aard' },
        employee,
      ),
    );
    expect(factsOf(corrected).nature).toBe('service');
  });
});

describe('returnSummary', () => {
  it.each([
    ['the coordinator', coordinator],
    ['the director', director],
  ])('R11: %s, who sees nothing of the complaint, returns the summary; its writer is told', (_who, by) => {
    const returned = give(closed(), 'returnSummary', { reason: 'Er staat een straat in.' }, by);
    expect(noticesOf(returned)).toEqual(['summary-returned -> Senior']);
    const record = recordOn(accepted(returned));
    expect(record).toMatchObject({ state: 'returned', outcome: 'resolved', recommendations: [] });
    expect(JSON.stringify(record)).not.toContain('antwoord');
    expect(JSON.stringify(record)).not.toContain('straat');
  });

  it('R11: nobody else can', () => {
    for (const by of [employee, senior, lead, colleague]) {
      expect(outcomeOf(give(closed(), 'returnSummary', { reason: 'Zomaar' }, by))).toBe('not-found');
    }
  });

  it('can be given again, to remind the writer', () => {
    const returned = accepted(give(closed(), 'returnSummary', { reason: 'Een straat' }, coordinator));
    expect(noticesOf(give(returned, 'returnSummary', { reason: 'Nog steeds' }, coordinator))).toEqual([
      'summary-returned -> Senior',
    ]);
  });

  it('is refused while there is nothing to return, and where the writer is gone', () => {
    expect(outcomeOf(give(lived(), 'returnSummary', { reason: 'x' }, coordinator))).toBe('wrong-state');
    const left = { ...context, organisation: { ...context.organisation, former: [senior.id] } };
    const decision = give(closed(), 'returnSummary', { reason: 'x' }, coordinator, { around: left });
    expect(outcomeOf(decision)).toBe('writer-gone');
  });
});

describe('rewriteSummary', () => {
  const returned = () => accepted(give(closed(), 'returnSummary', { reason: 'Een straat' }, coordinator));

  it('R11: its writer, and nobody else, writes a returned summary anew', () => {
    const rewritten = accepted(
      give(returned(), 'rewriteSummary', { summary: 'De klager kreeg uitleg.' }, senior),
    );
    expect(recordOn(rewritten)).toMatchObject({ state: 'complete', summary: 'De klager kreeg uitleg.' });
    expect(isReturned(rewritten)).toBe(false);
    for (const by of [employee, lead, colleague]) {
      const decision = give(returned(), 'rewriteSummary', { summary: 'Anders' }, by);
      expect(outcomeOf(decision)).not.toBe('accepted');
    }
  });

  it('is refused where nothing was returned, and with personal data in it', () => {
    expect(outcomeOf(give(closed(), 'rewriteSummary', { summary }, senior))).toBe('not-returned');
    const named = { summary: 'Kanarie kreeg uitleg.' };
    expect(outcomeOf(give(returned(), 'rewriteSummary', named, senior))).toBe('personal-data-in-summary');
  });
});

describe('what is written for the record', () => {
  it.each([
    ['close', closing({ summary: 'Kanarie is boos.' })],
    ['withdraw', { summary: 'Kanarie trekt het in.' }],
    ['terminate', { externalBody: 'Een ombudsman', summary: 'Kanarie ging verder.' }],
  ] as const)('R11: %s is refused with a certain name in it, whatever is overruled', (kind, content) => {
    const decision = give(accepted(log()), kind, { ...content, overruled: ['Kanarie'] }, employee);
    expect(outcomeOf(decision)).toBe('personal-data-in-summary');
  });

  it('R11: what is doubtful can be overruled, which is recorded', () => {
    const doubtful = closing({ summary: 'De klager kwam voor mevrouw Specht.' });
    expect(outcomeOf(give(accepted(log()), 'close', doubtful, employee))).toBe('personal-data-in-summary');
    const overruled = ['mevrouw Specht'];
    const ended = accepted(give(accepted(log()), 'close', { ...doubtful, overruled }, employee));
    expect(ended.timeline.at(-1)?.content).toMatchObject({ overruled });
  });
});
