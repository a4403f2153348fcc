import { AdaptiveCard, Table } from 'adaptivecards';
import { expect, it } from 'vitest';

it('a chart, which the page cannot draw, gives way to the table that is its fallback', () => {
  const cell = (text: string) => ({ type: 'TableCell', items: [{ type: 'TextBlock', text }] });
  const rows = [{ type: 'TableRow', cells: [cell('Afdeling'), cell('Klachten')] }];
  const fallback = { type: 'Table', columns: [{ width: 1 }, { width: 1 }], rows };
  const data = [{ x: 'Welzijn', y: 3 }];
  const card = new AdaptiveCard();
  card.parse({
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'Chart.HorizontalBar', data, fallback }],
  });
  expect(card.getItemAt(0)).toBeInstanceOf(Table);
});
