import { expect, test } from 'vitest';
import { parseTable, readScores } from '#shared/statistics/score-table.ts';

const read = (text: string) => readScores(parseTable(text), { outcome: 'y', score: 'p', compare: [] });

test('lines are counted as an editor counts them, over breaks within quotes and empty lines', () => {
  const { outcomes, score, excluded } = read('y,p,remark\n1,0.8,"two\nlines"\n\n0,NA,\n0, 0.2,\n');
  expect(outcomes).toStrictEqual([1, 0]);
  expect(score.values).toStrictEqual([0.8, 0.2]);
  expect(excluded).toStrictEqual([{ line: 5, missing: ['p'] }]);
});

test('a line with more cells than the header is refused: a decimal comma has moved what stands behind it', () => {
  expect(() => read('p,y,age\n0,8,1,60\n')).toThrow('Line 2 has 4 cells for 3 columns.');
});
