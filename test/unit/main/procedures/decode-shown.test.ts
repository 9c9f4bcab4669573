import { expect, test, vi } from 'vitest';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import { decodeOnly, decodeShown } from '../../../../src/main/procedures/decode-shown.ts';

const study = {
  series: [
    { id: 'scout', suggestion: { role: 'other', confidence: 1, reasons: [] } },
    { id: 'portal', suggestion: { role: 'portal-venous', confidence: 0.9, reasons: [] } },
    { id: 'arterial', suggestion: { role: 'arterial', confidence: 0.9, reasons: [] } },
    { id: 'unsure', suggestion: { role: 'dwi', confidence: 0.2, reasons: [] } },
  ],
} as unknown as ScannedStudy;

const openedOf = (...studies: ScannedStudy[]) => ({ openId: 'o', studies }) as unknown as OpenedStudies;

test('the series of the suggested roles are decoded while the page makes its panes', () => {
  const decodeAhead = vi.fn<(openId: string, seriesIds: readonly string[]) => void>();
  decodeOnly(decodeShown({ decodeAhead }), openedOf(study));
  expect(decodeAhead.mock.calls).toEqual([['o', ['arterial', 'portal']]]);
});

test('of several studies, or none, nothing is decoded before a person has chosen', () => {
  const decodeAhead = vi.fn<() => void>();
  decodeOnly(decodeShown({ decodeAhead }), openedOf(study, study));
  decodeOnly(decodeShown({ decodeAhead }), openedOf());
  expect(decodeAhead).not.toHaveBeenCalled();
});
