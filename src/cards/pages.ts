import type { Complaint } from '../domain/complaint.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { type Button, buttonData } from './forms/form.ts';
import { openButton } from './reference-view.ts';
import type { View } from './render.ts';
import { nextStep } from './status.ts';
import type { Texts } from './texts.ts';

interface Message {
  title: string;
  lines?: string[];
  /** Words to read to the complainant. */
  aloud?: string[];
  facts?: { title: string; value: string }[];
  /** Buttons in the body, in rows of their own. */
  buttonRows?: { label: string; actions: Button[] }[];
  /** What is decided at once, with what it carries. */
  decisions?: { title: string; verb: string; data: object }[];
  /** Addresses to be opened in a browser. */
  links?: { title: string; url: string }[];
  buttons?: Button[];
}

/** A plain message with a title. */
export function messageView(message: Message, texts: Texts): View {
  const { title, lines = [], aloud = [], facts = [], buttonRows = [], buttons = [] } = message;
  const { decisions = [], links = [] } = message;
  const asLines = (all: string[]) => all.map((line) => ({ line }));
  return {
    name: 'message',
    data: {
      title,
      lines: asLines(lines),
      hasAloud: aloud.length > 0,
      aloudTitle: texts('aloud.title'),
      aloud: asLines(aloud),
      hasFacts: facts.length > 0,
      facts,
      buttonRows: buttonRows.map(({ label, actions }) => ({ label, actions: actions.map(buttonData) })),
      decisions,
      hasLinks: links.length > 0,
      links,
      actions: buttons.map(buttonData),
    },
  };
}

/** The button that opens the form for a new complaint. */
export function logButton(texts: Texts): Button {
  return {
    title: texts('button.log'),
    style: 'positive',
    data: { msteams: { type: 'task/fetch' }, verb: 'open-log-complaint' },
  };
}

/** The button for a note to whoever handles a complaint: 'klager belde terug'. */
export function relayButton(texts: Texts): Button {
  return { title: texts('button.relay'), data: { msteams: { type: 'task/fetch' }, verb: 'open-relay' } };
}

/** What the bot can do: as a greeting, as help, or in answer to what it did not understand. */
export function helpView(
  occasion: 'greeting' | 'help' | 'unknown',
  roles: { administers: boolean; analyses: boolean },
  texts: Texts,
): View {
  const forRoles = [
    ...(roles.analyses ? (['analysis', 'report'] as const) : []),
    ...(roles.administers ? (['administration'] as const) : []),
  ];
  const always = ['log', 'mine', 'find', 'search', 'relay', 'procedure', 'contact'] as const;
  const commands = [...always, ...forRoles, 'help' as const];
  const button = (name: string, verb: string): Button => ({ title: texts(`button.${name}`), data: { verb } });
  return messageView(
    {
      title: texts(occasion === 'greeting' ? 'bot.greeting-title' : 'bot.help-title'),
      lines:
        occasion === 'greeting' ? [texts('bot.greeting'), texts('bot.help')] : [texts(`bot.${occasion}`)],
      facts: commands.map((name) => ({
        title: texts(`command.${name}`),
        value: texts(`command.${name}-help`),
      })),
      buttons: [
        logButton(texts),
        button('mine', 'my-complaints'),
        button('procedure', 'procedure'),
        button('contact', 'contact'),
        relayButton(texts),
      ],
    },
    texts,
  );
}

/** The way to the form, for who typed that they have a complaint to log. */
export function startView(texts: Texts): View {
  const message = {
    title: texts('bot.start-title'),
    lines: [texts('bot.start')],
    buttons: [logButton(texts)],
  };
  return messageView(message, texts);
}

/** The way to the form for a note, for who typed that a complainant called back. */
export function relayStartView(texts: Texts): View {
  const message = {
    title: texts('relay.title'),
    lines: [texts('relay.intro')],
    buttons: [relayButton(texts)],
  };
  return messageView(message, texts);
}

/** R16: the organisation's contact details. */
export function contactView({ name, contact }: Organisation, texts: Texts): View {
  const facts = (['address', 'email', 'phone'] as const).map((key) => ({
    title: texts(`contact.${key}`),
    value: contact[key],
  }));
  return messageView({ title: texts('contact.title', { name }), facts }, texts);
}

/** R16: the complaint procedure, part by part, to read to a complainant. */
export function procedureView({ name, contact }: Organisation, texts: Texts): View {
  const sections = texts('procedure.sections', { returnObjects: true, name, ...contact }) as unknown as {
    heading: string;
    paragraphs: string[];
  }[];
  return {
    name: 'procedure',
    data: {
      title: texts('procedure.title', { name }),
      intro: texts('procedure.intro'),
      sections: sections.map(({ heading, paragraphs }) => ({
        heading,
        paragraphs: paragraphs.map((text) => ({ text })),
      })),
    },
  };
}

/** R1, R3, R4, R5: words to read aloud where a complaint is not taken up, and the way back. */
export function screenedView(code: RefusalCode, back: Button, texts: Texts): View {
  return messageView(
    {
      title: texts('screened.title'),
      aloud: [texts(`refusal.${code}`)],
      lines: [texts('screened.nothing-stored')],
      buttons: [back, { title: texts('button.done'), data: { verb: 'close-dialog' } }],
    },
    texts,
  );
}

/** What the receipt says beside the words to read aloud. */
interface ReceiptNotes {
  repeated: boolean;
  /** Whether files can be added to it. */
  takesFiles: boolean;
  /** Whether the bot tells people concerned, and whether there are some whom it can't. */
  told: boolean;
  untold: boolean;
}

/** What to read aloud once a complaint is recorded: its reference, what comes next, and the privacy line. */
export function receiptView(
  complaint: Complaint,
  organisation: Organisation,
  { repeated, takesFiles, told, untold }: ReceiptNotes,
  texts: Texts,
): View {
  const step = nextStep(complaint, organisation);
  const notes = [
    ...(repeated ? [texts('receipt.repeated')] : []),
    ...(told ? [texts('receipt.concerned-told')] : []),
    ...(untold ? [texts('receipt.concerned-untold')] : []),
    ...(takesFiles ? [texts('receipt.evidence')] : []),
  ];
  const { msteams: _fetch, ...open } = openButton(complaint, texts).data;
  return {
    name: 'receipt',
    data: {
      title: texts('receipt.title'),
      reference: complaint.reference,
      aloudTitle: texts('aloud.title'),
      aloud: [
        texts('aloud.reference', { reference: complaint.reference }),
        texts(texts.has(`aloud.${step}`) ? `aloud.${step}` : 'aloud.later'),
        texts('aloud.privacy'),
      ].map((line) => ({ line })),
      notes: notes.map((line) => ({ line })),
      actions: [
        {
          title: texts('button.done'),
          data: { verb: 'close-dialog' },
          style: 'positive' as const,
        },
        { title: texts('button.open'), data: open },
      ].map(buttonData),
    },
  };
}

/** For administrators: notices wait too long, since when, and what they can do. It names nobody and no complaint. */
export function latenessView(
  { since, goesOn, lateAfter }: { since: string; goesOn: boolean; lateAfter: number },
  texts: Texts,
): View {
  const lines = [
    texts('lateness.since', { count: lateAfter, moment: texts.moment(since) }),
    texts(goesOn ? 'lateness.goes-on' : 'lateness.over'),
    texts('lateness.what-to-do'),
  ];
  return messageView({ title: texts('notice.administrator'), lines }, texts);
}
