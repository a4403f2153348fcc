import { describe, expect, it } from 'vitest';
import { createOpened } from '../../src/store/opened.ts';

/** Opens by taking the text apart, and counts how often. */
function opener() {
  const asked: string[] = [];
  const opened = createOpened(async ({ id, sealed }) => {
    asked.push(`${id} ${sealed}`);
    return { id, parts: sealed.split('.') };
  });
  return { opened, asked };
}

describe('what was opened lately', () => {
  it('is not opened again while it is the same', async () => {
    const { opened, asked } = opener();
    const first = await opened.open({ id: 'a', sealed: 'one.two' });
    expect(await opened.open({ id: 'a', sealed: 'one.two' })).toEqual(first);
    expect(asked).toEqual(['a one.two']);
  });

  it('is opened anew where another text lies there, whoever wrote it, also an older one', async () => {
    const { opened, asked } = opener();
    for (const sealed of ['one', 'two', 'one']) {
      expect((await opened.open({ id: 'a', sealed })).parts).toEqual([sealed]);
    }
    expect(asked).toHaveLength(3);
  });

  it('is not given for another id: what stands in the wrong place is opened, and so refused', async () => {
    const { opened, asked } = opener();
    await opened.open({ id: 'a', sealed: 'one' });
    await opened.open({ id: 'b', sealed: 'one' });
    expect(asked).toEqual(['a one', 'b one']);
  });

  it('can not be changed by one who got it, for others get it too', async () => {
    const { opened } = opener();
    opened.keep({ id: 'a', sealed: 'one' }, { id: 'a', parts: ['kept'] });
    const content = await opened.open({ id: 'a', sealed: 'one' });
    expect(() => content.parts.push('more')).toThrow(TypeError);
    expect(content).toEqual({ id: 'a', parts: ['kept'] });
  });

  it('R14: is gone from memory when it is forgotten', async () => {
    const { opened, asked } = opener();
    opened.keep({ id: 'a', sealed: 'one' }, { id: 'a', parts: [] });
    opened.forget('a');
    await opened.open({ id: 'a', sealed: 'one' });
    expect(asked).toHaveLength(1);
  });
});
