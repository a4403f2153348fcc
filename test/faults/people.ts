// People who work with the bot at the same time, and remember what it told them.
import type { LocalTeams } from '../../demo/local-teams.ts';
import { commandIdOf } from '../../src/bot/form-id.ts';
import { textsFor } from '../../src/cards/texts.ts';
import type { Person } from '../../src/domain/people.ts';
import {
  actionOn,
  at,
  buttonsOf,
  cardOf,
  channels,
  dataOf,
  type Harness,
  inputsOf,
  type Json,
  referenceOn,
  typedComplaint,
  wordsOf,
} from '../bot/harness.ts';
import {
  administrator,
  closing,
  colleague,
  coordinator,
  director,
  employee,
  lead,
  senior,
} from '../fixtures.ts';
import type { Presses } from './presses.ts';

/** A complaint as somebody pressed it, and what they were told since. */
export interface Told {
  id: string;
  typed: Json;
  /** On the receipt, once that was shown. */
  reference?: string;
  /** The commands that were answered as recorded. */
  recorded: string[];
}

export interface Office {
  teams: LocalTeams;
  presses: Presses;
  random: () => number;
  /** By the id of the complaint. */
  told: Map<string, Told>;
  /** How many people have called. */
  calls: number;
}

const texts = textsFor('nl');
/** What somebody reads who is too late to accept. */
const refusals = [
  ...[senior, lead, director].map(({ name }) => texts('refusal.taken', { name })),
  ...['wrong-state', 'old-card', 'not-asked', 'not-found'].map((code) => texts(`refusal.${code}`)),
];
/** Longest that somebody thinks before they press, in milliseconds. */
const thinking = 60;

/** A number in letters: a complainant of their own each, or the bot would offer the earlier ones. */
const lettersOf = (n: number) =>
  `x${String(n)
    .padStart(8, '0')
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}`;

/** Everybody at work; rejects where an answer is not one that may be, and when everybody has gone home. */
export async function work(office: Office): Promise<void> {
  const loggers: [Person, Person][] = [
    [employee, colleague],
    [colleague, employee],
    [coordinator, employee],
    [administrator, colleague],
  ];
  await Promise.all([
    ...loggers.map(([person, other]) => log(person, other, office)),
    ...[senior, lead].map((person) => approve(person, channels.welzijn.id, office)),
    approve(director, channels.directie.id, office),
  ]);
}

/** Logs one complaint after the other; talks it through, and closes it or takes it up. */
async function log(person: Person, other: Person, office: Office): Promise<never> {
  const { random, told } = office;
  for (;;) {
    const number = office.calls++;
    const typed = {
      ...typedComplaint,
      name: `Kanarie ${lettersOf(number)}`,
      phone: `064242${String(number).padStart(4, '0')}`,
      description: `Kanariegeheim ${number}: twee keer niet teruggebeld`,
      concernedIds: random() < 0.5 ? other.id : '',
      entryStage: random() < 0.3 ? 'manager' : 'employee',
    };
    const form = await press(person, office, async (me) => cardOf(await me.screen({ name: typed.name })));
    const data = dataOf(form, texts('button.record'));
    const complaint: Told = { id: commandIdOf(String(data['form']), person.id), typed, recorded: [] };
    told.set(complaint.id, complaint);
    const receipt = await press(person, office, (me) => me.press({ ...data, ...typed }).then(cardOf));
    complaint.reference = referenceOn(expectWords(receipt, 'Uw klacht is vastgelegd'));
    if (typed.entryStage === 'manager') continue;
    await handle(person, complaint, office, 0.6);
  }
}

/** Takes over what is asked for in a channel, and handles it. */
async function approve(person: Person, channel: string, office: Office): Promise<never> {
  const { teams, told } = office;
  const pressed = new Set<string>();
  for (;;) {
    const asked = teams
      .messages(channel)
      .find(({ activityId, card }) => !pressed.has(activityId) && asksToAccept(card));
    if (!asked) {
      await changeIn(teams, channel);
      continue;
    }
    pressed.add(asked.activityId);
    const action = actionOn(asked.card, texts('button.accept'));
    const answer = await press(person, office, async () => {
      const { value } = await teams.execute(person.id, channel, asked.activityId, action);
      return value as Json;
    });
    if (!isRecorded(answer, 'acceptEscalation')) {
      // A colleague was first; and then it may have gone on already.
      if (!refusals.some((words) => wordsOf(answer).includes(words)))
        throw new Error(`accepting was answered with: ${wordsOf(answer)}`);
      continue;
    }
    const complaint = told.get(String(action.data['complaint']));
    if (!complaint) throw new Error('a complaint that nobody logged was asked for');
    const command = commandIdOf(`accept-escalation/${action.data['escalation']}`, person.id);
    // The card of one that they took over before had come twice.
    if (complaint.recorded.includes(command)) continue;
    complaint.recorded.push(command);
    await handle(person, complaint, office, channel === channels.directie.id ? 0 : 0.3);
  }
}

/** Talks it through; then it goes up, as often as `goesUp` says, or is closed. */
async function handle(person: Person, complaint: Told, office: Office, goesUp: number): Promise<void> {
  const account = `Kanarieverslag van ${person.name} over ${complaint.id}`;
  await fill('record-conversation', 'recordConversation', { account, satisfied: 'partly' });
  if (office.random() < goesUp)
    await fill('request-escalation', 'requestEscalation', { escalationWish: 'Kanariewens: verder' });
  else await fill('close', 'close', { ...closing(), recommendation: '', declinesNextStage: 'false' });

  async function fill(form: string, command: string, typed: Json): Promise<void> {
    const opened = await press(person, office, (me) =>
      me.press({ verb: 'open-form', form, complaint: complaint.id }).then(cardOf),
    );
    const data = dataOf(opened, texts('button.record'));
    const answer = await press(person, office, (me) =>
      me.press({ ...inputsOf(opened), ...data, ...typed }).then(cardOf),
    );
    if (!isRecorded(answer, command)) throw new Error(`${command} was answered with: ${wordsOf(answer)}`);
    complaint.recorded.push(commandIdOf(String(data['command']), person.id));
  }
}

/** Presses after a moment's thought. */
async function press(
  person: Person,
  { teams, presses, random }: Office,
  act: (me: ReturnType<typeof at>) => Promise<Json>,
): Promise<Json> {
  await new Promise((resolve) => setTimeout(resolve, thinking * random()));
  return presses.press(() => act(at({ teams } as Harness, person)));
}

/** Whether a command was answered as recorded; or as recorded before, where the answer was lost and more happened. */
function isRecorded(card: Json, command: string): boolean {
  const words = wordsOf(card);
  return words.includes(texts(`recorded.${command}`)) || words.includes(texts('form.recorded-before'));
}

function expectWords(card: Json, words: string): Json {
  if (!wordsOf(card).includes(words)) throw new Error(`'${words}' is not in: ${wordsOf(card)}`);
  return card;
}

function asksToAccept(card: unknown): boolean {
  return buttonsOf(card).some(({ title }) => title === texts('button.accept'));
}

function changeIn(teams: LocalTeams, channel: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (conversation: string) => {
      if (!conversation.startsWith(channel)) return;
      teams.off('change', look);
      resolve();
    };
    teams.on('change', look);
  });
}
