import { expect, test } from 'vitest';
import { notRun } from '#shared/tables/formula.ts';
import { chartCsv } from '../../../../src/renderer/charts/chart-csv.ts';

test.each([
  '=1+1',
  '=1+1\nand a second line',
  '\n=1+1',
  '\r\n=1+1',
  '\t=1+1',
  '+1 (555)',
  '-3 0 -5',
  '@SUM(1)',
  '＝1+1',
  '＠SUM(1)',
])('%j is no formula any more', (text) => {
  expect(notRun(text)).toBe(`'${text}`);
});

test.each(['', 'PR', 'a = b', '-30', '-30.5', '-1e-7', '12', '−30'])('%j stays as it is', (text) => {
  expect(notRun(text)).toBe(text);
});

test('the numbers of a chart run nothing in a spreadsheet, and stay numbers', () => {
  expect(chartCsv(['reader', 'change'], [['=1+1\nx', '-30.5']])).toBe(`reader,change\r\n"'=1+1\nx",-30.5`);
});
