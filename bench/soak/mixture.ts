// A working day of a large organisation, as turns: who asks what, in the shares in which people do.
import { createChance } from '../../demo/chance.ts';
import { commandIdOf } from '../../src/bot/form-id.ts';
import { textsFor } from '../../src/cards/texts.ts';
import type { Person } from '../../src/domain/people.ts';
import { approverOf, colleague, departmentId, departments } from '../large-organisation.ts';
import type { Json, Turn } from '../turns/world.ts';
import { invoke, lettersOf, says, today, typedComplaint } from '../turns/world.ts';

/** People who use the bot. */
const employees = 400;
export const everybody: Person[] = [
  ...Array.from({ length: employees }, (_each, number) => colleague(number)),
  ...Array.from({ length: departments }, (_each, department) => approverOf(department, 0)),
];

/** Of each hundred turns, how many are of a kind. */
const shares = {
  help: 6,
  'list of mine': 20,
  'opening details': 20,
  'look-up by reference': 9,
  'search by name': 3,
  'message extension': 5,
  'note relayed': 2,
  'wrong input': 5,
  screening: 10,
  logging: 10,
  conversation: 4,
  escalation: 2,
  accepting: 2,
  closing: 2,
} as const;
export type Kind = keyof typeof shares;
const kinds = Object.keys(shares) as Kind[];

/** A complaint as far as it came. */
interface Course {
  id: string;
  reference: string;
  handler: Person;
  department: number;
  escalation?: string;
}

/** A turn of the mixture; what its answer says is told back, and gives what is wrong with it, if anything is. */
export interface Mixed {
  kind: Kind;
  turn: Turn;
  answered(answer: string): string | undefined;
}

/** Words of an answer that say that something failed: none of them is expected. */
const texts = textsFor('nl');
export const faultWords = ['bot.fault', 'bot.too-many', 'form.not-recorded', 'relay.too-many'].map((key) =>
  JSON.stringify(texts(key)).slice(1, -1),
);
const faultIn = (answer: string) => faultWords.find((words) => answer.includes(words));

/** Gives one turn after the other, the same ones for the same seed as far as the answers come in the same order. */
export function createMixture(seed: number): () => Mixed {
  const chance = createChance(seed);
  /** Complaints by what can be done next; all of them can be looked at. */
  const [logged, talked, asked, taken]: [Course[], Course[], Course[], Course[]] = [[], [], [], []];
  const known: Course[] = [];
  let count = 0;
  const somebody = () => chance.pick(everybody);
  const press = (data: Json) => invoke('task/submit', { data });
  const submit = (form: string, { id, escalation = '-' }: Course, command: string, typed: Json) =>
    press({ verb: 'submit-form', form, complaint: id, command, escalation, ...typed });
  const out = (from: Course[]) => from.splice(chance.between(0, from.length - 1), 1)[0];

  /** A turn on a complaint that came so far, which then comes further; a list of mine where there is none. */
  const further = (
    kind: Kind,
    from: Course[],
    to: Course[] | undefined,
    make: (course: Course) => Turn,
  ): Mixed => {
    const course = from.length > 0 ? out(from) : undefined;
    if (!course) return asking('list of mine');
    const turn = make(course);
    const words = texts(`recorded.${recorded[kind]}`);
    return {
      ...{ kind, turn },
      answered: (answer) => {
        if (!answer.includes(words)) return faultIn(answer) ?? 'it was not recorded';
        to?.push(course);
        return undefined;
      },
    };
  };

  const looking = (kind: Kind, turn: Turn): Mixed => ({ kind, turn, answered: faultIn });

  const asking = (kind: Kind): Mixed => {
    const by = somebody();
    const course = known.length > 0 ? chance.pick(known) : undefined;
    const name = `Klager ${lettersOf(chance.between(0, count + 1))}`;
    switch (kind) {
      case 'opening details':
        return looking(kind, {
          by: course?.handler ?? by,
          activity: press({ verb: 'open-complaint', complaint: course?.id ?? 'none' }),
        });
      case 'look-up by reference':
        return looking(kind, {
          by: course?.handler ?? by,
          activity: says(course?.reference ?? 'K-2026-0001'),
        });
      case 'search by name':
        return looking(kind, { by, activity: says(`zoek ${name}`) });
      case 'message extension': {
        const parameters = [{ name: 'search', value: chance.pick(['', name, course?.reference ?? 'K']) }];
        const query = { commandId: 'myComplaints', parameters, queryOptions: { skip: 0, count: 25 } };
        return looking(kind, { by, activity: invoke('composeExtension/query', query) });
      }
      case 'note relayed':
        return looking(kind, {
          by,
          activity: press({
            ...{ verb: 'relay', form: crypto.randomUUID() },
            ...{ about: course?.reference ?? name, note: 'Klager belde terug.' },
          }),
        });
      case 'wrong input':
        return looking(kind, { by, activity: chance.pick(wrong) });
      case 'screening':
        return looking(kind, {
          by,
          activity: press({
            ...{ verb: 'screen', form: crypto.randomUUID(), kept: {}, name, relation: 'client' },
            ...{ externalBody: 'false', compensation: 'false' },
          }),
        });
      default:
        return looking(kind, { by, activity: says(kind === 'help' ? 'help' : 'mijn klachten') });
    }
  };

  const logging = (): Mixed => {
    const [by, form, department] = [
      chance.pick(everybody.slice(0, employees)),
      crypto.randomUUID(),
      chance.between(0, departments - 1),
    ];
    const data = {
      ...typedComplaint(++count),
      ...{ verb: 'log-complaint', form, department: departmentId(department) },
      concernedIds: chance.between(1, 3) === 1 ? '' : colleague(chance.between(0, employees - 1)).id,
    };
    return {
      ...{ kind: 'logging', turn: { by, activity: press(data) } },
      answered: (answer) => {
        const reference = /K-\d{4}-\d{4,}/.exec(answer)?.[0];
        if (!reference || !answer.includes(texts('receipt.title'))) return faultIn(answer) ?? 'no receipt';
        const course = { id: commandIdOf(form, by.id), reference, handler: by, department };
        logged.push(course);
        known.push(course);
        // Who looks, looks at what is recent.
        if (known.length > mostKnown) known.shift();
        return undefined;
      },
    };
  };

  return () => {
    const kind = chance.weighted(
      kinds,
      kinds.map((each) => shares[each]),
    );
    const command = crypto.randomUUID();
    switch (kind) {
      case 'logging':
        return logging();
      case 'conversation':
        return further(kind, logged, talked, (course) => ({
          by: course.handler,
          activity: submit('record-conversation', course, command, {
            ...{ on: today, participants: 'complainant,concerned', account: 'Uitgelegd.', satisfied: 'no' },
          }),
        }));
      case 'escalation':
        return further(kind, talked, asked, (course) => {
          course.escalation = commandIdOf(command, course.handler.id);
          const typed = { escalationWish: 'De klager wil verder.' };
          return {
            by: course.handler,
            activity: submit('request-escalation', { ...course, escalation: '-' }, command, typed),
          };
        });
      case 'accepting':
        return further(kind, asked, taken, (course) => {
          course.handler = approverOf(course.department, 0);
          const data = { complaint: course.id, escalation: course.escalation };
          const action = { type: 'Action.Execute', verb: 'accept-escalation', data };
          return { by: course.handler, activity: invoke('adaptiveCard/action', { action }) };
        });
      case 'closing':
        return further(kind, taken, undefined, (course) => ({
          by: course.handler,
          activity: submit('close', course, command, {
            ...{ outcome: 'resolved', declinesNextStage: 'false', duplicateOf: '', recommendation: '' },
            summary: 'Een afspraak werd niet nagekomen; er is uitleg gegeven.',
          }),
        }));
      default:
        return asking(kind);
    }
  };
}

/** Complaints that are looked at: the latest. */
const mostKnown = 2000;

/** The command that each step gives. */
const recorded: Partial<Record<Kind, string>> = {
  conversation: 'recordConversation',
  escalation: 'requestEscalation',
  accepting: 'acceptEscalation',
  closing: 'close',
};

/** What nobody should send: each is answered all the same. */
const wrong: Json[] = [
  says('iets wat de bot niet kent'),
  says('K-1999-9999'),
  says('x'.repeat(5000)),
  invoke('task/submit', { data: { verb: 'nothing-of-the-kind' } }),
  invoke('task/submit', { data: { verb: 'log-complaint', form: 'no form' } }),
  invoke('task/submit', { data: { verb: 'open-complaint', complaint: 'somebody-elses' } }),
  invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb: 'accept-escalation', data: {} } }),
];
