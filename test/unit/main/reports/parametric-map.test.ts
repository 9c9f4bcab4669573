import { expect, test } from 'vitest';
import { evidenceFrame } from '../../../../src/main/reports/map/evidence-frame.ts';
import { parametricMap } from '../../../../src/main/reports/map/parametric-map.ts';
import { readTree } from '../../../../src/main/study/deidentify/tree.ts';
import { dictionary } from '../../../../src/main/study/tags/dictionary.ts';
import { everything, itemsOf, readObject } from '../../../fixtures/reports/read-object.ts';
import { cells, prediction, reportedCase, withheldCase } from '../../../fixtures/reports/reported-case.ts';

const pixelsOf = (file: Uint8Array): Float32Array => {
  const { pixelData, bytes } = readTree(file, dictionary);
  const { start, length } = pixelData ?? { start: 0, length: 0 };
  return new Float32Array(Uint8Array.from(bytes.subarray(start, start + length)).buffer);
};

test('each pixel of the arterial slice has the log-odds of the cell that it lies in, and 0 outside of the map', () => {
  const made = readObject(parametricMap(reportedCase()).bytes);
  expect(made).toMatchObject({ Rows: '40', Columns: '64', FrameOfReferenceUID: '2.25.4711', BurnedInAnnotation: 'NO' });
  const pixels = pixelsOf(parametricMap(reportedCase()).bytes);
  // Column 32 is at x = 0, row 20 at y = 0: the centre of the map is the corner of cell (2, 2).
  expect(pixels[20 * 64 + 32]).toBe(cells[10]);
  expect(pixels[19 * 64 + 31]).toBe(cells[5]);
  expect(pixels[0]).toBe(0);
  expect(new Set(pixels)).toEqual(new Set([...cells, 0]));
});

test('it says the unit, lies on the slice nearest to the map, and refers to its image', () => {
  const all = everything(readObject(parametricMap(reportedCase()).bytes));
  expect(all.find(({ CodeMeaning }) => CodeMeaning === 'log-odds')).toMatchObject({
    CodeValue: '{log-odds}',
    CodingSchemeDesignator: 'UCUM',
  });
  expect(all.find(({ ImagePositionPatient }) => ImagePositionPatient)).toMatchObject({
    ImagePositionPatient: '-40\\-30\\10',
  });
  expect(all.find(({ PixelSpacing }) => PixelSpacing)).toMatchObject({
    PixelSpacing: '1.5\\1.25',
    SliceThickness: '4',
  });
  expect(all.some(({ ReferencedSOPInstanceUID }) => ReferencedSOPInstanceUID === '2.25.1002')).toBe(true);
  const alone = readObject(parametricMap(reportedCase({ images: undefined })).bytes);
  expect(itemsOf(alone.ReferencedSeriesSequence)).toEqual([]);
  expect(String(alone.ImageComments)).toContain('trained on simulated patients');
});

test('an oblique image gets the same cells at the same places in the patient', () => {
  const half = Math.SQRT1_2;
  const geometry = {
    rowDirection: [half, half, 0] as [number, number, number],
    columnDirection: [-half, half, 0] as [number, number, number],
    columnSpacing: 1,
    rowSpacing: 1,
    positions: [[0, -28, 9] as [number, number, number]],
    uniform: true,
  };
  const frame = evidenceFrame(prediction.map, { geometry, slice: 0, rows: 41, columns: 41 });
  // (row 20, column 20) is at (0, -28 + 20√2): x in cell column 2, y = 0.28 in cell row 2.
  expect(frame[20 * 41 + 20]).toBe(cells[10]);
});

test.each([
  ['withheld', withheldCase(), 'withheld'],
  ['covered', reportedCase({ prediction: { state: 'covered' } }), 'covered'],
  ['absent', reportedCase({ prediction: { state: 'none' } }), 'no-prediction'],
])('a prediction that is %s leaves no map behind', (_, reported, reason) => {
  expect(() => parametricMap(reported)).toThrow(expect.objectContaining({ reason }));
});
