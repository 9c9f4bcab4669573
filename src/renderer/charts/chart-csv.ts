/** The numbers of a chart as CSV. Pure. */
import { spreadsheetCsv } from '#shared/tables/write-csv.ts';

export type ChartRows = readonly (readonly (string | number)[])[];

/** Names of its lines are typed by people. */
export const chartCsv = (header: readonly string[], rows: ChartRows): string => spreadsheetCsv([header, ...rows]);
