/** Results copied from a spreadsheet, a CSV file or a report: one a line, in whatever columns. */
import Papa from 'papaparse';
import { isCalendarDate, normaliseDate } from '../calendar-date.ts';
import { readQuantity } from '../read-quantity.ts';
import { isUnit } from '../units.ts';
import { type LaboratoryRow, laboratoryRow } from './laboratory-row.ts';
import { factorOfLoinc, factorOfName } from './recognised-names.ts';

const isDate = (cell: string): boolean => isCalendarDate(normaliseDate(cell));
const isLoinc = (cell: string): boolean => /^\d{1,7}-\d$/.test(cell);
const isFlag = (cell: string): boolean => /^(?:[↑↓*]+|HH?|LL?|N|A|高|低|偏高|偏低|正常)$/.test(cell);
const isReference = (cell: string): boolean => /^[\d.]+\s*(?:-{1,2}|–|~|～|至)\s*[\d.]+/.test(cell);
const isWord = (cell: string): boolean =>
  /^(?:[+\-−]|\(?[+-]\)?|阳性|阴性|pos(?:itive)?|neg(?:ative)?|(?:non-?)?reactive)/i.test(cell);

const isValue = (cell: string): boolean => {
  if (cell === '' || isDate(cell) || isLoinc(cell) || isReference(cell)) return false;
  const read = readQuantity(cell, isUnit);
  return read !== undefined ? read.unit === undefined || isUnit(read.unit) : isWord(cell);
};

/** A line in one cell, as a report prints it: `总胆红素 20.5 µmol/L`, `ALT: 38 U/L`. */
const splitLine = (text: string): string[] => {
  const match =
    /^(.*?[^\s:：=])[\s:：=]+((?:[<>≤≥＜＞]|小于|大于)?\s*[\d０-９.].*|阳性.*|阴性.*|positive|negative)$/i.exec(text);
  return match?.[1] && match[2] ? [match[1], match[2]] : [text];
};

/** @param shared the one date that stands over the whole table, where there is one */
const readRow = (line: number, cells: readonly string[], shared: string | undefined): LaboratoryRow[] => {
  const at = cells.findIndex((cell) => (factorOfName(cell) ?? factorOfLoinc(cell)) !== undefined);
  const named = at < 0 ? cells.findIndex((cell) => /\p{L}/u.test(cell)) : at;
  const behind = cells.slice(named + 1);
  const value = behind.findIndex(isValue);
  const [name, figure] = [cells[named], behind[value]];
  if (name === undefined || figure === undefined) return [];
  const rest = behind.slice(value + 1);
  // A unit that cannot be read is kept beside its figure, to be refused with its name.
  const unit = rest.find(isUnit) ?? rest.find((cell) => /\p{L}.*\/|%/u.test(cell) && !isDate(cell));
  return [
    laboratoryRow({
      line,
      name,
      factor: factorOfName(name) ?? factorOfLoinc(name),
      value: figure,
      unit: readQuantity(figure, isUnit)?.unit === undefined ? unit : undefined,
      flag: rest.find(isFlag),
      date: cells.find(isDate) ?? shared,
    }),
  ];
};

/** A date alone on its line, or behind a word for it, holds for the results below it. */
const sharedDate = (cells: readonly string[]): string | undefined => {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length <= 2 ? filled.find(isDate) : undefined;
};

export const readTable = (text: string): readonly LaboratoryRow[] => {
  const parsed = Papa.parse<string[]>(text.trim(), { delimitersToGuess: ['\t', ';', '|', ','], skipEmptyLines: false });
  // Without a tab, a comma may belong to a figure: a table is one only where it has as many cells in most lines.
  const isTable =
    parsed.meta.delimiter === '\t' || parsed.data.filter((row) => row.length > 1).length * 2 > parsed.data.length;
  const rows = isTable
    ? parsed.data
    : text
        .trim()
        .split(/\r?\n/)
        .map((one) => [one]);
  let shared: string | undefined;
  return rows.flatMap((raw, index) => {
    const trimmed = raw.map((cell) => cell.trim());
    const filled = trimmed.filter((cell) => cell !== '');
    const [alone] = filled;
    const cells = filled.length === 1 && alone !== undefined ? splitLine(alone) : trimmed;
    const date = sharedDate(cells);
    if (date !== undefined && !cells.some((cell) => factorOfName(cell) !== undefined)) {
      shared = date;
      return [];
    }
    return readRow(index + 1, cells, shared);
  });
};
