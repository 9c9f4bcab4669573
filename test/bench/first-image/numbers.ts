import type { DataSet } from 'dicom-parser';

/** The values of an attribute of numbers in text (DS, IS); NaN where it has none. */
export const numbers = (data: DataSet, tag: string): number[] => (data.string(tag) ?? '').split('\\').map(Number);
