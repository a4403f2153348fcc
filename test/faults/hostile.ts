// What somebody sends who means harm: what the cards of the bot really carry, bent at random, the same for the same seed.

import { channelWords } from '../../src/bot/channel.ts';
import { requests } from '../../src/bot/requests.ts';
import { inputsOf } from '../bot/harness.ts';
import type { Specimen } from '../gallery/specimens.ts';
import type { Act, Json } from './bot-over-http.ts';
import { actionsIn, type CardAction } from './card-actions.ts';
import { otherActs } from './other-acts.ts';

/** Values that nobody expects where they come. */
const weird: readonly unknown[] = [
  ...[null, true, 0, -1, 2 ** 53, '', ' ', [], {}, [[]], { verb: {} }, [null]],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    '\u0000\u001b[31m',
    '\u202Egpj.exe',
    '\ud800',
  ],
  ...[
    '${description}',
    '${$root.data}',
    '{{DATE(2026-01-01,SHORT)}}',
    '[x](https://elders.example)',
    '*x* _y_ `z`',
  ],
  ...[
    '😀'.repeat(300),
    'x'.repeat(20_000),
    "'; DROP TABLE complaint; --",
    '<at>Klachtenbot</at>',
    'K-2026-0001',
  ],
  ...['2026-02-30', '99:99', 'true,true', '00000000-0000-4000-8000-000000000003', 'anoniem', '-'],
];

/** Something nested far deeper than any card. */
const deep = () => {
  let node: unknown = 'x';
  for (let depth = 0; depth < 200; depth++) node = { data: node };
  return node;
};

/** Everything that the bot's own cards can send, and everything that it hears. */
export function actsOf(specimens: readonly Specimen[], serviceUrl: string): Act[] {
  const ofCards = specimens.flatMap(({ card }) => {
    const typed = inputsOf(card);
    return actionsIn(card).map((action) => actOf(action, typed));
  });
  const words = [
    ...requests.flatMap((request) => request.words),
    'zoek kanarie',
    'K-2026-0001',
    'rapport 2025',
  ];
  const said = [...words, channelWords.source].map((text) => ({ type: 'message', text }));
  // Once each: many cards carry the same.
  return [
    ...new Map([...ofCards, ...said, ...otherActs(serviceUrl)].map((act) => [shapeOf(act), act])).values(),
  ];
}

function actOf({ type, verb, data }: CardAction, typed: Json): Act {
  if (type === 'Action.Execute') {
    return { type: 'invoke', name: 'adaptiveCard/action', value: { action: { type, verb, data } } };
  }
  const opens = data['msteams'] !== undefined;
  const value = { data: opens ? data : { ...data, ...typed } };
  return { type: 'invoke', name: opens ? 'task/fetch' : 'task/submit', value };
}

/** Acts are alike where they carry the same fields, under the same verb and form. */
function shapeOf(act: Act): string {
  const { verb, form } = ((act['value'] as Json | undefined)?.['data'] ?? {}) as Json;
  const fields = JSON.stringify(act, (key, value) =>
    typeof value === 'string' && !['text', 'verb', 'name'].includes(key) ? '' : value,
  );
  return `${String(verb)} ${String(form).length < 30 ? String(form) : ''} ${fields}`;
}

/** Bends an act at random; `ids` are those of complaints, which a forged card may name. */
export function bent(act: Act, random: () => number, ids: readonly string[]): Act {
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
  const changed = structuredClone(act);
  for (const [node, key] of placesIn(changed))
    if (key === 'complaint' && random() < 0.7) node[key] = pick(ids);
  for (let times = Math.floor(random() * 4); times > 0; times--) {
    const places = placesIn(changed);
    if (places.length === 0) break;
    const [node, key] = pick(places);
    const how = random();
    if (how < 0.1) delete node[key];
    else if (how < 0.2) put(node, String(pick(weird)), structuredClone(pick(weird)));
    else if (how < 0.25) put(node, key, deep());
    else put(node, key, structuredClone(pick(weird)));
  }
  return changed;
}

/** A text with a part of it taken out, doubled, or replaced by what nobody expects. */
export function bentText(text: string, random: () => number): string {
  const [from, to] = [random(), random()].sort().map((part) => Math.floor(part * text.length));
  const part = text.slice(from, to);
  const others = [
    '',
    part + part,
    ...weird.filter((each) => typeof each === 'string' && each.isWellFormed()),
  ];
  return text.slice(0, from) + String(others[Math.floor(random() * others.length)]) + text.slice(to);
}

/** As JSON would: `__proto__` is a field like any other. */
const put = (node: Json, key: string, value: unknown) =>
  Object.defineProperty(node, key, { value, enumerable: true, configurable: true, writable: true });

/** Every field of an act, however deep, with what holds it. */
function placesIn(node: unknown): [holder: Json, key: string][] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.keys(node).flatMap((key) => [
    [node as Json, key] as [Json, string],
    ...placesIn((node as Json)[key]),
  ]);
}
