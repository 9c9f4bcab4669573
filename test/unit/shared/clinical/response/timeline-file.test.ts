import { describe, expect, it } from 'vitest';
import { readTimeline } from '#shared/clinical/response/timeline-file.ts';
import { written } from './timelines.ts';

const file = (changes: object = {}) => ({ ...(written({ rows: [[40], [20]] }) as object), ...changes });
const lesion = (id: string) => ({ id, organ: 'liver', node: false, role: 'target' });

describe('a timeline', () => {
  it('is put in order of date', () => {
    const visits = [
      { date: '2026-03-01', overall: 'PR' },
      { date: '2026-02-01', overall: 'SD' },
    ];
    expect(readTimeline(file({ visits })).timeline.visits.map(({ date }) => date)).toEqual([
      '2026-02-01',
      '2026-03-01',
    ]);
  });

  it('keeps every policy that it was judged by', () => {
    expect(readTimeline(file({ options: { acceptSd: true } })).timeline.options).toEqual({
      minimumSdDays: 42,
      confirmationDays: 28,
      maximumNeBetween: 1,
      acceptSd: true,
      missingAsNe: false,
      fiveMillimetreRule: true,
      prCarryForward: false,
    });
  });

  it.each([
    [{ options: { confirmation: 4 } }, 'unknown-option'],
    [{ options: { fiveMillimetreRule: false } }, 'five-millimetres-always'],
  ])('says that an option is not used: %j', (changes, code) => {
    expect(readTimeline(file(changes)).remarks.map((remark) => remark.code)).toEqual([code]);
  });

  it.each<[string, object, RegExp]>([
    ['a date that is none', { start: '2026-02-30' }, /start/],
    ['a criterion that is not known', { criterion: 'recist' }, /criterion/],
    ['a negative diameter', { visits: [{ date: '2026-01-01', measures: { L1: { mm: -3 } } }] }, /visits\.0\.measures/],
    ['a measure that says nothing', { visits: [{ date: '2026-01-01', measures: { L1: {} } }] }, /visits\.0\.measures/],
    ['an unknown lesion', { visits: [{ date: '2026-01-01', measures: { L9: { mm: 3 } } }] }, /L9/],
    [
      'a lesion merged into an unknown one',
      { visits: [{ date: '2026-01-01', measures: { L1: { state: 'merged', into: 'L9' } } }] },
      /L9/,
    ],
    ['one lesion twice', { lesions: [lesion('L1'), lesion('L1')] }, /L1 is listed twice/],
    [
      'two visits on a day',
      {
        visits: [
          { date: '2026-01-01', overall: 'PR' },
          { date: '2026-01-01', overall: 'SD' },
        ],
      },
      /two visits/,
    ],
    ['both kinds of a visit at once', { visits: [{ date: '2026-01-01', measures: {}, overall: 'PR' }] }, /one of them/],
    ['a response that is none', { visits: [{ date: '2026-01-01', overall: 'MR' }] }, /visits\.0\.overall/],
    ['no visit', { visits: [] }, /visits/],
  ])('is refused with its place: %s', (_name, changes, said) => {
    expect(() => readTimeline(file(changes))).toThrow(said);
  });
});
