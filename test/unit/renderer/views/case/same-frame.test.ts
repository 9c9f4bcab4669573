import { expect, test } from 'vitest';
import type { Lesion } from '#shared/study/lesion.ts';
import { lesionsInFrameOf, seriesOfFrame } from '../../../../../src/renderer/views/case/same-frame.ts';
import { makeStack } from '../../viewer/stacks.ts';

const stack = (frameOfReferenceUID: string) => ({ ...makeStack(), frameOfReferenceUID });
const { frameOfReferenceUID: _stripped, ...unnamed } = makeStack();
const series = [
  { id: 'arterial', geometry: stack('1.2.1') },
  { id: 'portal venous', geometry: stack('1.2.1') },
  { id: 'after a pause', geometry: stack('1.2.2') },
  { id: 'stripped', geometry: unnamed },
  { id: 'unplaced' },
];
const [arterial, , later] = series;
if (!arterial || !later) throw new Error('series');
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

test('what was drawn after the patient was laid anew is read on none of the series of before, though they are more', () => {
  expect(ids(seriesOfFrame(series, later))).toEqual(['after a pause', 'stripped']);
  expect(ids(seriesOfFrame(series, arterial))).toEqual(['arterial', 'portal venous', 'stripped']);
  expect(ids(seriesOfFrame(series, { id: 'stripped', geometry: unnamed }))).toEqual(
    ids(seriesOfFrame(series, arterial)),
  );
});

test('a lesion stands on images of its own frame of reference, whichever series it was drawn on', () => {
  const lesions = series.map(
    ({ id }): Lesion =>
      ({
        id,
        label: id,
        seriesId: id,
        longAxis: [
          [0, 0, 0],
          [9, 0, 0],
        ],
      }) as Lesion,
  );
  expect(ids(lesionsInFrameOf(lesions, series, later))).toEqual(['after a pause', 'stripped', 'unplaced']);
  expect(ids(lesionsInFrameOf(lesions, series, arterial))).toEqual([
    'arterial',
    'portal venous',
    'stripped',
    'unplaced',
  ]);
  expect(lesionsInFrameOf(lesions, series, { id: 'unplaced' })).toEqual([]);
});
