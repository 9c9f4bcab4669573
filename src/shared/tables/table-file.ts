/** A table of patients as a file that a person chose: CSV in whichever encoding, or a sheet of an XLSX. */
import { type TableLines, tableLines } from '../table-lines.ts';
import { decodeTableText } from './decode-text.ts';
import { MOST_ROWS, MOST_TABLE_BYTES, tableTooLarge } from './limits.ts';
import { assertNoOldWorkbook, readWorkbook } from './workbook.ts';

export interface TableFile {
  /** Of a spreadsheet; none of a CSV. */
  readonly sheets: readonly string[];
  readonly sheet: string | undefined;
  readonly table: TableLines;
}

const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * By what the bytes are, whatever the file is called. Throws `table-too-large`, `table-encoding`, `workbook-old`,
 * `workbook-unreadable`, `workbook-too-large`, `workbook-sheet`.
 */
export const readTableFile = async (bytes: Uint8Array, sheet?: string): Promise<TableFile> => {
  if (bytes.length > MOST_TABLE_BYTES) throw tableTooLarge();
  assertNoOldWorkbook(bytes);
  if (isZip(bytes)) return await readWorkbook(bytes, sheet);
  const table = tableLines(decodeTableText(bytes));
  if (table.lines.length > MOST_ROWS) throw tableTooLarge();
  return { sheets: [], sheet: undefined, table };
};
