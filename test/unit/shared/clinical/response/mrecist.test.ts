import { expect, it } from 'vitest';
import { assessTimeline } from '#shared/clinical/response/assess-timeline.ts';
import { readTimeline } from '#shared/clinical/response/timeline-file.ts';
import { assess, targets, type Written } from './timelines.ts';

const viable = (...sums: number[]): Written => ({ criterion: 'mrecist', rows: sums.map((sum) => [sum]) });

it('judges the sum of viable diameters', () => {
  expect(targets(viable(64, 28, 33, 34))).toEqual(['PR', 'PR', 'PD']);
  expect(targets(viable(40, 28))).toEqual(['PR']);
});

it.each([
  [false, 'PD'],
  [true, 'PR'],
])('asks for 5 mm of growth only where the trial does (fiveMillimetreRule %s)', (fiveMillimetreRule, last) => {
  expect(targets({ ...viable(22, 10, 12), options: { fiveMillimetreRule } })).toEqual(['PR', last]);
});

it('has no 5 mm rule unless asked', () => {
  expect(targets(viable(22, 10, 12))).toEqual(['PR', 'PD']);
});

const wholeAndViable = (criterion: string) => ({
  start: '2026-01-01',
  criterion,
  lesions: [{ id: 'L1', organ: 'liver', node: false, role: 'target' }],
  visits: [
    { date: '2026-01-01', measures: { L1: { mm: 80, viableMm: 80 } } },
    { date: '2026-03-01', measures: { L1: { mm: 75, viableMm: 0 } } },
  ],
});

it.each([
  ['mrecist', 'CR'],
  ['recist-1.1', 'SD'],
])('is never mixed with the other criterion: the same measures by %s', (criterion, expected) => {
  expect(assessTimeline(readTimeline(wholeAndViable(criterion)).timeline).visits[1]?.overall).toBe(expected);
});

it('cannot be evaluated where only the whole lesion was measured', () => {
  const file = wholeAndViable('mrecist');
  const assessed = assessTimeline(
    readTimeline({
      ...file,
      visits: [file.visits[0], { date: '2026-03-01', measures: { L1: { mm: 60 } } }],
    }).timeline,
  );
  expect(assessed.visits[1]?.target).toBe('NE');
  expect(assessed.visits[1]?.reasons.map(({ code }) => code)).toContain('viable-not-measured');
});

it('is not applicable where no target enhances at baseline', () => {
  const assessed = assess({ criterion: 'mrecist', rows: [[0], [0]] });
  expect(assessed).toMatchObject({ applicable: false, best: { response: undefined } });
  expect(assessed.remarks.map(({ code }) => code)).toContain('not-applicable');
});

it('leaves a target that does not enhance at baseline out of the sum, and says so', () => {
  const assessed = assess({
    criterion: 'mrecist',
    rows: [
      [40, 0],
      [20, 30],
    ],
  });
  expect(assessed.visits[1]).toMatchObject({ sum: 20, target: 'PR' });
  expect(assessed.remarks.map(({ code }) => code)).toContain('not-enhancing-target');
});
