import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colleague, employee, lead, now, senior } from '../fixtures.ts';
import {
  at,
  buttonsOf,
  cardOf,
  dataOf,
  type Harness,
  inputsOf,
  referenceOn,
  startHarness,
  typedComplaint,
  wordsOf,
} from './harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ clock: () => now });
});
afterEach(() => harness.stop());

describe('logging a complaint', () => {
  it('gives a receipt to read aloud: the reference, the next step, the privacy line', async () => {
    const words = wordsOf(await at(harness, employee).log());
    expect(words).toContain('Uw klacht is vastgelegd onder nummer K-2026-0001');
    expect(words).toContain('Eerst bespreken we de klacht met de medewerker om wie het gaat');
    expect(words).toContain('vertrouwelijk behandeld');
  });

  it('can be read back by its logger, in a dialog', async () => {
    const receipt = await at(harness, employee).log();
    const words = wordsOf(cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen'))));
    expect(words).toContain('Kanarie van der Berg (cliënt)');
    expect(words).toContain('Kanariegeheim: twee keer niet teruggebeld');
    expect(words).toContain('+31 70 763 0606');
  });

  it('tells the employee concerned in their own chat, by reference alone, and shows it in a dialog', async () => {
    await at(harness, employee).log();
    const card = await at(harness, colleague).told('Er is een klacht vastgelegd die over jou gaat');
    expect(JSON.stringify(card)).not.toMatch(/kanarie/i);
    const details = cardOf(await at(harness, colleague).open(dataOf(card, 'K-2026-0001 openen')));
    expect(wordsOf(details)).toContain('Kanariegeheim');
  });

  it('R13: leaves only the reference in the logger’s chat', async () => {
    await at(harness, employee).log();
    await at(harness, employee).told('Deze klacht heb je vastgelegd.');
    await at(harness, employee).ask('mijn klachten');
    expect(JSON.stringify(harness.teams.messages(harness.teams.personalChat(employee.id)))).not.toMatch(
      /kanarie/i,
    );
  });

  it('R13: another employee who types the reference is told that there is no such complaint', async () => {
    const reference = referenceOn(await at(harness, employee).log());
    const known = await at(harness, lead).ask(`klacht ${reference}`);
    const unknown = await at(harness, lead).ask('klacht K-2026-0999');
    expect(JSON.stringify(known).replaceAll(reference, '#')).toBe(
      JSON.stringify(unknown).replaceAll('K-2026-0999', '#'),
    );
  });

  it('R13: another employee who sends somebody’s button is told the same', async () => {
    const opening = dataOf(await at(harness, employee).log(), 'Klacht openen');
    const known = await at(harness, lead).press(opening);
    const unknown = await at(harness, lead).press({ ...opening, complaint: 'nowhere' });
    expect(known).toEqual(unknown);
    expect(wordsOf(cardOf(known))).toContain('Ik ken geen klacht met dit nummer');
  });

  it('starts with sensible values, so that four fields and a number suffice', async () => {
    const form = cardOf(await at(harness, employee).screen());
    expect(inputsOf(form)).toMatchObject({
      wayIn: 'phone',
      entryStage: 'employee',
      submittedOn: '2026-11-24',
    });
    const { description, department, nature, phone } = typedComplaint;
    const typed = { ...inputsOf(form), description, department, nature, phone };
    const receipt = cardOf(await at(harness, employee).press({ ...dataOf(form, 'Vastleggen'), ...typed }));
    expect(referenceOn(receipt)).toBe('K-2026-0001');
  });

  it('starts for an approver with their own department and stage', async () => {
    expect(inputsOf(cardOf(await at(harness, senior).screen()))).toMatchObject({
      department: 'welzijn',
      entryStage: 'manager',
    });
  });

  it('R3: has the employee tell that costs are not reimbursed', async () => {
    expect(wordsOf(cardOf(await at(harness, employee).screen()))).toContain('niet worden vergoed');
  });

  it('R7: brought to a manager, its approvers are asked in their own chats', async () => {
    await at(harness, employee).log({ entryStage: 'manager' });
    const card = await at(harness, senior).told('Je wordt gevraagd deze klacht over te nemen');
    expect(wordsOf(cardOf(await at(harness, senior).open(dataOf(card, 'K-2026-0001 openen'))))).toContain(
      'Kanariegeheim',
    );
  });

  it('brings a half-filled form back with what was typed and the fault beside each field', async () => {
    const form = cardOf(await at(harness, employee).screen());
    const typed = {
      ...typedComplaint,
      department: 'elders',
      phone: '12',
      email: 'geen adres',
      description: ' ',
    };
    const again = cardOf(await at(harness, employee).press({ ...dataOf(form, 'Vastleggen'), ...typed }));
    expect(inputsOf(again)).toMatchObject({ phone: '12', email: 'geen adres', nature: 'conduct' });
    const words = wordsOf(again);
    expect(words).toContain('Nog niet vastgelegd');
    expect(words).toContain('⚠ Dit is geen geldig telefoonnummer');
    expect(words).toContain('⚠ Dit is geen geldig e-mailadres');
    expect(words).toContain('⚠ Kies iets uit de lijst');
    expect(words).toContain('⚠ Vul dit in');
  });

  it.each([
    [
      { phone: '', email: '' },
      'Vul een telefoonnummer of e-mailadres in, zodat we de klager kunnen bereiken',
    ],
    [{ submittedOn: '2026-11-25' }, 'Deze datum ligt in de toekomst'],
    [{ submittedOn: '' }, 'Vul dit in'],
    [{ submittedOn: '31-12-2026' }, 'Kies een datum'],
    [{ description: 'x'.repeat(4001) }, 'Gebruik hoogstens 4.000 tekens'],
    [{ concernedIds: 'niemand' }, 'Kies iets uit de lijst'],
  ])('refuses %j in words, and keeps what was typed', async (changed, words) => {
    const again = await at(harness, employee).log(changed);
    expect(wordsOf(again)).toContain(words);
    expect(inputsOf(again)).toMatchObject({ wayIn: 'phone', department: 'welzijn' });
  });

  it('pressed twice is recorded once, and says so', async () => {
    const form = cardOf(await at(harness, employee).screen());
    const press = () => at(harness, employee).press({ ...dataOf(form, 'Vastleggen'), ...typedComplaint });
    const [first, second] = await Promise.all([press(), press()]);
    expect(referenceOn(cardOf(first))).toBe(referenceOn(cardOf(second)));
    expect(wordsOf(cardOf(await press()))).toContain('was al vastgelegd');
    const list = await at(harness, employee).ask('mijn klachten');
    expect(buttonsOf(list)).toHaveLength(1);
  });

  it('pressed again with other content is refused visibly', async () => {
    const form = cardOf(await at(harness, employee).screen());
    const press = (changed: object) =>
      at(harness, employee).press({ ...dataOf(form, 'Vastleggen'), ...typedComplaint, ...changed });
    await press({});
    expect(wordsOf(cardOf(await press({ nature: 'other' })))).toContain(
      'al eerder vastgelegd, met andere inhoud',
    );
  });

  it('a form sent by somebody else makes a complaint of their own, and touches none of the first', async () => {
    const form = cardOf(await at(harness, employee).screen());
    const data = { ...dataOf(form, 'Vastleggen'), ...typedComplaint };
    const first = cardOf(await at(harness, employee).press(data));
    const second = cardOf(await at(harness, lead).press({ ...data, description: 'Anders' }));
    expect([referenceOn(first), referenceOn(second)]).toEqual(['K-2026-0001', 'K-2026-0002']);
    expect(dataOf(second, 'Klacht openen')).not.toEqual(dataOf(first, 'Klacht openen'));
  });

  it('R8: takes the names of picked people from the directory, and asks for one that it does not know', async () => {
    const stranger = crypto.randomUUID();
    const asked = await at(harness, employee).log({ concernedIds: `${colleague.id},${stranger}` });
    expect(wordsOf(asked)).toContain('ken ik de naam nog niet');
    const typed = {
      ...inputsOf(asked),
      ...dataOf(asked, 'Vastleggen'),
      concernedNames: 'Nieuwe collega, Iemand van buiten',
    };
    const receipt = cardOf(await at(harness, employee).press(typed));
    expect(wordsOf(receipt)).toContain('Niet elke betrokkene kan ik een bericht sturen');
    const details = cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen')));
    expect(wordsOf(details)).toContain('Tweede medewerker, Nieuwe collega, Iemand van buiten');
  });

  it('F8: offers to link it to an earlier complaint of the same complainant, by name or by phone', async () => {
    await at(harness, employee).log();
    const byName = cardOf(await at(harness, employee).screen());
    expect(wordsOf(byName)).toContain('Hoort bij een eerdere klacht');
    const linked = { ...dataOf(byName, 'Vastleggen'), ...typedComplaint, linkedTo: 'K-2026-0001' };
    const receipt = cardOf(await at(harness, employee).press(linked));
    const details = cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen')));
    expect(wordsOf(details)).toContain('Hoort bij\nK-2026-0001');

    const other = cardOf(await at(harness, employee).screen({ name: 'Andere Naam' }));
    const typed = { ...dataOf(other, 'Vastleggen'), ...typedComplaint, name: 'Andere Naam' };
    const byPhone = cardOf(await at(harness, employee).press(typed));
    expect(wordsOf(byPhone)).toContain('met deze naam of dit telefoonnummer zie je al eerder een klacht');
    const again = { ...inputsOf(byPhone), ...dataOf(byPhone, 'Vastleggen') };
    expect(referenceOn(cardOf(await at(harness, employee).press(again)))).toBe('K-2026-0003');
  });

  it('F8: nobody learns of complaints that they may not see, nor can link to them', async () => {
    await at(harness, employee).log();
    const form = cardOf(await at(harness, lead).screen());
    expect(wordsOf(form)).not.toContain('Hoort bij een eerdere klacht');
    const data = dataOf(form, 'Vastleggen') as { carried: object };
    const carried = { ...data.carried, earlier: ['K-2026-0001'] };
    const forged = { ...data, carried, ...typedComplaint, linkedTo: 'K-2026-0001' };
    const refused = cardOf(await at(harness, lead).press(forged));
    expect(wordsOf(refused)).toContain('Vul het nummer in van een andere klacht die jij mag inzien');
  });
});

describe('a complaint that is not taken up', () => {
  it.each([
    ['R1', { relation: 'volunteer' }, 'eigen klachtenregeling'],
    ['R3', { compensation: 'true' }, '(schade)vergoeding vallen niet onder'],
    ['R4', { externalBody: 'true' }, 'ligt al bij een externe instantie'],
    ['R5', { name: 'anoniem' }, 'Een anonieme klacht kunnen wij niet behandelen'],
    ['R5', { name: '' }, 'Een anonieme klacht kunnen wij niet behandelen'],
  ])('%s: %j is refused with words to read aloud, and leaves no trace', async (_rule, changed, words) => {
    const before = harness.logged().length;
    const typed = { name: 'Canariensis Onbekendheid', ...changed };
    const card = cardOf(await at(harness, employee).screen(typed));
    expect(wordsOf(card)).toContain('Lees voor aan de klager');
    expect(wordsOf(card)).toContain(words);
    expect(wordsOf(card)).toContain('Er is niets vastgelegd');
    expect(harness.stored()).not.toContain('Canariensis');
    expect(harness.logged().slice(before)).not.toMatch(/Canariensis|anonymous|refus|logComplaint/i);
    expect(referenceOn(await at(harness, employee).log())).toBe('K-2026-0001');
  });

  it('goes back to the questions with what was typed', async () => {
    const card = cardOf(await at(harness, employee).screen({ relation: 'intern' }));
    const form = cardOf(await at(harness, employee).press(dataOf(card, 'Terug')));
    expect(inputsOf(form)).toMatchObject({ relation: 'intern', name: 'Kanarie van der Berg' });
  });

  it('R5: is refused too when the second step is sent with an answer that was never given', async () => {
    const form = cardOf(await at(harness, employee).screen());
    const forged = { ...dataOf(form, 'Vastleggen'), ...typedComplaint };
    const card = cardOf(
      await at(harness, employee).press({
        ...forged,
        name: '-',
      }),
    );
    expect(wordsOf(card)).toContain('Een anonieme klacht kunnen wij niet behandelen');
    expect(harness.stored()).not.toContain('Kanariegeheim');
  });
});
