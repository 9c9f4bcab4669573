/** Words of the patient's own identity, to find them where no rule about elements expects them. */
import type { DecodeText } from '../text/character-set.ts';
import { decoderOf } from './own-text.ts';
import type { TreeElement } from './tree.ts';

const identifying = new Set([
  'PatientName',
  'PatientID',
  'OtherPatientIDs',
  'OtherPatientNames',
  'PatientBirthName',
  'PatientBirthDate',
  'PatientMotherBirthName',
  'AccessionNumber',
  'ReferringPhysicianName',
  'OperatorsName',
  'PerformingPhysicianName',
  'InstitutionName',
]);

/** Shorter words are in half of all names of sequences (`Li`, `Max`) and identify nobody. */
const leastLatin = 3;
const leastHan = 2;

/** Words of a text that are long enough to identify anybody, in lower case. */
export const wordsOf = (text: string): string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => (/^[\p{Script=Latin}\p{N}]+$/u.test(word) ? word.length >= leastLatin : word.length >= leastHan));

/** Lower-case words of the identity attributes, nested ones too. */
export const identityWords = (elements: readonly TreeElement[]): ReadonlySet<string> => {
  const words = new Set<string>();
  const collect = (dataset: readonly TreeElement[], outer?: DecodeText): void => {
    const decode = decoderOf(dataset, outer);
    for (const { keyword, value, vr, items } of dataset) {
      if (identifying.has(keyword)) for (const word of wordsOf(decode(value, vr))) words.add(word);
      for (const item of items ?? []) collect(item, decode);
    }
  };
  collect(elements);
  return words;
};

/** Whether a text that would stay holds one of the words, or a word that begins or ends with a long one of them. */
export const holdsIdentity = (text: string, words: ReadonlySet<string>): boolean => {
  if (words.size === 0) return false;
  const lower = text.normalize('NFKC').toLowerCase();
  if (wordsOf(lower).some((word) => words.has(word))) return true;
  const long = [...words].filter((word) => word.length >= 5 || !/^[\p{Script=Latin}\p{N}]+$/u.test(word));
  return long.some((word) => lower.includes(word));
};
