import { describe, expect, test } from 'vitest';
import {
  isCoordinates,
  lesionFromCoordinates,
  lesionsFromJson,
} from '../../../../../src/main/hosts/cli/lesion-option.ts';

describe('--lesion', () => {
  test('as four numbers is a measurement of that length around that centre', () => {
    expect(lesionFromCoordinates('-12.5,30,1e2,40', '1.2')).toStrictEqual({
      id: 'lesion-1',
      label: 'T1',
      kind: 'target',
      seriesId: '1.2',
      longAxis: [
        [-32.5, 30, 100],
        [7.5, 30, 100],
      ],
    });
  });

  test.each(['1,2,3', '1,2,3,4,5', '1,2,3,0', '1,2,3,-4', '1.2.3,2,3,4'])('%s is refused and says how', (text) => {
    expect(() => lesionFromCoordinates(text, '1.2')).toThrow(/is not a lesion.*Give --lesion X,Y,Z,DIAMETER/);
  });

  test.each([
    ['1,2,3,4', true],
    [' -1.5 , 2 ,3,4', true],
    ['lesions.json', false],
    ['./1,2,3,4.json', false],
    ['', false],
  ])('%j holds coordinates: %s', (text, expected) => {
    expect(isCoordinates(text)).toBe(expected);
  });

  const measured = {
    id: 'a',
    label: 'T1',
    kind: 'target',
    seriesId: '1.3',
    longAxis: [
      [0, 0, 0],
      [10, 0, 0],
    ],
  };

  test.each([
    ['one', measured],
    ['a list', [measured]],
    ['a map', { lesions: [measured] }],
  ])('from a file with %s keeps what was measured', (_what, json) => {
    expect(lesionsFromJson(json, '1.2')).toStrictEqual([measured]);
  });

  test('from a file with centres and diameters numbers them', () => {
    const lesions = lesionsFromJson(
      [
        { center: [0, 0, 0], diameterMm: 20 },
        { center: [5, 5, 5], diameterMm: 10 },
      ],
      '1.2',
    );
    expect(lesions.map(({ id, label, longAxis }) => [id, label, longAxis])).toStrictEqual([
      [
        'lesion-1',
        'T1',
        [
          [-10, 0, 0],
          [10, 0, 0],
        ],
      ],
      [
        'lesion-2',
        'T2',
        [
          [0, 5, 5],
          [10, 5, 5],
        ],
      ],
    ]);
  });

  test.each([[[]], [{ center: [0, 0], diameterMm: 1 }], [{ center: [0, 0, 0], diameterMm: -1 }], ['text'], [null]])(
    'from a file with %j is refused',
    (json) => {
      expect(() => lesionsFromJson(json, '1.2')).toThrow(expect.objectContaining({ code: 'bad-lesion' }));
    },
  );
});
