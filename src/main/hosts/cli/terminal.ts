import { printable } from '../printable.ts';

/** Where a command writes: its result to stdout, everything for the person's eye to stderr. */
export interface Terminal {
  result(text: string): void;
  note(line: string): void;
  /** One line that is written over while work goes on; nothing where nobody watches. */
  progress(text: string): void;
}

const CLEAR_LINE = '\r\u001b[2K';

export const processTerminal = (): Terminal => {
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write(CLEAR_LINE);
    shown = false;
  };
  return {
    result: (text) => {
      clear();
      process.stdout.write(`${printable(text)}\n`);
    },
    note: (line) => {
      clear();
      process.stderr.write(`${printable(line)}\n`);
    },
    progress: (text) => {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`${CLEAR_LINE}${printable(text)}`);
      shown = true;
    },
  };
};

/** Columns as wide as their widest cell, two spaces between them. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [header, ...rows].map((row) => row.map(printable));
  const widths = header.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? '')].length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
