import type { FactorEntry, FactorId } from '../clinical/factor-values.ts';
import { factorDefinition } from '../clinical/factors.ts';
import type { Prediction } from './prediction.ts';

export type ContributionRow = { contribution: number } & (
  | { kind: 'base' }
  | { kind: 'image' }
  | { kind: 'factor'; factor: string; value: number | null; countedAs: number | undefined; unit: string }
  | { kind: 'others'; count: number }
);

export interface ContributionView {
  rows: ContributionRow[];
  /** Largest magnitude, for the scale of the bars; at least 0.1 so that nothing is blown up. */
  largest: number;
  /** How many factors were gathered into one row. */
  hidden: number;
}

const SMALLEST_SCALE = 0.1;

/**
 * Rows that add up to the logit: the cohort base, the image, then factors by size. With `shown`, the smallest factors
 * are gathered into one row so that the sum still holds.
 */
export const contributionRows = (prediction: Prediction, shown?: number): ContributionView => {
  const factors: ContributionRow[] = prediction.clinicalContributions
    .map(({ factor, value, countedAs, unit, contribution }) => ({
      kind: 'factor' as const,
      factor,
      value,
      countedAs,
      unit,
      contribution,
    }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  // One factor behind the fold would take as much room as the row that hides it.
  const fold = shown !== undefined && factors.length > shown + 1;
  const visible = fold ? factors.slice(0, shown) : factors;
  const rest = fold ? factors.slice(shown) : [];
  const rows: ContributionRow[] = [
    { kind: 'base', contribution: prediction.bias },
    { kind: 'image', contribution: prediction.imageContribution },
    ...visible,
  ];
  if (rest.length > 0) {
    rows.push({
      kind: 'others',
      count: rest.length,
      contribution: rest.reduce((sum, row) => sum + row.contribution, 0),
    });
  }
  return {
    rows,
    largest: Math.max(SMALLEST_SCALE, ...rows.map((row) => Math.abs(row.contribution))),
    hidden: rest.length,
  };
};

/**
 * The option behind the code that the model took. Several options may share a code (any previous treatment is 1): then
 * the one that is entered, where it has this code. Undefined for what is no choice, or cannot be told.
 */
export const optionUsed = (id: FactorId, code: number | null, entered: FactorEntry | undefined): string | undefined => {
  const factor = factorDefinition(id);
  if (factor.kind !== 'choice') return undefined;
  const options = factor.options.filter((option) => option.code === code);
  const [only, ...others] = options;
  if (others.length === 0) return only?.id;
  return options.find((option) => option.id === entered?.value)?.id;
};

/** A number that the model took: whole ones as they are, others to four significant digits. */
export const valueUsed = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(4))).replace('-', '\u2212');
