/** What staging rests on, where some of it is not known: every answer that remains possible, none assumed. */
import { canonicalNumber } from '../canonical.ts';
import type { FactorId, FactorValues } from '../factor-values.ts';
import { childPugh } from './child-pugh.ts';

/** Points of the missing inputs lie between 1 and 3, so class C can often be settled without them. */
export const possiblyClassC = (values: FactorValues): readonly boolean[] => {
  const { points = {}, inputsMissing } = childPugh(values);
  const known = Object.values(points).reduce((sum, one) => sum + one, 0);
  const classC = 10;
  if (known + inputsMissing.length >= classC) return [true];
  return known + 3 * inputsMissing.length < classC ? [false] : [false, true];
};

const yesOrNo = (codes: readonly (number | undefined)[]): readonly boolean[] => {
  if (codes.some((code) => code !== undefined && code > 0)) return [true];
  return codes.includes(undefined) ? [false, true] : [false];
};

/** Tumour in the portal vein by either of its classes: Vp, or Cheng type, which alone knows the superior mesenteric vein. */
export const portalInvasion = (values: FactorValues): number | undefined => {
  const [vp, cheng] = [canonicalNumber(values, 'pvtt'), canonicalNumber(values, 'cheng')];
  return vp === undefined && cheng === undefined ? undefined : Math.max(vp ?? 0, cheng ?? 0);
};

export const possibleInvasion = (values: FactorValues): readonly boolean[] =>
  yesOrNo([portalInvasion(values), canonicalNumber(values, 'hepaticVeinInvasion')]);

export const possibleSpread = (values: FactorValues): readonly boolean[] =>
  yesOrNo([canonicalNumber(values, 'extrahepaticSpread')]);

/** What stage of a tumour confined to the liver is asked for; any of them may be missing. */
export const tumourInputs = [
  'pvtt',
  'hepaticVeinInvasion',
  'extrahepaticSpread',
  'tumourNumber',
  'largestDiameter',
] as const satisfies readonly FactorId[];

/** Those of `tumourInputs` without a value; a Cheng type stands for Vp. */
export const tumourInputsMissing = (values: FactorValues): readonly FactorId[] =>
  tumourInputs.filter(
    (id) =>
      canonicalNumber(values, id) === undefined && !(id === 'pvtt' && canonicalNumber(values, 'cheng') !== undefined),
  );

/**
 * Every burden that remains possible.
 * @param burden the class of a number of tumours of which the largest has a diameter in mm
 * @param diametersMm one diameter for each class, standing for an unknown one
 */
export const possibleBurdens = <Burden>(
  values: FactorValues,
  burden: (number: number, diameterMm: number) => Burden,
  diametersMm: readonly number[],
): readonly Burden[] => {
  const number = canonicalNumber(values, 'tumourNumber');
  const diameter = canonicalNumber(values, 'largestDiameter');
  const numbers = number === undefined ? [1, 2, 4] : [number];
  const diameters = diameter === undefined ? diametersMm : [diameter];
  return [...new Set(numbers.flatMap((n) => diameters.map((mm) => burden(n, mm))))];
};
