/** A table of patients as columns of numbers. A line without every value is left out and told; a wrong column refuses all. */
import { AppError } from '../errors.ts';
import { assertFits, type TableLines, tableLines } from '../table-lines.ts';
import type { NamedScore } from './validation.ts';

export interface ScoreColumns {
  readonly outcome: string;
  readonly score: string;
  readonly compare: readonly string[];
  readonly survival?: { readonly time: string; readonly event: string } | undefined;
}

export type Table = TableLines;

export const parseTable: (text: string) => Table = tableLines;

export interface ScoreTable {
  readonly outcomes: readonly number[];
  readonly score: NamedScore;
  readonly compare: readonly NamedScore[];
  readonly survival?: { readonly times: readonly number[]; readonly events: readonly number[] } | undefined;
  /** Lines without a value that was asked for, and of which columns. */
  readonly excluded: readonly { readonly line: number; readonly missing: readonly string[] }[];
}

const refuse = (problem: string): never => {
  throw new AppError('table-unreadable', problem, { params: { problem } });
};

const columnIndex = (header: readonly string[], name: string): number => {
  const found = header.flatMap((cell, index) => (cell === name.trim() ? [index] : []));
  const [index] = found;
  if (index === undefined) return refuse(`There is no column "${name}". The table has: ${header.join(', ')}.`);
  if (found.length > 1) return refuse(`The column "${name}" is there ${found.length} times; rename one of them.`);
  return index;
};

/** Empty cells, and what R writes for a missing value. */
const isMissing = (cell: string): boolean => ['', 'NA', 'NaN'].includes(cell);

const numberIn = (cell: string, name: string, line: number): number => {
  const value = Number(cell);
  return Number.isFinite(value) ? value : refuse(`Line ${line}, column "${name}": "${cell}" is no number.`);
};

/** Throws `table-unreadable` where a column is not there or a cell is no number, `cohort-cell` where a line has too many cells. */
export const readScores = ({ header, lines }: Table, columns: ScoreColumns): ScoreTable => {
  const names = [
    columns.outcome,
    columns.score,
    ...columns.compare,
    ...(columns.survival ? [columns.survival.time, columns.survival.event] : []),
  ];
  const places = names.map((name) => ({ name, index: columnIndex(header, name) }));
  const rows: number[][] = [];
  const excluded: { line: number; missing: string[] }[] = [];
  for (const one of lines) {
    assertFits(one, header);
    const { line, cells } = one;
    const missing = places.filter(({ index }) => isMissing(cells[index] ?? ''));
    if (missing.length > 0) {
      excluded.push({ line, missing: missing.map(({ name }) => name) });
    } else {
      rows.push(places.map(({ name, index }) => numberIn(cells[index] ?? '', name, line)));
    }
  }
  const column = (index: number) => rows.map((row) => row[index] ?? Number.NaN);
  const afterScores = 2 + columns.compare.length;
  return {
    outcomes: column(0),
    score: { name: columns.score, values: column(1) },
    compare: columns.compare.map((name, index) => ({ name, values: column(2 + index) })),
    survival: columns.survival && { times: column(afterScores), events: column(afterScores + 1) },
    excluded,
  };
};
