import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../../src/report/blocks.ts';
import { drawChart } from '../../src/report/chart.ts';

const bars: Bar[] = [
  { label: 'via het contactformulier op de website', value: 48, said: '48' },
  { label: 'houding of communicatie', value: 31, said: '31' },
  { label: 'processen binnen de organisatie', value: 12, said: '12' },
  { label: 'wachttijd', value: 0, said: '0' },
  { label: 'privacy', value: undefined, said: 'minder dan 3' },
];
const bar = (label: string): Bar => ({ label, value: 1, said: '1' });

const { resolve } = createRequire(import.meta.url);
const widthOf = (text: string) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="30"><text y="20" font-size="12px">${text}</text></svg>`;
  const fontFiles = [resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')];
  const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' };
  return new Resvg(svg, { font }).getBBox()?.width ?? 0;
};

const textsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(
    ([, text = '']) =>
      [...text.matchAll(/<tspan[^>]*>([^<]*)<\/tspan>/g)].map(([, line = '']) => line).join('|') || text,
  );
const barsOf = (svg: string) =>
  [...svg.matchAll(/d="M0,[\d.]+h([\d.]+)v20h[^"]*" fill="#1f4e79"/g)].map(([, width]) => Number(width));

describe('drawChart', () => {
  it('writes the title, and before each bar its label and behind it what is said of it, in the order given', async () => {
    const { svg } = await drawChart('Langs welke weg', bars);
    expect(textsOf(svg)).toEqual([
      'via het contactformulier op de|website',
      'houding of communicatie',
      'processen binnen de organisatie',
      'wachttijd',
      'privacy',
      'Langs welke weg',
      '48',
      '31',
      '12',
      '0',
      'minder dan 3',
    ]);
  });

  it('draws bars as long as their values, and none without a value', async () => {
    const [most = 0, next = 0, ...others] = barsOf((await drawChart('Aard', bars)).svg);
    expect(next / most).toBeCloseTo(31 / 48);
    expect(others).toHaveLength(2);
    expect(others[1]).toBe(0);
  });

  it('draws a chart of which no bar has a value', async () => {
    const { svg } = await drawChart('Aard', [{ label: 'privacy', value: undefined, said: 'minder dan 3' }]);
    expect(barsOf(svg)).toEqual([]);
    expect(textsOf(svg)).toContain('minder dan 3');
  });

  it('keeps bars with the same label apart', async () => {
    expect(barsOf((await drawChart('Aard', [bar('team'), bar('team')])).svg)).toHaveLength(2);
  });

  it.each([
    'Arbeidsongeschiktheidsverzekeringsmaatschappijen',
    'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW',
    'MMMM@@@@%%%%—MMMM@@@@%%%%—MMMM@@@@%%%%',
    'coördinatie en geïndiceerde zorg, één à twee keer per week',
    'mmmmmmmmmmmmmmmwwwwwwwwwwwwwwwwwmmmmmmmmmmmmmmwwwwwwwwww',
    '0123456789 0123456789 0123456789 0123456789',
  ])('cuts nothing off: %s', async (label) => {
    const { svg } = await drawChart('Aard', [bar(label)]);
    const [lines = ''] = textsOf(svg);
    expect(lines.replaceAll(/[|\s]/g, '')).toBe(label.replaceAll(/\s/g, ''));
    for (const line of lines.split('|')) expect(widthOf(line)).toBeLessThanOrEqual(220);
  });

  it('leaves room for what is said of the longest bar', async () => {
    const said = '1.234 (meer dan de helft)';
    const { svg, width } = await drawChart('Aard', [{ label: 'wachttijd', value: 1234, said }]);
    const [longest = 0] = barsOf(svg);
    expect(228 + longest + 8 + widthOf(said)).toBeLessThanOrEqual(width);
  });

  it('takes text as text', async () => {
    const { svg } = await drawChart('Fout & <b>', [bar('datum.value + "x"\u0001'), bar('<&>')]);
    expect(textsOf(svg)).toEqual(['datum.value + "x"', '&lt;&amp;&gt;', 'Fout &amp; &lt;b&gt;', '1', '1']);
  });

  it('gives a sharp picture of the same shape, the same each time', async () => {
    const { svg, png, width, height } = await drawChart('Aard', bars);
    const again = await drawChart('Aard', bars);
    const size = Buffer.from(png.buffer, png.byteOffset);
    expect([size.readUInt32BE(16), size.readUInt32BE(20)]).toEqual([width * 3, height * 3]);
    expect(again.svg).toBe(svg);
    expect(Buffer.compare(again.png, png)).toBe(0);
  });

  it('refuses to draw without a bar', async () => {
    await expect(drawChart('Aard', [])).rejects.toThrow(RangeError);
  });
});
