/** The colours of a report, in hexadecimal. `title`, `text` and `quiet` have a contrast of 7 to 1 or more on white. */
export const ink = { title: '1f4e79', text: '262626', quiet: '595959', line: 'bfbfbf', shade: 'e9eff6' };
