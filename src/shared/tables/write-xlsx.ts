/** Rows as a spreadsheet. */
import { writeXlsx } from 'hucre/xlsx';
import type { Rows } from './write-csv.ts';

const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/;

/** Numbers as numbers, all else as text: a program that reads it runs nothing and turns nothing into a date. */
export const xlsxOf = async (rows: Rows, sheet: string): Promise<Uint8Array> =>
  await writeXlsx({
    sheets: [{ name: sheet, rows: rows.map((row) => row.map((cell) => (NUMBER.test(cell) ? Number(cell) : cell))) }],
  });
