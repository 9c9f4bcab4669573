import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { type ScanResult, scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';
import { quiet } from './memory-source.ts';

const root = testdataRoot();

interface ManifestRow {
  path: string;
  pydicom: string;
  modality: string;
  rowsByColumns: string;
  pixelData: string;
}

const manifest = (folder: string): ManifestRow[] =>
  readFileSync(join(folder, 'MANIFEST.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [path = '', , pydicom = '', modality = '', , , , rowsByColumns = '', , pixelData = ''] = line.split('\t');
      return { path, pydicom, modality, rowsByColumns, pixelData };
    });

/** Left out by rule, though they have pixels: they are no images of a liver MRI. */
const setAside = new Set(['colour', 'mosaic', 'not-an-image', 'duplicate']);

/** pydicom reads them, and they lack what an image must say; each with the reason. */
const knownRefusals: Record<string, string> = {
  // A private sequence and two bytes of pixels, without a size.
  'pydicom/meta_missing_tsyntax.dcm': 'pixel-description',
  'pydicom/nested_priv_SQ.dcm': 'pixel-description',
  // Cut 62 bytes before the end of its pixels; pydicom's manifest entry says ValueError.
  'pydicom/MR_truncated.dcm': 'truncated',
};

describe.skipIf(!root)(`public DICOM files${withoutPublicFiles}`, () => {
  let result: ScanResult;
  let rows: ManifestRow[];

  beforeAll(async () => {
    const input = await openInput(root ?? '', quiet.signal);
    result = await scanFiles(input.files, quiet);
    rows = manifest(root ?? '');
  });

  it('opens every image that the manifest says has pixels, or sets it aside by rule', () => {
    const opened = new Set(result.images.map(({ file }) => file));
    const skipped = new Map(result.skipped.map(({ file, code }) => [file, code]));
    const wrong = rows
      .filter(({ pixelData }) => pixelData === 'pixels ok')
      .map(({ path }) => ({ path, code: opened.has(path) ? 'opened' : skipped.get(path) }))
      .filter(({ code }) => code !== 'opened' && !setAside.has(code ?? ''));
    expect(wrong).toEqual([]);
  });

  it('refuses exactly what cannot be read, with the reason', () => {
    const refused = result.skipped.filter(
      ({ file, code }) => !setAside.has(code) && rows.some(({ path, pydicom }) => path === file && pydicom === 'opens'),
    );
    expect(Object.fromEntries(refused.map(({ file, code }) => [file, code]))).toEqual(knownRefusals);
  });

  it('says of every file either that it opened or why not', () => {
    const told = new Set([...result.images.map(({ file }) => file), ...result.skipped.map(({ file }) => file)]);
    expect(rows.filter(({ path }) => !told.has(path))).toEqual([]);
    for (const { reason } of result.skipped) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it('finds the size of images that the manifest gives', () => {
    const bySize = new Map(
      result.images.map(({ file, attributes }) => [file, `${attributes.Rows}x${attributes.Columns}`]),
    );
    const wrong = rows.filter(
      ({ path, rowsByColumns }) => bySize.has(path) && rowsByColumns !== 'x' && bySize.get(path) !== rowsByColumns,
    );
    expect(wrong).toEqual([]);
  });

  it('makes one record per frame of Enhanced MR, with classic keywords', () => {
    const frames = result.images.filter(({ file }) => file === 'dbdicom_kidney/MOLLI_enhanced/IM_0001');
    expect(frames).toHaveLength(10);
    expect(frames.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { attributes } of frames) {
      expect(attributes.ImagePositionPatient).toHaveLength(3);
      expect(attributes.ImageOrientationPatient).toHaveLength(6);
      expect(attributes.EchoTime).toBeTypeOf('number');
      expect(attributes.PixelSpacing).toHaveLength(2);
    }
  });
});
