import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { dicomdir } from '../../../../fixtures/dicom/write-dicomdir.ts';
import { folderForAll } from '../../../../fixtures/temporary-folder.ts';
import { testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';
import { quiet } from '../scan/memory-source.ts';

const folder = folderForAll();

describe('a DICOMDIR', () => {
  it('opens the files that it lists, says which are missing and refuses to be led elsewhere', async () => {
    const disc = join(folder, 'disc');
    mkdirSync(join(disc, 'dicom', 'se1'), { recursive: true });
    writeFileSync(join(disc, 'dicom', 'se1', 'im1'), dicomFile(mrElements({ instance: 1 })));
    writeFileSync(join(disc, 'dicom', 'se1', 'unlisted'), dicomFile(mrElements({ instance: 9 })));
    writeFileSync(
      join(disc, 'DICOMDIR'),
      dicomdir(['DICOM\\SE1\\IM1', 'DICOM\\SE1\\IM2', '..\\..\\etc\\passwd', 'DICOM\\SE1\\IM1']),
    );
    const input = await openInput(join(disc, 'DICOMDIR'), quiet.signal);
    // Names on a disc are upper case; what reads the disc may make them lower.
    expect(input.files.map(({ file }) => file)).toEqual(['dicom/se1/im1']);
    expect(input.skipped.map(({ file, code }) => [file, code])).toEqual([
      ['DICOM/SE1/IM2', 'missing-file'],
      ['../../etc/passwd', 'unsafe-name'],
    ]);
    expect((await scanFiles(input.files, quiet)).images.map(({ attributes }) => attributes.InstanceNumber)).toEqual([
      1,
    ]);
  });

  it('is read with items of undefined length, and refused where it is damaged', async () => {
    const disc = join(folder, 'disc2');
    mkdirSync(disc);
    writeFileSync(join(disc, 'A'), dicomFile(mrElements()));
    writeFileSync(join(disc, 'DICOMDIR'), dicomdir(['A'], { undefinedLengths: true }));
    expect((await openInput(join(disc, 'DICOMDIR'), quiet.signal)).files).toHaveLength(1);
    writeFileSync(join(disc, 'DICOMDIR'), dicomdir(['A']).subarray(0, 260));
    await expect(openInput(join(disc, 'DICOMDIR'), quiet.signal)).rejects.toMatchObject({ code: 'bad-dicomdir' });
  });
});

describe('names in a DICOMDIR', () => {
  // [what is odd, File ID as it is written, path on the disc]; `undefined`: no such file.
  it.each<[string, string, string | undefined, string[]]>([
    ['an extension was added to the file', 'SE1\\IM1', 'SE1/IM1.dcm', ['SE1/IM1.dcm']],
    ['the file lost its extension', 'SE1\\IM1.DCM', 'SE1/IM1', ['SE1/IM1']],
    ['a version number was left', 'SE1\\IM1', 'SE1/IM1;1', ['SE1/IM1;1']],
    ['a version number and a dot were left', 'SE1\\IM1', 'SE1/IM1.;1', ['SE1/IM1.;1']],
    ['a version number is listed', 'SE1\\IM1.;1', 'SE1/im1', ['SE1/im1']],
    ['slashes part one component', 'SE1/IM1', 'SE1/IM1', ['SE1/IM1']],
    ['it begins with a dot', '.\\SE1\\IM1', 'SE1/IM1', ['SE1/IM1']],
    ['it begins with an empty component', '\\SE1\\IM1', 'SE1/IM1', ['SE1/IM1']],
    ['it is small, the disc capital', 'se1\\im1', 'SE1/IM1', ['SE1/IM1']],
    ['a folder is there twice, and empty as it is spelt', 'SE1\\IM1', 'se1/IM1', ['SE1/OTHER', 'se1/IM1']],
    ['a text lies beside the image', 'SE1\\IM1', 'SE1/IM1.dcm', ['SE1/IM1.dcm', 'SE1/IM1.txt']],
    ['nothing tells two files apart', 'SE1\\IM1', undefined, ['SE1/IM1.jpg', 'SE1/IM1.txt']],
    ['the file is another', 'SE1\\IM1', undefined, ['SE1/IM12']],
  ])('%s', async (_, fileId, expected, onDisc) => {
    const disc = mkdtempSync(join(folder, 'names-'));
    for (const name of onDisc) mkdirSync(dirname(join(disc, name)), { recursive: true });
    for (const name of onDisc) writeFileSync(join(disc, name), dicomFile(mrElements()));
    writeFileSync(join(disc, 'DICOMDIR'), dicomdir([fileId]));
    const input = await openInput(join(disc, 'DICOMDIR'), quiet.signal);
    expect(input.files.map(({ file }) => file)).toEqual(expected === undefined ? [] : [expected]);
    expect(input.notes.map(({ code, params }) => [code, params])).toEqual(
      expected === undefined ? [['dicomdir-incomplete', { missing: 1, listed: 1 }]] : [],
    );
  });

  it('never lead out of its folder, not by a link either', async () => {
    const outside = mkdtempSync(join(folder, 'outside-'));
    writeFileSync(join(outside, 'IM1'), dicomFile(mrElements()));
    const disc = mkdtempSync(join(folder, 'linked-'));
    symlinkSync(outside, join(disc, 'SE1'));
    writeFileSync(join(disc, 'DICOMDIR'), dicomdir(['SE1\\IM1', '.\\..\\IM1', 'SE1/../../IM1']));
    const input = await openInput(join(disc, 'DICOMDIR'), quiet.signal);
    expect(input.files).toEqual([]);
    expect(input.skipped.map(({ code }) => code)).toEqual(['missing-file', 'unsafe-name', 'unsafe-name']);
  });
});

const root = testdataRoot();

describe.skipIf(!root)(`public DICOMDIRs${withoutPublicFiles}`, () => {
  // Counts from `dcmdump +P 0004,1500 FILE | wc -l`, duplicates removed.
  it.each([
    ['DICOMDIR', 31],
    ['DICOMDIR-bigEnd', 31],
    ['DICOMDIR-implicit', 31],
    ['DICOMDIR-nooffset', 31],
    ['DICOMDIR-reordered', 31],
    ['DICOMDIR-empty.dcm', 0],
    ['TINY_ALPHA/DICOMDIR', 50],
  ])('%s lists its files', async (name, expected) => {
    const input = await openInput(join(root ?? '', 'pydicom/dicomdir', name), quiet.signal);
    expect(input.files.length + input.skipped.length).toBe(expected);
  });

  it('finds all files of a complete disc', async () => {
    const copy = join(folder, 'tiny');
    cpSync(join(root ?? '', 'pydicom/dicomdir/TINY_ALPHA'), copy, { recursive: true });
    const input = await openInput(join(copy, 'DICOMDIR'), quiet.signal);
    expect(input.skipped).toEqual([]);
    expect(input.files).toHaveLength(50);
  });
});
