/** How large a table of patients may be, whatever it is written in. */
import { AppError } from '../errors.ts';

/** A line is a patient. */
export const MOST_ROWS = 10_000;
export const MOST_COLUMNS = 500;
export const MOST_TABLE_BYTES = 20 * 1024 ** 2;

export const tableTooLarge = (): AppError => {
  const megabytes = MOST_TABLE_BYTES / 1024 ** 2;
  return new AppError(
    'table-too-large',
    `A table of patients has at most ${MOST_ROWS} lines and ${megabytes} MB. Split it into several.`,
    { params: { rows: MOST_ROWS, megabytes } },
  );
};
