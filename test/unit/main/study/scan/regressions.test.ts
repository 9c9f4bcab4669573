import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referencedFiles } from '../../../../../src/main/study/archive/dicomdir.ts';
import { zipInput } from '../../../../../src/main/study/archive/zip.ts';
import { readSourceHeader } from '../../../../../src/main/study/scan/read-file.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { frameReader } from '../../../../../src/main/study/volumes/frame-reader.ts';
import { memoryFile, quiet } from './memory-source.ts';

const folder = join(import.meta.dirname, '../../../../fixtures/dicom/regressions');
const bytesOf = (name: string): Buffer => readFileSync(join(folder, name));

/** One test for each file of the folder; its README tells the stories. */
const outcomes: Record<string, () => Promise<void>> = {
  'no-preamble-dicm-in-a-value.dcm': async () => {
    const { images } = await scanFiles([memoryFile(bytesOf('no-preamble-dicm-in-a-value.dcm'))], quiet);
    expect(images).toHaveLength(1);
  },
  'odd-offset-32-bit-cells.dcm': async () => {
    const bytes = bytesOf('odd-offset-32-bit-cells.dcm');
    const original = Uint8Array.from(bytes);
    // A source that hands out views of a Buffer, as the one that failed did.
    const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
    const source = { file: 'a', size: bytes.length, head: async (length: number) => bytes.subarray(0, length), read };
    const { frame } = await frameReader(await readSourceHeader(source), source);
    expect([...(await frame(0))]).toEqual([0x01010101, 0x01010101, 0x01010101, 0x01010101]);
    expect(Uint8Array.from(bytes)).toEqual(original);
  },
  'dicomdir-stale-lengths.dcm': async () => {
    expect(referencedFiles(bytesOf('dicomdir-stale-lengths.dcm'))).toEqual([
      ['A', 'ONE'],
      ['A', 'TWO'],
    ]);
  },
  'zip64-record-beyond-the-file.zip': async () => {
    await expect(zipInput(join(folder, 'zip64-record-beyond-the-file.zip'))).rejects.toMatchObject({
      code: 'bad-archive',
    });
  },
};

describe('files that once went wrong', () => {
  it('all have a test', () => {
    const files = readdirSync(folder).filter((name) => name !== 'README.md');
    expect(files.sort()).toEqual(Object.keys(outcomes).sort());
  });

  it.each(Object.entries(outcomes))('%s', (_name, outcome) => outcome());
});
