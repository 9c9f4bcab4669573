/** A patient's sex as hospitals write it. */
import type { PatientSex } from '../patient-sex.ts';
import { plainName } from './recognised-names.ts';

const written: Readonly<Record<PatientSex, readonly string[]>> = {
  M: ['m', 'male', '男', '男性'],
  F: ['f', 'female', '女', '女性'],
};

/** Undefined where the text says neither. */
export const sexOf = (text: string): PatientSex | undefined => {
  const name = plainName(text);
  return (['M', 'F'] as const).find((sex) => written[sex].includes(name));
};
