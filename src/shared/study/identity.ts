/** Whether two spellings of an ID, a name or a birth date are of one person; undefined where one of them is missing. */
import type { PatientIdentity } from './study.ts';

/** Without case, and the leading zeros that number fields lose. */
export const plainId = (id: string): string =>
  id
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/^0+(?=.)/, '');

/** Parts of a name without case, accents and signs; the order of family and given name is anybody's. */
const nameParts = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');

type Named = Pick<PatientIdentity, 'patientName' | 'nameGroups'>;

const namesOf = ({ patientName, nameGroups }: Named): string[][] =>
  [patientName, ...Object.values(nameGroups ?? {})]
    .map((name = '') => nameParts(name))
    .filter((parts) => parts.length > 0);

/**
 * Equal, also where one is written without its gap, as Chinese names are; or one lacks a title or a middle name that the
 * other has.
 */
const isSameName = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.join('') === b.join('')) return true;
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  return shorter.every((part) => longer.includes(part)) && (shorter.length > 1 || longer.length === 1);
};

export const compareNames = (a: Named, b: Named): boolean | undefined => {
  const [ofA, ofB] = [namesOf(a), namesOf(b)];
  if (ofA.length === 0 || ofB.length === 0) return undefined;
  return ofA.some((name) => ofB.some((other) => isSameName(name, other)));
};
