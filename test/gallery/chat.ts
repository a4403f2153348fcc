// What answers somebody who says something to the bot.
import { evaluationView } from '../../src/cards/analysis-view.ts';
import { latenessView } from '../../src/cards/pages.ts';
import {
  administrator,
  colleague,
  coordinator,
  director,
  employee,
  lead,
  organisation,
  senior,
} from '../fixtures.ts';
import type { Makes } from './specimens.ts';

export const chatSpecimens: Makes = async function* ({ desk, complaints }) {
  const { texts } = desk;
  const nl = texts.language === 'nl';
  const say = (dutch: string, english: string) => (nl ? dutch : english);
  yield ['greeting', 'The bot was installed', await desk.install(employee)];
  yield ['help', 'Help, for an employee', await desk.say(employee, 'help')];
  yield ['help-director', 'Help, for who analyses', await desk.say(director, 'help')];
  yield ['help-administrator', 'Help, for an administrator', await desk.say(administrator, 'help')];
  yield ['unknown', 'Something that it does not know', await desk.say(employee, 'hallo?')];
  yield ['start', 'The way to the form', await desk.say(employee, say('klacht', 'complaint'))];
  yield ['procedure', 'The complaint procedure', await desk.say(employee, say('regeling', 'procedure'))];
  yield ['contact', 'Contact details', await desk.say(employee, 'contact')];
  yield ['relay-start', 'The way to a note', await desk.say(employee, say('terugbellen', 'called back'))];

  const list = await desk.say(employee, say('mijn klachten', 'my complaints'));
  yield ['list', 'My complaints: first page, some wait', list];
  const { data } = (list.card['actions'] as { data: Record<string, unknown> }[])[0] ?? {};
  yield [
    'list-older',
    'My complaints: an older page',
    await desk.execute(employee, 'my-complaints', data ?? {}),
  ];
  yield [
    'list-empty',
    'My complaints: none',
    await desk.say(administrator, say('mijn klachten', 'my complaints')),
  ];
  yield ['search', 'Found by a name', await desk.say(employee, say('zoek kanarie', 'search kanarie'))];
  yield [
    'search-nothing',
    'Nothing found by a name',
    await desk.say(employee, say('zoek uil', 'search uil')),
  ];
  yield ['reference', 'Found by its reference', await desk.say(employee, complaints.fresh.reference)];
  yield ['not-found', 'No such reference for this person', await desk.say(colleague, 'K-2026-9999')];

  yield [
    'administration-start',
    'The way into the administration',
    await desk.say(administrator, say('beheer', 'administration')),
  ];
  yield [
    'administration-not',
    'The administration, for somebody else',
    await desk.say(senior, say('beheer', 'administration')),
  ];
  yield [
    'analysis-start',
    'The way into the analysis',
    await desk.say(coordinator, say('analyse', 'analysis')),
  ];
  yield ['analysis-not', 'The analysis, for somebody else', await desk.say(lead, say('analyse', 'analysis'))];
  yield [
    'analysis-no-year',
    'A year that is none',
    await desk.say(coordinator, say('analyse 2031', 'analysis 2031')),
  ];
  yield [
    'report-no-year',
    'A report of no year',
    await desk.say(coordinator, say('rapport 2031', 'report 2031')),
  ];
  yield ['evaluation', 'The evaluation is due', await desk.send(evaluationView(organisation, texts))];
  for (const [name, title, goesOn] of [
    ['lateness', 'Notices wait too long', true],
    ['lateness-over', 'Notices waited too long', false],
  ] as const) {
    const lateness = { since: '2026-11-24T09:00:00Z', lateAfter: 15, goesOn };
    yield [name, title, await desk.send(latenessView(lateness, texts))];
  }
  yield ['channel', 'Asked in a channel', await desk.say(employee, 'help', 'channel')];
  yield ['link', 'Linking a channel', await desk.say(administrator, say('koppel', 'link'), 'channel')];
  yield [
    'link-not',
    'Linking a channel, by somebody else',
    await desk.say(senior, say('koppel', 'link'), 'channel'),
  ];
  const toDirector = { to: 'director' };
  yield [
    'linked',
    'A channel that was linked',
    await desk.execute(administrator, 'link-channel', toDirector, 'channel'),
  ];
  yield [
    'link-not-here',
    'Linked outside a channel',
    await desk.execute(administrator, 'link-channel', toDirector),
  ];
};
