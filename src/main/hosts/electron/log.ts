import { printable } from '../printable.ts';

/** One line on stderr, where there may be no log to write to: what happened, never who the patient is. */
export const logLine = (event: string, detail: string): void => {
  process.stderr.write(`haicast ${event}: ${printable(detail.replace(/\s+/g, ' ')).slice(0, 500)}\n`);
};
