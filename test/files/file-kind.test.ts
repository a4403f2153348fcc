import { buffer } from 'node:stream/consumers';
import { Document, Packer } from 'docx';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { drawIcons } from '../../manifest/icons.ts';
import { mediaTypes } from '../../src/bot/giving.ts';
import { tellKind } from '../../src/files/file-kind.ts';

const text = (words: string) => new TextEncoder().encode(words);

/** A zip file with these texts in it. */
async function zipOf(entries: Record<string, string>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, words] of Object.entries(entries))
    zip.addBuffer(Buffer.from(words), name, { compress: false });
  zip.end();
  return buffer(zip.outputStream);
}

describe('tellKind', () => {
  it('R10: tells what may be evidence by its content, whatever it is called', async () => {
    const picture = (await drawIcons()).color;
    const letter = await Packer.toBuffer(new Document({ sections: [] }));
    const odt = await zipOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' });
    expect(await tellKind(picture, 'foto.png')).toBe('png');
    expect(await tellKind(picture, 'brief.pdf')).toBe('png');
    expect(await tellKind(letter, 'brief.docx')).toBe('docx');
    expect(await tellKind(odt, 'brief.odt')).toBe('odt');
    expect(await tellKind(text('%PDF-1.7\n%%EOF\n'), 'brief.pdf')).toBe('pdf');
    expect(await tellKind(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]), 'foto.jpeg')).toBe(
      'jpg',
    );
    expect(await tellKind(text('Beste klant,\r\n\tdag é 😀'), 'mail.TXT')).toBe('txt');
  });

  it.each<[string, string, Uint8Array]>([
    ['a program', 'foto.jpg', Buffer.from(`MZ${'\0'.repeat(200)}`)],
    ['a script', 'doe.sh', text('#!/bin/sh\necho hoi\n')],
    ['a page', 'brief.html', text('<!doctype html><script>1</script>')],
    ['a drawing that can hold a script', 'foto.svg', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['text under another name', 'brief.pdf', text('Beste klant')],
    ['text with what is none', 'brief.txt', text('Beste\0klant')],
    ['text in no known writing', 'brief.txt', Buffer.from([0x42, 0xff, 0xfe, 0x80])],
    [
      'an old Office file, which may hold macros',
      'brief.doc',
      Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'),
    ],
  ])('does not take %s', async (_what, name, content) => {
    expect(await tellKind(content, name)).toBeUndefined();
  });

  it('does not take a zip file, nor a document with macros', async () => {
    const types = (main: string) =>
      `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;
    const macros = await zipOf({
      '[Content_Types].xml': types('application/vnd.ms-word.document.macroEnabled.main+xml'),
      'word/document.xml': '<x/>',
    });
    expect(await tellKind(macros, 'brief.docx')).toBeUndefined();
    const plainMain = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
    const hidden = { '[Content_Types].xml': types(plainMain), 'word/document.xml': '<x/>' };
    expect(await tellKind(await zipOf(hidden), 'brief.docx')).toBe('docx');
    const program = { ...hidden, 'word/vbaProject.bin': 'x' };
    expect(await tellKind(await zipOf(program), 'brief.docx')).toBeUndefined();
    expect(await tellKind(await zipOf({ 'a.txt': 'a' }), 'bewijs.zip')).toBeUndefined();
  });

  it('every kind has a media type, and none can run a script', () => {
    for (const type of Object.values(mediaTypes)) expect(type).not.toMatch(/html|svg|script|\/xml/);
  });
});
