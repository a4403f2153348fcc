import { type Finding, findingOf } from './finding.ts';

/** Longest local part and longest domain of an e-mail address. */
const longestLocal = 64;
const longestDomain = 255;

const at = / ?(?:@|[([](?:at|apenstaartje)[)\]]| apenstaartje ) ?/giu;

const written = /[^\s@<>()[\],;:"“”]*$/u;
/** As it is spelled aloud: 'roos punt kanarie'. */
const spelled =
  /(?:[\p{L}\d_-]{1,30} (?:punt|streepje|underscore|laag streepje) ){0,4}[^\s@<>()[\],;:"“”]*$/u;

/** Finds e-mail addresses, also 'naam (at) voorbeeld.nl'. */
export function findEmails(text: string): Finding[] {
  return [...text.matchAll(at)].flatMap(({ 0: mark, index }) => {
    const spaced = !mark.includes('@');
    const before =
      spaced || !mark.startsWith(' ') ? text.slice(Math.max(0, index - longestLocal), index) : '';
    const behind =
      spaced || !mark.endsWith(' ')
        ? text.slice(index + mark.length, index + mark.length + longestDomain)
        : '';
    const local = (spaced ? spelled : written).exec(before)?.[0] ?? '';
    const domain = /^[\p{L}\d-]+(?:(?:\.| punt )[\p{L}\d-]+)*/u.exec(behind)?.[0] ?? '';
    if (local === '' || domain === '') return [];
    const end = index + mark.length + domain.length;
    return findingOf('email', index - local.length, end, /\.| punt /.test(domain));
  });
}

const explicit = /^(?:https?:\/\/|www\.)[^\s<>"“”]+/iu;
const bare = /^(?:[a-z\d-]{1,63}\.){1,4}(?:nl|com|org|net|eu|be|info)(?<path>\/[^\s<>"“”]*)?$/iu;

/** Finds web addresses; a site alone, without a page of it, is doubtful. */
export function findWebAddresses(text: string): Finding[] {
  return [...text.matchAll(/[^\s()<>,;"“”[\]]+/gu)].flatMap(({ 0: chunk, index }) => {
    const written = chunk.replace(/[.!?:'’]+$/u, '');
    const found = explicit.exec(written)?.[0];
    if (found && found.length > 'https://'.length) {
      return findingOf('web-address', index, index + found.length, true);
    }
    const site = written.length <= 300 ? bare.exec(written) : null;
    return site
      ? findingOf('web-address', index, index + written.length, site.groups?.['path'] !== undefined)
      : [];
  });
}
