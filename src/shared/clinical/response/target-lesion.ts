/** What RECIST 1.1 (Eisenhauer 2009) asks of a target lesion in the liver, as far as a baseline measurement can tell. */
import type { FactorValues } from '../factor-values.ts';

/** At most two target lesions in one organ; later ones are followed as non-target. */
export const TARGETS_IN_LIVER = 2;

/** mm; 10 mm on slices up to 5 mm, twice the slice thickness on thicker ones. A thickness that is not known counts as thin. */
export const smallestTargetMm = (sliceThicknessMm: number | undefined): number =>
  sliceThicknessMm !== undefined && sliceThicknessMm > 5 ? 2 * sliceThicknessMm : 10;

const local = ['tace', 'ablation', 'radiotherapy', 'several'];

/** A lesion in a treated area is usually not measurable unless it has progressed since; `several` may hold such a treatment. */
export const treatedLocally = ({ priorTreatment }: FactorValues): boolean =>
  local.includes(String(priorTreatment?.value));
