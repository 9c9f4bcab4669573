/** The numbers of a chart as CSV. Pure. */
import Papa from 'papaparse';
import { FORMULA } from '#shared/tables/formula.ts';

export type ChartRows = readonly (readonly (string | number)[])[];

/** Names of its lines are typed by people. */
export const chartCsv = (header: readonly string[], rows: ChartRows): string =>
  Papa.unparse({ fields: [...header], data: rows.map((row) => [...row]) }, { escapeFormulae: FORMULA });
