/** Rows as a file for a program of ours or anybody's. Pure. */
import Papa from 'papaparse';
import { FORMULA } from './formula.ts';

export type Rows = readonly (readonly string[])[];

export const csvOf = (rows: Rows): string =>
  `${Papa.unparse(
    rows.map((row) => [...row]),
    { newline: '\n' },
  )}\n`;

/** Rows as a file for a spreadsheet, which runs none of their text. The last line is not ended. */
export const spreadsheetCsv = (rows: readonly (readonly (string | number | boolean | null | undefined)[])[]): string =>
  Papa.unparse(
    rows.map((row) => [...row]),
    { escapeFormulae: FORMULA, newline: '\r\n' },
  );
