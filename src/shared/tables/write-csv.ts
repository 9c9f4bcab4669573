/** Rows as a file for a program of ours or anybody's. Pure. */
import Papa from 'papaparse';

export type Rows = readonly (readonly string[])[];

export const csvOf = (rows: Rows): string =>
  `${Papa.unparse(
    rows.map((row) => [...row]),
    { newline: '\n' },
  )}\n`;
