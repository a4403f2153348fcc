// What the people of these tests type, to look for where it may not be.

const number = String.raw`(?:64242\d{4}|70 ?763 ?06 ?06)`;

/** A name, text or number that was typed; not the same digits in a random id or in a moment in milliseconds. */
export const typedWords = new RegExp(
  String.raw`kanarie|\+31 ?${number}|(?<![\da-f])(?:31|0)?${number}(?![\da-f])`,
  'i',
);
