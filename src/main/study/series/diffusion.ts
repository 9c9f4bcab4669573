/** The b-value of a diffusion image, from the standard attribute or the private one of its vendor. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { number } from './fact-values.ts';

/** GE adds 10⁹ to the b-value in (0043,1039) when diffusion was prescribed by several b-values. */
const geOffset = 1e9;

const vendorKeywords = ['SiemensDiffusionBValue', 'PhilipsDiffusionBValue', 'UIHDiffusionBValue'];

/** b-value in s/mm²; `undefined` where the header names none. Negative values are placeholders, not measurements. */
export const diffusionBValue = (facts: SeriesFacts): number | undefined => {
  const candidates = ['DiffusionBValue', ...vendorKeywords].map((keyword) => number(facts, keyword));
  const ge = number(facts, 'GEDiffusionBValue');
  candidates.push(ge !== undefined && ge >= geOffset ? ge - geOffset : ge);
  return candidates.find((value) => value !== undefined && value >= 0);
};
