/** Timelines written as short as a worked case in the literature: one row of diameters for each visit. */
import { type AssessedTimeline, assessTimeline } from '#shared/clinical/response/assess-timeline.ts';
import { readTimeline } from '#shared/clinical/response/timeline-file.ts';

export type Cell = number | 'gone' | 'too-small' | 'not-assessed' | { parts: number[] } | { into: string };

interface LesionRow {
  id: string;
  organ?: string;
  node?: boolean;
  role?: 'target' | 'non-target';
}

export interface Written {
  criterion?: 'recist-1.1' | 'mrecist';
  options?: Record<string, unknown>;
  lesions?: LesionRow[];
  /** Diameters of L1, L2, … at each visit, four weeks apart. */
  rows: Cell[][];
  /** What else a visit holds, by its index. */
  also?: Record<number, Record<string, unknown>>;
}

export const START = '2026-01-01';

export const dayAfter = (days: number): string =>
  new Date(Date.parse(START) + days * 86_400_000).toISOString().slice(0, 10);

const measure = (cell: Cell, key: 'mm' | 'viableMm'): unknown => {
  if (typeof cell === 'number') return { [key]: cell };
  if (typeof cell === 'string') return { state: cell };
  return 'into' in cell ? { state: 'merged', into: cell.into } : { parts: cell.parts.map((part) => ({ [key]: part })) };
};

export const written = ({ criterion = 'recist-1.1', options = {}, lesions, rows, also = {} }: Written): unknown => {
  const widest = Math.max(0, ...rows.map((row) => row.length));
  const known: LesionRow[] =
    lesions ?? Array.from({ length: widest }, (_none, index) => ({ id: `L${index + 1}`, role: 'target' as const }));
  const keyOf = (index: number) => (criterion === 'mrecist' && !known[index]?.node ? 'viableMm' : 'mm');
  return {
    start: START,
    criterion,
    options,
    lesions: known.map((lesion) => ({ organ: 'liver', node: false, ...lesion })),
    visits: rows.map((row, index) => ({
      date: dayAfter(28 * index),
      measures: Object.fromEntries(row.map((cell, at) => [known[at]?.id, measure(cell, keyOf(at))])),
      ...also[index],
    })),
  };
};

export const assess = (timeline: Written): AssessedTimeline => assessTimeline(readTimeline(written(timeline)).timeline);

/** Target responses after the baseline. */
export const targets = (timeline: Written) =>
  assess(timeline)
    .visits.slice(1)
    .map(({ target }) => target);

/** Overall responses after the baseline. */
export const overalls = (timeline: Written) =>
  assess(timeline)
    .visits.slice(1)
    .map(({ overall }) => overall);

export const codes = (timeline: Written, visit: number): string[] =>
  (assess(timeline).visits[visit]?.reasons ?? []).map(({ code }) => code);
