// The icons of the app: a speech bubble with a mark, as Teams asks for them.
const bubble =
  'M56 40h80a20 20 0 0 1 20 20v52a20 20 0 0 1-20 20H96l-32 28v-28h-8a20 20 0 0 1-20-20V60a20 20 0 0 1 20-20z';
const mark = '<rect x="88" y="58" width="16" height="36" rx="8"/><circle cx="96" cy="110" r="9"/>';

const colored = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 192">
  <rect width="192" height="192" fill="#1F4E79"/><path d="${bubble}" fill="#fff"/><g fill="#1F4E79">${mark}</g></svg>`;

const outlined = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="24 28 144 144">
  <path d="${bubble}" fill="none" stroke="#fff" stroke-width="10" stroke-linejoin="round"/><g fill="#fff">${mark}</g></svg>`;

/** Draws both: 192 pixels in colour, and 32 pixels white on nothing. */
export async function drawIcons(): Promise<{ color: Buffer; outline: Buffer }> {
  const { Resvg } = await import('@resvg/resvg-js');
  const draw = (svg: string, width: number) =>
    Buffer.from(new Resvg(svg, { fitTo: { mode: 'width', value: width } }).render().asPng());
  return { color: draw(colored, 192), outline: draw(outlined, 32) };
}
