/** A table of patients on its way from the window that read the file to the application that keeps its lines. */
import { z } from 'zod';
import type { TableLines } from '../table-lines.ts';
import { MOST_COLUMNS, MOST_ROWS } from '../tables/limits.ts';

const MOST_LETTERS = 32_767;

const cells = z.array(z.string().max(MOST_LETTERS)).max(MOST_COLUMNS);

export const patientTableSchema: z.ZodType<TableLines> = z.object({
  header: cells,
  lines: z.array(z.object({ line: z.int().positive(), cells })).max(MOST_ROWS),
});
