/** One line of a list; `under` it stand lines that belong to it. */
export interface Item {
  text: string;
  under: readonly string[];
}

/** A bar of a chart; without a value nothing is drawn, and `said` tells why. */
export interface Bar {
  label: string;
  value: number | undefined;
  /** The value as the report says it: '12', 'minder dan 3'. */
  said: string;
}

/** A part of a report, whatever it is written as. Lists are read while they are written, since they may be long. */
export type Block =
  | { kind: 'title'; text: string; under: string }
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'table'; caption: string; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'chart'; title: string; alternative: string; bars: readonly Bar[] }
  | { kind: 'list'; items: () => AsyncIterable<Item> };

/** A heading, of a part or of something in it. */
export const heading = (text: string, level: 1 | 2 = 1): Block => ({ kind: 'heading', level, text });

/** A paragraph of plain text. */
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** What a document says of itself. */
export interface About {
  title: string;
  organisation: string;
  madeAt: Date;
}
