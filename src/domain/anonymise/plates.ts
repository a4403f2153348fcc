import { type Finding, findingOf } from './finding.ts';

/** The Dutch series of number plates ('sidecodes') by their groups: L for letters, D for digits. */
const sidecodes =
  'LLDDDD DDDDLL DDLLDD LLDDLL LLLLDD DDLLLL DDLLLD DLLLDD LLDDDL LDDDLL LLLDDL LDDLLL DLLDDD DDDLLD';
const series = new RegExp(
  `^(?:${sidecodes.replace(/ /g, '|').replace(/L/g, '[A-Z]').replace(/D/g, '\\d')})$`,
);

const plate =
  /(?<![\p{L}\d/-])(?=[a-z -]{0,6}\d)(?:[a-z]{1,3}|\d{1,3})(?<mark>[- ]?)(?:[a-z]{1,3}|\d{1,3})\k<mark>(?:[a-z]{1,3}|\d{1,3})(?![\p{L}\d]|[-/][\p{L}\d])/giu;
const vehicle =
  /(?<!\p{L})(?:(?:\p{L}{1,12})?(?:auto|bus|busje|taxi)|scooter|brommer|snorfiets|bromfiets|aanhanger|caravan|wagen|bestelwagen|vrachtwagen|motor|voertuig|chauffeur|geparkeerd)(?!\p{L})/iu;
const called = /(?:kenteken(?:plaat|nummer)?|nummerbord|nummerplaat)(?!\p{L})[^\d\n.;\]]{0,12}$/iu;
/** What has codes too. */
const thing = /(?:type|model|formulier|artikel|versie|bijlage|serie|code|norm|kamer|lokaal)[ :(]{0,2}$/iu;

/** How many characters from a plate the word of a vehicle may stand, in the same sentence. */
const nearby = 40;

/** Finds what looks like a Dutch number plate; where the text calls it one, or by a vehicle, there is no doubt. */
export function findPlates(text: string): Finding[] {
  return [...text.matchAll(plate)].flatMap(({ 0: found, index, groups = {} }) => {
    const written = found.replace(/[- ]/g, '').toUpperCase();
    if (!series.test(written)) return [];
    const end = index + found.length;
    const inFront = text.slice(Math.max(0, index - nearby), index);
    const isCalled = called.test(inFront);
    if (!isCalled && thing.test(inFront)) return [];
    const hasDashes = groups['mark'] === '-';
    const isUpper = found === found.toUpperCase();
    const byVehicle = (hasDashes || isUpper) && isByVehicle(inFront, text.slice(end, end + nearby));
    if (!isCalled && !hasDashes && !isUpper) return [];
    return findingOf('licence-plate', index, end, isCalled || (byVehicle && hasDashes));
  });
}

const isByVehicle = (inFront: string, behind: string) =>
  vehicle.test(inFront.split(/[.!?;\n]\s/).at(-1) ?? '') || vehicle.test(behind.split(/[.!?;\n]/)[0] ?? '');
