/** The sum of target diameters at one visit, with what is missing from it and what is a convention. */
import { tenths } from './thresholds.ts';
import type { Criterion, Diameters, LesionIdentity, Measure, MeasuredVisit } from './timeline.ts';

/** A lesion that is seen but cannot be measured counts as 5 mm (RECIST 1.1). */
const TOO_SMALL_MM = 5;

export interface VisitSum {
  /** Tenths of a millimetre over the lesions that were assessed. */
  readonly sum: number;
  /** Tenths of a millimetre of each lesion that was assessed; a merged one counts in the other. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly notAssessed: readonly string[];
  readonly tooSmall: readonly string[];
  /** Measured as a whole, but not the part that this criterion counts. */
  readonly viableMissing: readonly string[];
}

/** A node is measured whole on either criterion. */
const diameter = ({ mm, viableMm }: Diameters, criterion: Criterion, node: boolean): number | undefined => {
  if (criterion === 'mrecist' && !node) return viableMm;
  return mm ?? (node ? viableMm : undefined);
};

const sizeOf = (measure: Measure | undefined, criterion: Criterion, node: boolean): number | undefined => {
  switch (measure?.state) {
    case 'measured': {
      const mm = diameter(measure, criterion, node);
      return mm === undefined ? undefined : tenths(mm);
    }
    case 'split': {
      const parts = measure.parts.map((part) => diameter(part, criterion, node));
      return parts.every((part) => part !== undefined) ? tenths(parts.reduce((sum, part) => sum + part, 0)) : undefined;
    }
    case 'merged':
    case 'gone':
      return 0;
    case 'too-small':
      return tenths(TOO_SMALL_MM);
    default:
      return undefined;
  }
};

export const visitSum = (
  { measures }: MeasuredVisit,
  targets: readonly LesionIdentity[],
  criterion: Criterion,
): VisitSum => {
  const sizes = new Map<string, number>();
  const without: LesionIdentity[] = [];
  for (const target of targets) {
    const size = sizeOf(measures[target.id], criterion, target.node);
    if (size === undefined) without.push(target);
    else sizes.set(target.id, size);
  }
  const stateOf = (id: string) => measures[id]?.state;
  const ids = (lesions: readonly LesionIdentity[]) => lesions.map(({ id }) => id);
  return {
    sum: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    sizes,
    notAssessed: ids(without),
    tooSmall: ids(targets.filter(({ id }) => stateOf(id) === 'too-small')),
    viableMissing: ids(without.filter(({ id }) => stateOf(id) === 'measured' || stateOf(id) === 'split')),
  };
};
