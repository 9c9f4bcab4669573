import { describe, expect, it } from 'vitest';
import type { ScannedSeries } from '#shared/study/study.ts';
import { factNumber, lossyRatio, thicknessMm } from '../../../../../src/renderer/viewer/pane/series-facts.ts';

const series = (facts: ScannedSeries['facts']): ScannedSeries => ({
  id: 's',
  seriesInstanceUID: 's',
  description: '',
  modality: 'MR',
  instances: 1,
  rows: 1,
  columns: 1,
  facts,
  suggestion: { role: 'other', confidence: 0, reasons: [] },
  notes: [],
});

describe('facts on a pane', () => {
  it('reads numbers however the file wrote them', () => {
    expect(factNumber({ EchoTime: ' 2.3 ' }, 'EchoTime')).toBe(2.3);
    expect(factNumber({ EchoTime: '2.3\\4.6' }, 'EchoTime')).toBe(2.3);
    expect(factNumber({ EchoTime: [4.6, 2.3] }, 'EchoTime')).toBe(4.6);
    expect(factNumber({ EchoTime: '' }, 'EchoTime')).toBeUndefined();
    expect(factNumber({ EchoTime: 'n/a' }, 'EchoTime')).toBeUndefined();
    expect(factNumber({}, 'EchoTime')).toBeUndefined();
  });

  it('does not show a thickness that nobody filled in', () => {
    expect(thicknessMm(series({ SliceThickness: 0 }))).toBeUndefined();
    expect(thicknessMm(series({ SliceThickness: '3.0' }))).toBe(3);
  });

  // PS3.3 C.7.6.1.1.5: 01 stays once an image was compressed with loss.
  it('knows lossy images by their flag', () => {
    expect(lossyRatio(series({ LossyImageCompression: '01', LossyImageCompressionRatio: '10' }))).toEqual({
      ratio: 10,
    });
    expect(lossyRatio(series({ LossyImageCompression: '01' }))).toEqual({ ratio: undefined });
    expect(lossyRatio(series({ LossyImageCompression: '00' }))).toBeUndefined();
    expect(lossyRatio(series({}))).toBeUndefined();
  });
});
