import { describe, expect, it } from 'vitest';
import { createRender, escapeMarkdown, type View } from '../../src/cards/render.ts';
import { statusFacts } from '../../src/cards/status.ts';
import { textsFor } from '../../src/cards/texts.ts';
import { accepted, log } from '../fixtures.ts';

const render = createRender();
const texts = textsFor('nl-NL');

const reference = (changed: object = {}): View => ({
  name: 'reference',
  data: {
    heading: '',
    hasHeading: false,
    reference: 'K-2026-0042',
    facts: statusFacts(accepted(log()), 'talk-employee', texts),
    hasFacts: true,
    decisions: [],
    actions: [],
    ...changed,
  },
});

describe('render', () => {
  it('gives an Adaptive Card 1.5', async () => {
    expect(await render(reference())).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
  });

  it('throws on a binding without a value', async () => {
    await expect(render(reference({ reference: undefined }))).rejects.toThrow('a binding without a value');
  });

  it('shows templating syntax that was typed as it was typed', async () => {
    const card = await render(reference({ reference: '${heading} ${if(true, 1, 2)}' }));
    expect(JSON.stringify(card)).toContain('${heading} ${if(true, 1, 2)}');
  });

  it('leaves no markdown in a text, so that nobody can forge a link', async () => {
    const card = JSON.stringify(
      await render(reference({ reference: '[Aannemen](https://example.org) **nu**' })),
    );
    expect(card).toContain(JSON.stringify('\\[Aannemen\\](https://example.org) \\*\\*nu\\*\\*').slice(1, -1));
  });

  it.each([
    ['1. eerst', '1\\. eerst'],
    ['- punt', '\\- punt'],
    ['# kop', '\\# kop'],
    ['K-2026-0042', 'K-2026-0042'],
    ['{{DATE(2026-11-24)}}', '{\u200b{DATE(2026-11-24)}}'],
    ['a_b_c', 'a\\_b\\_c'],
    ['gewone zin (met haakjes), 24 november.', 'gewone zin (met haakjes), 24 november.'],
  ])('escapes %j as %j', (typed, shown) => expect(escapeMarkdown(typed)).toBe(shown));

  it('refuses a card that Teams would not take', async () => {
    await expect(render(reference({ reference: 'x'.repeat(50_000) }))).rejects.toThrow('too large');
  });
});
