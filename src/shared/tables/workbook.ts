/** One sheet of a spreadsheet (XLSX) as the lines of a table: values as they stand there, never a formula worked out. */
import { type Cell, type CellValue, readXlsx, type Sheet } from 'hucre/xlsx';
import { AppError } from '../errors.ts';
import type { TableLine, TableLines } from '../table-lines.ts';
import { DIGITS_LOST, FORMULA_WITHOUT_VALUE } from './cell-errors.ts';
import { MOST_COLUMNS, MOST_ROWS, MOST_TABLE_BYTES, tableTooLarge } from './limits.ts';
import { type ZipBounds, zipProblem } from './zip-problem.ts';

export interface Workbook {
  /** Names of the sheets that are not hidden, in their order. */
  readonly sheets: readonly string[];
  readonly sheet: string;
  readonly table: TableLines;
}

/** Ten thousand patients with a hundred columns stay far below it. */
const MOST: ZipBounds = { entries: 2_000, bytes: 48 * 1024 ** 2 };

const refuse = (code: string, message: string, params: Record<string, string | number> = {}): AppError =>
  new AppError(code, message, { params });
const unreadable = () =>
  refuse(
    'workbook-unreadable',
    'This spreadsheet is damaged. Open it in a spreadsheet program and save it anew as XLSX.',
  );
const tooLarge = () =>
  refuse(
    'workbook-too-large',
    `This spreadsheet is too large for a table of patients: at most ${MOST_ROWS} lines and ${MOST_COLUMNS} columns are read. Copy what belongs in to a new one.`,
    { rows: MOST_ROWS, columns: MOST_COLUMNS },
  );

const OLE2 = [0xd0, 0xcf, 0x11, 0xe0];

/** A file of Excel 97, or one behind a password: both are such containers. */
export const assertNoOldWorkbook = (bytes: Uint8Array): void => {
  if (!OLE2.every((byte, index) => bytes[index] === byte)) return;
  throw refuse(
    'workbook-old',
    'This spreadsheet is of the old XLS form or has a password. Save it as XLSX without one and choose it again.',
  );
};

const read = async (bytes: Uint8Array, isWanted: (name: string) => boolean): Promise<Sheet[]> => {
  try {
    const { sheets } = await readXlsx(bytes, {
      readStyles: true,
      maxRows: MOST_ROWS + 1,
      sheets: ({ name, hidden, veryHidden }) => !hidden && !veryHidden && isWanted(name),
    });
    return sheets;
  } catch (error) {
    // Its own words speak of parts of the file, and may hold what stands in them.
    throw /exceed|limit|outside|too (many|large)|bounds/i.test(String(error)) ? tooLarge() : unreadable();
  }
};

/** The first day from which a serial number means the same in every program. */
const FIRST_DAY = Date.UTC(1900, 2, 1);
/** What a spreadsheet shows of a number: it keeps fifteen digits, and sums come with noise behind them. */
const DIGITS = 15;

const dateText = (date: Date): string => {
  const iso = Number.isNaN(date.getTime()) ? 'NaN' : date.toISOString();
  return date.getTime() >= FIRST_DAY ? iso.slice(0, 10) : iso;
};

/** Whether a format shows a hundredfold: a sign that is quoted or escaped is only written beside the number. */
const isPercentage = (format: string): boolean => format.replace(/"[^"]*"|\\./g, '').includes('%');

/** `00012` is a number that a format fills up with zeros; as an identifier it is another one without them. */
const numberText = (value: number, format: string | undefined): string => {
  if (Number.isInteger(value) && Math.abs(value) >= 10 ** DIGITS) return DIGITS_LOST;
  // A share is stored and a percentage is seen: who chose the unit of the column saw the percentage.
  if (format !== undefined && isPercentage(format)) return `${numberText(value * 100, undefined)}%`;
  const plain = String(Number(value.toPrecision(DIGITS)));
  return format !== undefined && /^0{2,}$/.test(format) && /^\d+$/.test(plain)
    ? plain.padStart(format.length, '0')
    : plain;
};

const valueText = (value: CellValue, format: string | undefined): string => {
  if (value === null) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'number') return numberText(value, format);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value.replace(/\s+/g, ' ').trim();
};

const cellText = (value: CellValue, cell: Cell | undefined): string => {
  const result = cell?.formula === undefined ? value : (value ?? cell.formulaResult ?? null);
  return result === null && cell?.formula !== undefined
    ? FORMULA_WITHOUT_VALUE
    : valueText(result, cell?.style?.numFmt);
};

/** A cell that was merged downwards says the same of every line that it stands beside. */
const fillMerged = (rows: string[][], { merges = [] }: Sheet, firstRow: number): void => {
  // No cell is part of two: a list of them that repeats itself would be gone through for minutes.
  let cellsLeft = rows.length * MOST_COLUMNS;
  for (const { startRow, endRow, startCol } of merges) {
    if (startRow <= firstRow || startCol >= MOST_COLUMNS) continue;
    const below = rows.slice(startRow + 1, endRow + 1);
    cellsLeft -= below.length;
    if (cellsLeft < 0) throw unreadable();
    for (const row of below) row[startCol] = rows[startRow]?.[startCol] ?? '';
  }
};

/** The first line with two cells or more: a title above the table has one. */
const headerRow = (rows: readonly (readonly string[])[]): number =>
  rows.findIndex((row) => row.filter((cell) => cell !== '').length > 1);

/** Every cell as text. Cells may share one, so that they hold far more together than the file does. */
const textRows = ({ rows, cells }: Sheet): string[][] => {
  let left = MOST_TABLE_BYTES;
  return rows.map((row, rowIndex) =>
    row.map((value, column) => {
      const text = cellText(value, cells?.get(`${rowIndex},${column}`));
      left -= text.length;
      if (left < 0) throw tableTooLarge();
      return text;
    }),
  );
};

const tableOf = (sheet: Sheet): TableLines => {
  if (sheet.rows.length > MOST_ROWS) throw tooLarge();
  const rows = textRows(sheet);
  const first = headerRow(rows);
  if (first < 0) return { header: [], lines: [] };
  fillMerged(rows, sheet, first);
  const body = rows.slice(first + 1);
  const width = 1 + Math.max(...rows.slice(first).map((row) => row.findLastIndex((cell) => cell !== '')));
  if (width > MOST_COLUMNS) throw tooLarge();
  const header = Array.from({ length: width }, (_, column) => rows[first]?.[column] ?? '');
  return {
    header,
    lines: body
      .map((cells, index): TableLine => ({ line: first + index + 2, cells: cells.slice(0, width) }))
      .filter(({ cells }) => cells.some((cell) => cell !== '')),
  };
};

/** One after the other: a sheet may reach to the last column of a spreadsheet, and all of them at once would not fit into memory. */
async function* tablesOf(bytes: Uint8Array, names: readonly string[]): AsyncGenerator<Omit<Workbook, 'sheets'>> {
  for (const sheet of names) {
    const [found] = await read(bytes, (name) => name === sheet);
    if (found) yield { sheet, table: tableOf(found) };
  }
}

/** Names of the sheets that are not hidden; nothing of them is read. */
const sheetNames = async (bytes: Uint8Array): Promise<string[]> => {
  const names: string[] = [];
  await read(bytes, (name) => {
    names.push(name);
    return false;
  });
  return names;
};

/** Each that holds nothing is a reading of the whole file. */
const MOST_SHEETS = 100;

/**
 * The named sheet, else the first that holds anything. A line's number is its row's. Throws `workbook-unreadable`,
 * `workbook-too-large`, `table-too-large` and `workbook-sheet`.
 */
export const readWorkbook = async (bytes: Uint8Array, wanted?: string): Promise<Workbook> => {
  const problem = zipProblem(bytes, MOST);
  if (problem) throw problem === 'damaged' ? unreadable() : tooLarge();
  const names = await sheetNames(bytes);
  const looked = names.filter((name) => wanted === undefined || name === wanted).slice(0, MOST_SHEETS);
  let first: Workbook | undefined;
  for await (const one of tablesOf(bytes, looked)) {
    if (one.table.header.length > 0) return { sheets: names, ...one };
    first ??= { sheets: names, ...one };
  }
  if (first) return first;
  throw refuse('workbook-sheet', `There is no sheet "${wanted ?? ''}". The spreadsheet has: ${names.join(', ')}.`, {
    sheet: wanted ?? '',
    sheets: names.join(', '),
  });
};
