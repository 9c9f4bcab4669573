import { describe, expect, it } from 'vitest';
import { bestResponse } from '#shared/clinical/response/best-response.ts';
import { defaultOptions, type ResponseCode, type ResponseOptions } from '#shared/clinical/response/timeline.ts';
import { dayAfter, START } from './timelines.ts';

type Row = [ResponseCode, number][];

const best = (row: Row, options: Partial<ResponseOptions> = {}) =>
  bestResponse(
    row.map(([overall, day]) => ({ overall, date: dayAfter(day) })),
    START,
    { ...defaultOptions('recist-1.1'), ...options },
  );

const answers = (row: Row, options: Partial<ResponseOptions> = {}) => {
  const { best: unconfirmed, bestConfirmed } = best(row, options);
  return [unconfirmed.response, bestConfirmed.response];
};

describe('the best response, unconfirmed and confirmed (stable from day 42, confirmed after 28 days)', () => {
  it.each<[Row, ResponseCode, ResponseCode]>([
    [
      [
        ['SD', 42],
        ['PR', 84],
        ['PD', 126],
      ],
      'PR',
      'SD',
    ],
    [
      [
        ['PR', 42],
        ['PR', 84],
      ],
      'PR',
      'PR',
    ],
    [
      [
        ['PR', 42],
        ['PR', 63],
        ['PD', 105],
      ],
      'PR',
      'SD',
    ],
    [
      [
        ['SD', 21],
        ['PD', 42],
      ],
      'PD',
      'PD',
    ],
    [
      [
        ['SD', 21],
        ['NE', 63],
      ],
      'NE',
      'NE',
    ],
    [
      [
        ['CR', 42],
        ['NE', 84],
        ['CR', 126],
      ],
      'CR',
      'CR',
    ],
    [
      [
        ['PR', 42],
        ['SD', 63],
        ['PR', 105],
      ],
      'PR',
      'SD',
    ],
    [
      [
        ['PR', 42],
        ['NE', 84],
      ],
      'PR',
      'SD',
    ],
    [
      [
        ['PR', 30],
        ['NE', 60],
      ],
      'PR',
      'NE',
    ],
    [
      [
        ['PD', 42],
        ['PR', 84],
      ],
      'PD',
      'PD',
    ],
  ])('%j', (row, unconfirmed, confirmed) => {
    expect(answers(row)).toEqual([unconfirmed, confirmed]);
  });

  it('accepts a stable disease between two partial responses where asked', () => {
    expect(
      answers(
        [
          ['PR', 42],
          ['SD', 63],
          ['PR', 105],
        ],
        { acceptSd: true },
      ),
    ).toEqual(['PR', 'PR']);
  });

  it('bridges no more visits without evaluation than asked', () => {
    const row: Row = [
      ['PR', 42],
      ['NE', 63],
      ['NE', 84],
      ['PR', 105],
    ];
    expect(answers(row)).toEqual(['PR', 'SD']);
    expect(answers(row, { maximumNeBetween: 2 })).toEqual(['PR', 'PR']);
  });

  it.each<[Row]>([
    [
      [
        ['CR', 42],
        ['PR', 84],
      ],
    ],
    [
      [
        ['PR', 42],
        ['CR', 63],
        ['PR', 105],
      ],
    ],
  ])('leaves a partial response after a complete one to a reader: %j', (row) => {
    const { best: unconfirmed, bestConfirmed } = best(row);
    expect(unconfirmed.response).toBe('CR');
    expect(bestConfirmed).toMatchObject({ response: undefined, choices: ['SD', 'PD', 'PR'] });
  });
});

describe('the table of RECIST 1.1 for two visits', () => {
  const late = 42;
  const early = 21;
  it.each<[ResponseCode, ResponseCode, number, ResponseCode]>([
    ['CR', 'CR', late, 'CR'],
    ['CR', 'SD', late, 'SD'],
    ['CR', 'SD', early, 'PD'],
    ['CR', 'PD', late, 'SD'],
    ['CR', 'PD', early, 'PD'],
    ['CR', 'NE', late, 'SD'],
    ['CR', 'NE', early, 'NE'],
    ['PR', 'CR', late, 'PR'],
    ['PR', 'PR', late, 'PR'],
    ['PR', 'SD', late, 'SD'],
    ['PR', 'PD', late, 'SD'],
    ['PR', 'PD', early, 'PD'],
    ['PR', 'NE', late, 'SD'],
    ['PR', 'NE', early, 'NE'],
    ['NE', 'NE', late, 'NE'],
  ])('%s, then %s, the first on day %i: %s', (first, next, day, confirmed) => {
    expect(
      best([
        [first, day],
        [next, day + 42],
      ]).bestConfirmed.response,
    ).toBe(confirmed);
  });
});

it('has none without an assessment, or NE where a missing one counts as that', () => {
  expect(answers([])).toEqual([undefined, undefined]);
  expect(answers([], { missingAsNe: true })).toEqual(['NE', 'NE']);
});

it('puts persisting non-target disease after stable disease', () => {
  expect(
    answers([
      ['NON-CR/NON-PD', 42],
      ['NON-CR/NON-PD', 84],
    ]),
  ).toEqual(['NON-CR/NON-PD', 'NON-CR/NON-PD']);
  expect(
    answers([
      ['NON-CR/NON-PD', 21],
      ['PD', 42],
    ]),
  ).toEqual(['PD', 'PD']);
});
