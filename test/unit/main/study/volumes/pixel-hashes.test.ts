import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiskPace, diskFile } from '../../../../../src/main/study/archive/disk-file.ts';
import { readSourceHeader } from '../../../../../src/main/study/scan/read-file.ts';
import { frameReader } from '../../../../../src/main/study/volumes/frame-reader.ts';
import { testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';

const root = testdataRoot();

interface Reference {
  syntax: string;
  decoder: string;
  values: number;
  sha256: string;
  /** Every `stride`-th value, of lossy syntaxes. */
  sample?: number[];
}
/** Made by `make-pixel-hashes.py` beside it, with decoders that share no code with this project. */
const reference: { stride: number; files: Record<string, Reference> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../fixtures/dicom/pixel-hashes.json'), 'utf8'),
);

const storedValues = (file: string): Promise<Int32Array> =>
  diskFile(join(root ?? '', file), file, new DiskPace()).open(async (source) => {
    const reader = await frameReader(await readSourceHeader(source), source);
    const frames: Int32Array[] = [];
    for (let i = 0; i < reader.pixels.frames; i++) frames.push(Int32Array.from(await reader.frame(i)));
    const all = new Int32Array(frames.reduce((sum, frame) => sum + frame.length, 0));
    let at = 0;
    for (const frame of frames) {
      all.set(frame, at);
      at += frame.length;
    }
    return all;
  });

const hash = (values: Int32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');

/** Refused, since it ends before its pixels do. */
const truncated = 'pydicom/MR_truncated.dcm';

describe.skipIf(!root)(`decoded pixels${withoutPublicFiles}`, () => {
  const bySyntax = Map.groupBy(Object.entries(reference.files), ([, { syntax }]) => syntax);
  it.each([...bySyntax])('of %s equal an independent decoder', { timeout: 60_000 }, async (_syntax, files) => {
    for (const [file, expected] of files) {
      if (file === truncated) {
        await expect(storedValues(file)).rejects.toMatchObject({ code: 'truncated' });
        continue;
      }
      const values = await storedValues(file);
      expect(values.length, file).toBe(expected.values);
      if (!expected.sample) expect(hash(values), file).toBe(expected.sha256);
      else {
        const off = expected.sample.map((value, i) => Math.abs(value - (values[i * reference.stride] ?? Number.NaN)));
        expect(Math.max(...off), file).toBeLessThanOrEqual(1);
      }
    }
  });
});
