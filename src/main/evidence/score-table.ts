/** A table of patients as columns of numbers. A line without every value is left out and told; a wrong column refuses all. */
import Papa from 'papaparse';
import { AppError } from '#shared/errors.ts';
import type { NamedScore } from '#shared/statistics/validation.ts';

export interface ScoreColumns {
  readonly outcome: string;
  readonly score: string;
  readonly compare: readonly string[];
  readonly survival?: { readonly time: string; readonly event: string } | undefined;
}

export interface ScoreTable {
  readonly outcomes: readonly number[];
  readonly score: NamedScore;
  readonly compare: readonly NamedScore[];
  readonly survival?: { readonly times: readonly number[]; readonly events: readonly number[] } | undefined;
  readonly excluded: readonly { readonly line: number; readonly reason: string }[];
}

const refuse = (message: string): never => {
  throw new AppError('table-unreadable', message);
};

const columnIndex = (header: readonly string[], name: string): number => {
  const found = header.flatMap((cell, index) => (cell.trim() === name.trim() ? [index] : []));
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

export const readScores = (text: string, columns: ScoreColumns): ScoreTable => {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimitersToGuess: [',', ';', '\t'] });
  const [header = [], ...lines] = data;
  const names = [
    columns.outcome,
    columns.score,
    ...columns.compare,
    ...(columns.survival ? [columns.survival.time, columns.survival.event] : []),
  ];
  const places = names.map((name) => ({ name, index: columnIndex(header, name) }));
  const rows: number[][] = [];
  const excluded: { line: number; reason: string }[] = [];
  for (const [at, cells] of lines.entries()) {
    const line = at + 2;
    if (cells.every((cell) => cell.trim() === '')) continue;
    const missing = places.filter(({ index }) => isMissing(cells[index]?.trim() ?? ''));
    if (missing.length > 0) {
      excluded.push({ line, reason: `no value of ${missing.map(({ name }) => name).join(', ')}` });
    } else {
      rows.push(places.map(({ name, index }) => numberIn(cells[index]?.trim() ?? '', name, line)));
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
