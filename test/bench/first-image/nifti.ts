/** One series as a NIfTI-1 file (nifti.nimh.nih.gov), which NiiVue shows without reading DICOM. */
import { readFileSync } from 'node:fs';
import dicomParser from 'dicom-parser';
import { numbers } from './numbers.ts';

const HEADER_BYTES = 352;
const INT16 = 4;
const UINT16 = 512;

/** `files` in their order, 16 bits a pixel, uncompressed; in NIfTI x and y run to the other side of the patient than in DICOM. */
export const niftiOf = (files: readonly string[]): Buffer => {
  const slices = files.map((file) => dicomParser.parseDicom(readFileSync(file)));
  const [first] = slices;
  const second = slices[1] ?? first;
  if (!first || !second) throw new Error('a series without files');
  const [rows = 0, columns = 0] = [first.uint16('x00280010'), first.uint16('x00280011')];
  const direction = numbers(first, 'x00200037');
  const [rowSpacing = 1, columnSpacing = 1] = numbers(first, 'x00280030');
  const at = numbers(first, 'x00200032');
  const next = numbers(second, 'x00200032');
  const step = [0, 1, 2].map((axis) => (next[axis] ?? 0) - (at[axis] ?? 0));

  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(348, 0);
  [3, columns, rows, slices.length, 1, 1, 1, 1].forEach((value, i) => {
    header.writeInt16LE(value, 40 + 2 * i);
  });
  header.writeInt16LE(first.uint16('x00280103') === 1 ? INT16 : UINT16, 70);
  header.writeInt16LE(16, 72);
  [1, columnSpacing, rowSpacing, Math.hypot(...step)].forEach((value, i) => {
    header.writeFloatLE(value, 76 + 4 * i);
  });
  header.writeFloatLE(HEADER_BYTES, 108);
  header.writeFloatLE(1, 112);
  header.writeInt16LE(1, 254);
  for (const axis of [0, 1, 2]) {
    const sign = axis === 2 ? 1 : -1;
    const row = [
      (direction[axis] ?? 0) * columnSpacing,
      (direction[axis + 3] ?? 0) * rowSpacing,
      step[axis] ?? 0,
      at[axis] ?? 0,
    ];
    row.forEach((value, i) => {
      header.writeFloatLE(sign * value, 280 + 16 * axis + 4 * i);
    });
  }
  header.write('n+1\0', 344, 'latin1');
  const pixels = slices.map((data) => {
    const element = data.elements.x7fe00010;
    if (!element) throw new Error('a file without pixels');
    return data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  });
  return Buffer.concat([header, ...pixels]);
};
