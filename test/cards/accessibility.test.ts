// What of a card's accessibility can be told without drawing it, on every card that the gallery shows.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/render.ts';
import { languages } from '../../src/cards/texts.ts';
import { type Specimen, specimensIn } from '../gallery/specimens.ts';

/** A part of a card, and in what it stands, the nearest last. */
interface Part {
  node: Card;
  within: Card[];
}

/** Every element and action that a card shows, however deep; what a chart falls back on too. */
function partsOf(node: unknown, within: Card[] = []): Part[] {
  if (Array.isArray(node)) return node.flatMap((each) => partsOf(each, within));
  if (typeof node !== 'object' || node === null) return [];
  const card = node as Card;
  const inner = Object.entries(card)
    .filter(([key]) => key !== 'data' && key !== 'refresh')
    .flatMap(([, value]) => partsOf(value, [...within, card]));
  return typeof card['type'] === 'string' ? [{ node: card, within }, ...inner] : inner;
}

const typeOf = ({ node }: Part) => String(node['type']);
const actionsOf = (card: Card) => partsOf(card).filter((part) => typeOf(part).startsWith('Action.'));
const titleOf = ({ node }: Part) => String(node['title'] ?? '').trim();
const words = (value: unknown) => typeof value === 'string' && /\p{L}/u.test(value);

const rules: Record<string, (card: Card) => string[]> = {
  'each input has a label': (card) =>
    partsOf(card)
      .filter((part) => typeOf(part).startsWith('Input.'))
      .filter(({ node }) => !words(node['type'] === 'Input.Toggle' ? node['title'] : node['label']))
      .map(({ node }) => String(node['id'])),
  'no two inputs share an id': (card) => {
    const ids = partsOf(card).flatMap((part) => (typeOf(part).startsWith('Input.') ? [part.node['id']] : []));
    return ids.filter((id, index) => ids.indexOf(id) !== index).map(String);
  },
  'an input that must be filled in says so in words': (card) =>
    partsOf(card)
      .filter(({ node }) => node['isRequired'] === true && !words(node['errorMessage']))
      .map(({ node }) => String(node['id'])),
  'each picture has words': (card) =>
    partsOf(card)
      .filter((part) => typeOf(part) === 'Image' && !words(part.node['altText']))
      .map(({ node }) => String(node['url'])),
  'each action has a title': (card) =>
    actionsOf(card)
      .filter((part) => titleOf(part).length < 2 || !words(part.node['title']))
      .map(({ node }) => JSON.stringify(node)),
  'no two actions that do different things share a title': (card) => {
    const said = actionsOf(card).map((part) => ({
      title: titleOf(part),
      does: JSON.stringify([
        part.node['verb'],
        part.node['data'],
        part.node['url'],
        part.node['targetElements'],
      ]),
    }));
    return said
      .filter((one, index) =>
        said.slice(0, index).some((other) => other.title === one.title && other.does !== one.does),
      )
      .map(({ title }) => title);
  },
  'text takes as many lines as it needs': (card) =>
    partsOf(card)
      .filter(
        ({ node }) => ['TextBlock', 'Input.Toggle'].includes(String(node['type'])) && node['wrap'] !== true,
      )
      .concat(partsOf(card).filter(({ node }) => node['maxLines'] !== undefined))
      .concat(partsOf(card).filter(({ node }) => node['style'] === 'expanded' && node['wrap'] !== true))
      .map(({ node }) => String(node['text'] ?? node['id'])),
  'a colour is never the only sign': (card) =>
    partsOf(card).flatMap(({ node, within }) => {
      const text = partsOf(node).flatMap((part) => String(part.node['text'] ?? ''));
      // A coloured part is said in bold words of its own; coloured text begins with a sign, or is bold as well.
      if (['good', 'warning', 'attention'].includes(String(node['style'])) && 'items' in node) {
        const bold = partsOf(node).some(
          (part) => part.node['weight'] === 'Bolder' && words(part.node['text']),
        );
        return bold ? [] : [text.join(' ')];
      }
      const isColoured = !['undefined', 'Default'].includes(String(node['color']));
      const isMarked = node['highlight'] === true && !notesNear(within);
      const isSaid = String(node['text']).startsWith('⚠') || node['weight'] === 'Bolder';
      return (isColoured && !isSaid) || isMarked ? [String(node['text'])] : [];
    }),
  'a card begins with what it is about': (card) => {
    const [first] = partsOf(card['body']).filter((part) => words(part.node['text'] ?? part.node['label']));
    return first ? [] : ['nothing'];
  },
};

/** Whether beside a highlighted text its words are listed with a sign. */
function notesNear(within: Card[]): boolean {
  const container = within.findLast((each) => each['type'] === 'Container');
  return partsOf(container).some(({ node }) => String(node['text']).startsWith('⚠'));
}

describe.each(languages)('every card in %s', (language) => {
  let specimens: Specimen[] = [];
  beforeAll(async () => {
    ({ specimens } = await specimensIn(language));
  });

  it.each(Object.entries(rules))('%s', (_rule, faultsOf) => {
    const found = specimens.flatMap(({ name, card }) => faultsOf(card).map((fault) => `${name}: ${fault}`));
    expect(found).toEqual([]);
  });
});
