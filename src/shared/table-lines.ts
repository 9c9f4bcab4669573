/** A CSV file (comma, semicolon or tab; UTF-8) as lines that are numbered as an editor numbers them. Pure. */
import Papa from 'papaparse';
import { AppError } from './errors.ts';

export interface TableLine {
  /** Of the file, from 1; a quoted cell may run over several. */
  readonly line: number;
  /** Trimmed. */
  readonly cells: readonly string[];
}

export interface TableLines {
  /** Trimmed; none where the file is empty. */
  readonly header: readonly string[];
  /** Without those that hold nothing. */
  readonly lines: readonly TableLine[];
}

const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

export const tableLines = (text: string): TableLines => {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimitersToGuess: [',', ';', '\t'],
    skipEmptyLines: false,
  });
  let next = 1;
  const [header, ...lines] = data.map((raw): TableLine => {
    const line = next;
    next += 1 + lineBreaks(raw);
    return { line, cells: raw.map((cell) => cell.trim()) };
  });
  return { header: header?.cells ?? [], lines: lines.filter(({ cells }) => cells.some((cell) => cell !== '')) };
};

/**
 * Cells behind the last column shift what stands before them, as a decimal comma does that is not quoted. Throws
 * `cohort-cell`.
 */
export const assertFits = ({ line, cells }: TableLine, header: readonly string[]): void => {
  if (cells.length > header.length) {
    throw new AppError('cohort-cell', `Line ${line} has ${cells.length} cells for ${header.length} columns.`, {
      params: { line },
    });
  }
};
