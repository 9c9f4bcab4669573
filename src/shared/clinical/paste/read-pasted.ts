/** Laboratory results from the clipboard, whatever they were copied from. Shown for confirmation; nothing is taken here. */
import type { FactorValues } from '../factor-values.ts';
import { isHl7 } from './hl7-segments.ts';
import type { LaboratoryRow } from './laboratory-row.ts';
import { readHl7 } from './read-hl7.ts';
import { readTable } from './read-table.ts';

export const readPasted = (text: string): readonly LaboratoryRow[] => (isHl7(text) ? readHl7(text) : readTable(text));

/**
 * The lines that a person would most likely take: of several results for one factor the latest, by its date; where dates
 * do not tell, none, so that it is asked.
 */
export const suggestedLines = (rows: readonly LaboratoryRow[]): ReadonlySet<number> => {
  const usable = rows.filter(({ entry }) => entry !== undefined);
  const latest = usable.filter((row) => {
    const rivals = usable.filter((other) => other !== row && other.factor === row.factor);
    return rivals.every((other) => (row.entry?.date ?? '') > (other.entry?.date ?? ''));
  });
  return new Set(latest.map(({ line }) => line));
};

/** The case's values with those of the chosen lines in their place; of two for one factor the later line. */
export const withRows = (
  values: FactorValues,
  rows: readonly LaboratoryRow[],
  chosen: ReadonlySet<number>,
): FactorValues => {
  const taken = rows.flatMap(({ line, factor, entry }) =>
    chosen.has(line) && factor && entry ? [[factor, entry] as const] : [],
  );
  return { ...values, ...Object.fromEntries(taken) };
};
