import { describe, expect, it } from 'vitest';
import { readTree } from '../../../../../src/main/study/deidentify/tree.ts';
import { type Dataset, decimalString, encodedDataset } from '../../../../../src/main/study/encode/dataset.ts';
import { part10File } from '../../../../../src/main/study/encode/elements.ts';
import { dictionary } from '../../../../../src/main/study/tags/dictionary.ts';
import { readObject } from '../../../../fixtures/reports/read-object.ts';

const identity = { sopClass: '1.2.840.10008.5.1.4.1.1.7', sopInstance: '2.25.1', syntax: '1.2.840.10008.1.2.1' };
const read = (dataset: Dataset) => readObject(part10File(identity, encodedDataset(dataset)));

describe('encodedDataset', () => {
  it('is read back as it was, nested, in the order of tags', () => {
    const dataset = {
      PatientName: 'Muster^Erika=王^小东',
      PatientID: 'P-1',
      StudyDate: '',
      ImageType: ['DERIVED', 'PRIMARY'],
      Rows: 512,
      RealWorldValueSlope: 0.1,
      ContentSequence: [{ ValueType: 'TEXT', TextValue: 'é' }, {}],
      AcquisitionContextSequence: [],
      AccessionNumber: undefined,
    };
    expect(read(dataset)).toEqual({
      ImageType: 'DERIVED\\PRIMARY',
      StudyDate: '',
      PatientName: 'Muster^Erika=王^小东',
      PatientID: 'P-1',
      Rows: '512',
      RealWorldValueSlope: '0.1',
      AcquisitionContextSequence: [],
      ContentSequence: [{ ValueType: 'TEXT', TextValue: 'é' }, {}],
    });
    const tags = readTree(part10File(identity, encodedDataset(dataset)), dictionary).elements.map(({ tag }) => tag);
    expect(tags).toEqual(tags.toSorted((a, b) => a - b));
  });

  it('refuses what the standard has no element for, and a value of another kind', () => {
    expect(() => encodedDataset({ PatientNaem: 'x' })).toThrow('PatientNaem');
    expect(() => encodedDataset({ ContentSequence: 'x' })).toThrow('is a sequence');
    expect(() => encodedDataset({ PatientID: [{}] })).toThrow('is no sequence');
  });
});

describe('decimalString', () => {
  it.each([0.1 + 0.2, -1 / 7, 1 / 3e7, 1e21 / 7, 86.8, 0, -1e-300])(
    'writes %d in at most sixteen characters, to eight digits or more',
    (value) => {
      const text = decimalString(value);
      expect(text.length).toBeLessThanOrEqual(16);
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-8);
    },
  );

  it('writes no number that is none', () => {
    expect(() => decimalString(Number.NaN)).toThrow(RangeError);
  });
});
