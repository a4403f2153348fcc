import { describe, expect, it } from 'vitest';
import type { Complaint } from '../../src/domain/complaint.ts';
import { allowedCommands } from '../../src/domain/decide.ts';
import { evidenceOf, mostFiles } from '../../src/domain/evidence.ts';
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

const fileId = (number: number) => `00000000-0000-4000-8000-0000000001${String(number).padStart(2, '0')}`;
const photo = (number = 1) => ({
  file: fileId(number),
  fileName: `foto-${number}.jpg`,
  fileKind: 'jpg' as const,
  size: 1234,
});
const open = () => accepted(log());
const withFile = (by = employee, complaint: Complaint = open()) =>
  accepted(give(complaint, 'addEvidence', photo(), by));
const talked = () => accepted(give(open(), 'recordConversation', conversation('no'), employee));
const pending = () => accepted(give(talked(), 'requestEscalation', { wish: 'Verder' }, employee));
const manager = () => {
  const asked = pending();
  const escalation = asked.state === 'pending' ? asked.escalation.id : '-';
  return accepted(give(asked, 'acceptEscalation', { escalation }, senior));
};
const closed = () =>
  accepted(
    give(
      accepted(give(withFile(), 'recordConversation', conversation('yes'), employee)),
      'close',
      closing(),
      employee,
    ),
  );

describe('addEvidence', () => {
  it('R10: enters the file in the timeline, with who added it', () => {
    expect(evidenceOf(withFile())).toEqual([
      {
        id: fileId(1),
        fileName: 'foto-1.jpg',
        kind: 'jpg',
        size: 1234,
        addedBy: employee,
        at: context.now.toISOString(),
      },
    ]);
  });

  it('R10: is for whoever handles the complaint or sees it in full; the handler hears of it', () => {
    expect(noticesOf(give(open(), 'addEvidence', photo(), employee))).toEqual([]);
    expect(noticesOf(give(open(), 'addEvidence', photo(), colleague))).toEqual([
      'evidence-added -> Medewerker',
    ]);
    expect(outcomeOf(give(pending(), 'addEvidence', photo(), senior))).toBe('accepted');
  });

  it('R13: is for nobody else', () => {
    for (const by of [senior, lead, director, coordinator]) {
      expect(outcomeOf(give(open(), 'addEvidence', photo(), by))).toBe('not-found');
    }
    // Above the first stage somebody concerned sees the status alone.
    expect(outcomeOf(give(pending(), 'addEvidence', photo(), colleague))).toBe('not-participant');
  });

  it('is refused once the complaint has ended', () => {
    expect(outcomeOf(give(closed(), 'addEvidence', photo(2), employee))).toBe('wrong-state');
  });

  it('is refused beyond twenty files, until one is taken out', () => {
    let complaint = open();
    for (let number = 1; number <= mostFiles; number++) {
      complaint = accepted(give(complaint, 'addEvidence', photo(number), employee));
    }
    expect(outcomeOf(give(complaint, 'addEvidence', photo(21), employee))).toBe('too-many-files');
    const room = accepted(give(complaint, 'removeEvidence', { file: fileId(7), reason: 'Dubbel' }, employee));
    expect(outcomeOf(give(room, 'addEvidence', photo(21), employee))).toBe('accepted');
  });
});

describe('removeEvidence', () => {
  const wrong = { file: fileId(1), reason: 'Hoort bij iemand anders' };

  it('takes the file out; the timeline says that it was there', () => {
    const complaint = accepted(give(withFile(), 'removeEvidence', wrong, employee));
    expect(evidenceOf(complaint)).toEqual([]);
    expect(complaint.timeline.map(({ kind }) => kind)).toEqual([
      'complaintLogged',
      'evidenceAdded',
      'evidenceRemoved',
    ]);
  });

  it('is for the handler, and for whoever added it', () => {
    expect(noticesOf(give(withFile(colleague), 'removeEvidence', wrong, employee))).toEqual([
      'evidence-removed -> Tweede medewerker',
    ]);
    const joined = accepted(give(manager(), 'involve', { person: employee, consent: true }, senior));
    expect(noticesOf(give(withFile(employee, joined), 'removeEvidence', wrong, employee))).toEqual([
      'evidence-removed -> Senior',
    ]);
    expect(outcomeOf(give(withFile(senior, joined), 'removeEvidence', wrong, employee))).toBe(
      'no-file-to-remove',
    );
  });

  it('is refused while somebody is asked to take the complaint over', () => {
    const asked = withFile(employee, pending());
    expect(outcomeOf(give(asked, 'removeEvidence', wrong, employee))).toBe('wrong-state');
    expect(outcomeOf(give(asked, 'removeEvidence', wrong, senior))).toBe('wrong-state');
  });

  it('R8: who is concerned takes out nothing, also what they added, also where they handle it', () => {
    const own = accepted(log({ concerned: [employee, colleague] }));
    const added = withFile(colleague, own);
    expect(outcomeOf(give(added, 'removeEvidence', wrong, employee))).toBe('no-file-to-remove');
    expect(allowedCommands(added, employee, context)).not.toContain('removeEvidence');
    expect(outcomeOf(give(added, 'removeEvidence', wrong, colleague))).toBe('no-file-to-remove');
    const theirs = withFile(employee, own);
    expect(outcomeOf(give(theirs, 'removeEvidence', wrong, employee))).toBe('no-file-to-remove');
  });

  it('is refused for a file that is not there, twice, and after the end', () => {
    const other = { file: fileId(9), reason: 'x' };
    expect(outcomeOf(give(withFile(), 'removeEvidence', other, employee))).toBe('no-file-to-remove');
    const removed = accepted(give(withFile(), 'removeEvidence', wrong, employee));
    expect(outcomeOf(give(removed, 'removeEvidence', wrong, employee))).toBe('no-file-to-remove');
    expect(outcomeOf(give(closed(), 'removeEvidence', wrong, employee))).toBe('wrong-state');
  });
});
