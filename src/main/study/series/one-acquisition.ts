/** Whether two stacks may come from one acquisition, and so share its time rightly. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { diffusionBValue } from './diffusion.ts';
import { number, numbers } from './fact-values.ts';
import { imageKind, imageTypeValues, isDerivedKind } from './image-kind.ts';
import { scanningSequence } from './scanning-sequence.ts';
import { type Tolerance, tolerances, within } from './value-clusters.ts';

/** An archive may mark a whole study as secondary: only beside an original is the other one computed. */
const isComputedBeside = (a: SeriesFacts, b: SeriesFacts): boolean =>
  isDerivedKind(imageKind(a)) || (imageTypeValues(a)[1] === 'SECONDARY' && imageTypeValues(b)[1] !== 'SECONDARY');

const sameValue = (a: SeriesFacts, b: SeriesFacts, keyword: string, tolerance: Tolerance): boolean => {
  const [first, second] = [number(a, keyword), number(b, keyword)];
  return first === undefined || second === undefined || within(first, second, tolerance);
};

/** Sequences that differ in these cannot run at once. */
const areDifferentScans = (a: SeriesFacts, b: SeriesFacts): boolean => {
  const [first, second] = [scanningSequence(a).join(), scanningSequence(b).join()];
  return (
    (first !== '' && second !== '' && first !== second) || !sameValue(a, b, 'RepetitionTime', tolerances.repetitionTime)
  );
};

/**
 * True where one acquisition may have given both stacks: echoes, Dixon parts, b-values and flip angles of one scan, its
 * planes, images computed from it, or the same data reconstructed in another way.
 */
export const mayBeOneAcquisition = (a: SeriesFacts, b: SeriesFacts): boolean =>
  isComputedBeside(a, b) ||
  isComputedBeside(b, a) ||
  (!areDifferentScans(a, b) &&
    (imageTypeValues(a).join() !== imageTypeValues(b).join() ||
      !sameValue(a, b, 'EchoTime', tolerances.echoTime) ||
      !sameValue(a, b, 'FlipAngle', tolerances.flipAngle) ||
      diffusionBValue(a) !== diffusionBValue(b) ||
      differ(numbers(a, 'ImageOrientationPatient'), numbers(b, 'ImageOrientationPatient'))));

const differ = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
  a !== undefined && b !== undefined && a.some((value, index) => Math.abs(value - (b[index] ?? value)) > 0.1);
