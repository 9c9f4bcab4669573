import { expect, test } from 'vitest';
import { readingRows } from '#shared/readers/readings-table.ts';
import type { StudyResults } from '#shared/readers/study-results.ts';

const results: StudyResults = {
  name: '=study',
  criterion: 'mrecist',
  readings: 2,
  threshold: 0.5,
  simulated: true,
  models: ['m 1'],
  simulatedModel: true,
  readers: [
    { key: 'user:1', name: 'Dr A', finished: true, left: false },
    { key: 'user:2', name: 'Dr B', finished: false, left: true },
  ],
  cases: [
    {
      number: 1,
      excluded: null,
      response: 'PR',
      modelExcluded: 'withheld',
      model: null,
      readings: {
        'user:1': { first: { probability: 1 / 3, confidence: 2, comment: '\n=1+1', seconds: 12.5, pauses: 1 } },
        'user:2': { first: { probability: 0.5, confidence: 3, comment: '', seconds: 1, pauses: 0 } },
      },
    },
  ],
};

test('every reading is a row, unrounded, with what it is of and whether it is counted', () => {
  const [header, ...rows] = readingRows(results);
  expect(rows.map((row) => row.length)).toStrictEqual([header?.length, header?.length]);
  expect(rows[0]?.join('|')).toBe(
    "'=study|1|mrecist|PR|||withheld|yes|Dr A|yes|first|0.3333333333333333|2|12.5|1|'\n=1+1",
  );
  expect(rows[1]).toContain('broken off');
});
