import { createRequire } from 'node:module';
import type { TopLevelSpec } from 'vega-lite';
import type { Bar } from './blocks.ts';
import { ink } from './ink.ts';
import { onOneLine } from './readable.ts';
import { widthOf, wrap } from './text-width.ts';

/** A drawn chart; width and height are in pixels of 1/96 inch. */
export interface Chart {
  svg: string;
  png: Uint8Array;
  width: number;
  height: number;
}

/** What the page of a report has room for. */
const width = 600;
const labelWidth = 220;
const gap = 8;
const barHeight = 20;
const size = 12;
const titleSize = 14;
const lineHeight = 16;
const titleLineHeight = 20;

/** How much wider bold letters are, at most. */
const boldness = 1.2;

/** How many pixels of the picture stand for one of the page: sharp on paper. */
const sharpness = 3;

const barColor = `#${ink.title}`;
const textColor = `#${ink.text}`;
const lineColor = `#${ink.quiet}`;

/** The pictures are drawn with the first; a program that draws the SVG itself takes the first that it has. */
const fonts = 'DejaVu Sans, Verdana, Arial, sans-serif';
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/**
 * Draws horizontal bars in the order given, each with its label before it and what is said of it behind it; nothing is
 * cut off, and the same bars give the same picture on every computer. Refuses to draw without a bar.
 */
export async function drawChart(title: string, bars: readonly Bar[]): Promise<Chart> {
  if (bars.length === 0) throw new RangeError('a chart needs a bar');
  const layout = layOut(onOneLine(title), bars);
  const svg = await toSvg(specify(layout));
  return { svg, png: await toPng(svg), width, height: layout.top + layout.plotHeight + gap };
}

interface Layout {
  title: string[];
  labels: string[][];
  /** Without a value the bar is not drawn; `at` is where what is said of it stands. */
  rows: { row: number; value: number | null; at: number; said: string }[];
  top: number;
  plotHeight: number;
  plotWidth: number;
  /** The value that would reach the right edge of the picture. */
  end: number;
}

function layOut(title: string, bars: readonly Bar[]): Layout {
  const titleLines = wrap(title, titleSize * boldness, width);
  const labels = bars.map(({ label }) => wrap(onOneLine(label), size, labelWidth));
  const rows = bars.map(({ value, said }, row) => ({
    row,
    value: value ?? null,
    at: value ?? 0,
    said: onOneLine(said),
  }));
  const step = Math.max(...labels.map((lines) => lines.length)) * lineHeight + 12;
  const plotWidth = width - labelWidth - gap;
  const saidWidth = Math.max(...rows.map(({ said }) => widthOf(said, size)));
  const most = Math.max(...rows.map(({ at }) => at)) || 1;
  return {
    title: titleLines,
    labels,
    rows,
    top: titleLines.length * titleLineHeight + gap,
    plotHeight: step * bars.length,
    plotWidth,
    end: (most * plotWidth) / Math.max(plotWidth - saidWidth - gap, plotWidth / 4),
  };
}

function specify({ title, labels, rows, top, plotHeight, plotWidth, end }: Layout): TopLevelSpec {
  const y = {
    field: 'row',
    type: 'ordinal',
    axis: {
      labelExpr: 'labels[datum.value]',
      // Lines go down from the middle of the bar, and would stand too low.
      labelOffset: {
        condition: { test: 'true', expr: `-${lineHeight / 2} * (length(labels[datum.value]) - 1)` },
        value: 0,
      },
      labelLimit: 0,
      labelPadding: gap,
      ticks: false,
      title: null,
    },
    scale: { domain: rows.map(({ row }) => row) },
  } as const;
  const scale = { domain: [0, end], nice: false };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    autosize: 'none',
    padding: { left: labelWidth + gap, top, right: 0, bottom: gap },
    width: plotWidth,
    height: plotHeight,
    background: 'white',
    params: [{ name: 'labels', value: labels }],
    data: { values: rows },
    layer: [
      {
        // Not the title that Vega-Lite has: that speaks English to screen readers.
        data: { values: [{}] },
        mark: {
          type: 'text',
          text: title,
          x: -labelWidth - gap,
          y: -top,
          align: 'left',
          baseline: 'line-top',
          color: barColor,
          fontSize: titleSize,
          fontWeight: 'bold',
          lineHeight: titleLineHeight,
        },
        encoding: {},
      },
      {
        transform: [{ filter: 'isValid(datum.value)' }],
        mark: { type: 'bar', height: barHeight, color: barColor },
        encoding: { y, x: { field: 'value', type: 'quantitative', axis: null, scale } },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', dx: gap, fontSize: size, color: textColor },
        encoding: { y, x: { field: 'at', type: 'quantitative', axis: null, scale }, text: { field: 'said' } },
      },
    ],
    config: {
      aria: false,
      font: fonts,
      view: { stroke: null },
      axis: {
        labelColor: textColor,
        labelFontSize: size,
        labelLineHeight: lineHeight,
        domainColor: lineColor,
      },
    },
  };
}

/** The libraries are loaded only here, since that takes longer than the bot may take to start. */
async function toSvg(spec: TopLevelSpec): Promise<string> {
  const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

async function toPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const { resolve } = createRequire(import.meta.url);
  const font = {
    loadSystemFonts: false,
    fontFiles: fontFiles.map((file) => resolve(`dejavu-fonts-ttf/ttf/${file}`)),
    defaultFontFamily: 'DejaVu Sans',
  };
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: sharpness } }).render().asPng();
}
