/** The table that a person opened on the page of evidence, which columns mean what, and every figure of it. */
import { computed, shallowRef } from 'vue';
import { AppError } from '#shared/errors.ts';
import { parseTable, readScores, type ScoreTable, type Table } from '#shared/statistics/score-table.ts';
import { type Validation, validate } from '#shared/statistics/validation.ts';

export interface Columns {
  outcome: string;
  score: string;
  compare: readonly string[];
  time: string;
  event: string;
}

const empty: Columns = { outcome: '', score: '', compare: [], time: '', event: '' };

/** A column that is called as one expects, else none: a wrong guess would look like a result. */
const named = (header: readonly string[], names: readonly string[]): string =>
  header.find((cell) => names.includes(cell.toLowerCase())) ?? '';

const guess = (header: readonly string[]): Columns => ({
  outcome: named(header, ['outcome', 'y', 'response', 'responder']),
  score: named(header, ['probability', 'score', 'p', 'prediction']),
  compare: [],
  time: named(header, ['time', 'months', 'days']),
  event: named(header, ['event', 'status']),
});

export const useTable = () => {
  const name = shallowRef('');
  const table = shallowRef<Table>();
  const columns = shallowRef<Columns>(empty);
  const threshold = shallowRef(0.5);

  const open = async (file: File): Promise<void> => {
    const parsed = parseTable(await file.text());
    name.value = file.name;
    table.value = parsed;
    columns.value = guess(parsed.header);
    threshold.value = 0.5;
  };

  const close = (): void => {
    table.value = undefined;
  };

  const read = computed<ScoreTable | AppError | undefined>(() => {
    const { outcome, score, compare, time, event } = columns.value;
    if (!table.value || outcome === '' || score === '') return undefined;
    const survival = time !== '' && event !== '' ? { time, event } : undefined;
    try {
      return readScores(table.value, { outcome, score, compare, survival });
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  });
  const scores = computed(() => (read.value instanceof AppError ? undefined : read.value));
  const problem = computed(() => (read.value instanceof AppError ? read.value : undefined));
  const validation = computed<Validation | undefined>(
    () => scores.value && validate({ ...scores.value, threshold: threshold.value }),
  );

  return { name, table, columns, threshold, open, close, scores, problem, validation };
};
