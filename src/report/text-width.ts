/**
 * The width of a text in DejaVu Sans or a little more, in the unit of the size of its letters. Nothing here measures a
 * font, and a line that is a little short is better than one that is cut off.
 */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((width, character) => width + shareOf(character), 0) * size;
}

function shareOf(character: string): number {
  if (/[ fijlrtI.,:;'|!()]/.test(character)) return 0.42;
  if (/[a-ln-vx-z\dà-åç-öø-ÿ]/.test(character)) return 0.64;
  return 1.1;
}

/** Divides a text into lines of at most this width, between words, or within one that is too long for a line. */
export function wrap(text: string, size: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, size, most))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer, size) <= most) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, size: number, most: number): string[] {
  const parts = [''];
  for (const character of word) {
    const longer = `${parts.at(-1)}${character}`;
    if (widthOf(longer, size) <= most) parts[parts.length - 1] = longer;
    else parts.push(character);
  }
  return parts;
}
