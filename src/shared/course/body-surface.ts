/** Body surface area, m². It says what a dose per m² was; no dose is computed from it. */
import type { bsaFormulas } from './treatment.ts';

export type BsaFormula = (typeof bsaFormulas)[number];

/** Mosteller RD. N Engl J Med 1987;317:1098. Du Bois D, Du Bois EF. Arch Intern Med 1916;17:863. */
const formulas: Record<BsaFormula, (heightCm: number, weightKg: number) => number> = {
  mosteller: (heightCm, weightKg) => Math.sqrt((heightCm * weightKg) / 3_600),
  'du-bois': (heightCm, weightKg) => 0.007_184 * heightCm ** 0.725 * weightKg ** 0.425,
};

export const bodySurface = (formula: BsaFormula, heightCm: number, weightKg: number): number =>
  formulas[formula](heightCm, weightKg);
