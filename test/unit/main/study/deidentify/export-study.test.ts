import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '#shared/study/deidentify.ts';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import type { StudyInput } from '../../../../../src/main/study/bytes/input.ts';
import { diffLines } from '../../../../../src/main/study/deidentify/diff.ts';
import { exportDeidentified, prepareFile } from '../../../../../src/main/study/deidentify/export-study.ts';
import { deidentifiedFile } from '../../../../../src/main/study/deidentify/write.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { groupSeries } from '../../../../../src/main/study/series/group-series.ts';
import { dictionary } from '../../../../../src/main/study/tags/dictionary.ts';
import { decodeVolume } from '../../../../../src/main/study/volumes/decode-volume.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { folderForAll } from '../../../../fixtures/temporary-folder.ts';
import { testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';
import { quiet } from '../scan/memory-source.ts';

const key = Buffer.alloc(32, 7);
const root = testdataRoot();

const folder = folderForAll();

const open = async (path: string) => {
  const input: StudyInput = await openInput(path, quiet.signal);
  const { images } = await scanFiles(input.files, quiet);
  return { stacks: groupSeries(images), files: input.files };
};
type Opened = Awaited<ReturnType<typeof open>>;

const exported = (opened: Opened, name: string) =>
  exportDeidentified({ ...opened, folder: join(folder, name), key, options: defaultOptions }, quiet);

const voxels = async ({ stacks, files }: Opened): Promise<number[][]> => {
  const all: number[][] = [];
  for (const stack of stacks) {
    const { data, info } = await decodeVolume('o', stack, files, quiet);
    all.push([info.shape.reduce((a, b) => a * b), Array.from(data).reduce((sum, value) => sum + value, 0)]);
  }
  return all.sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0));
};

describe('exportDeidentified', () => {
  it('writes numbered files only, and refuses a folder that is not empty', async () => {
    const source = join(folder, 'Quillfeather');
    const file = dicomFile(mrElements());
    mkdirSync(source);
    writeFileSync(join(source, 'Quillfeather_B.dcm'), file);
    const opened = await open(source);
    const result = await exported(opened, 'out');
    expect(result).toEqual({ written: 1, skipped: [], warnings: [] });
    expect(readdirSync(join(folder, 'out'), { recursive: true })).toEqual(['SE001', join('SE001', 'IM00001.dcm')]);
    await expect(exported(opened, 'out')).rejects.toMatchObject({ code: 'folder-not-empty' });
  });

  it('shows on the screen what will leave', async () => {
    const { plan, tree } = prepareFile(dicomFile(mrElements()), key, defaultOptions, dictionary);
    const lines = diffLines(plan, tree, defaultOptions);
    expect(lines.find(({ keyword }) => keyword === 'PatientName')).toMatchObject({
      tag: '(0010,0010)',
      action: 'pseudonym',
      before: 'Test^Person',
      after: expect.stringMatching(/^HC-/),
    });
    expect(lines.find(({ keyword }) => keyword === 'EchoTime')).toMatchObject({
      action: 'keep',
      before: '1.23',
      after: '1.23',
    });
  });
});

describe.skipIf(!root)(`public studies, de-identified${withoutPublicFiles}`, () => {
  it.each([
    ['classic Siemens', 'prostatex_dynamic'],
    ['classic Philips', 'dashvtk_abdomen_mouse'],
    ['Enhanced Philips', 'dbdicom_kidney'],
    ['JPEG lossless', 'wg04/JPLL'],
    ['RLE', 'wg04/RLE'],
    ['JPEG 2000', 'wg04/J2KR'],
  ])('%s reads back with the same voxels', { timeout: 60_000 }, async (name, path) => {
    const before = await open(join(root ?? '', path));
    const out = `public ${name}`;
    const { written, skipped } = await exported(before, out);
    expect(skipped).toEqual([]);
    expect(written).toBe(new Set(before.stacks.flatMap(({ images }) => images.map(({ file }) => file))).size);
    expect(await voxels(await open(join(folder, out)))).toEqual(await voxels(before));
  });

  const hasChecker = spawnSync('dciodvfy', ['-version'], { stdio: 'ignore' }).error === undefined;
  const errors = (path: string): string[] =>
    spawnSync('dciodvfy', [path], { encoding: 'utf8' })
      .stderr.split('\n')
      .filter((line) => line.startsWith('Error'))
      .map((line) => line.replace(/ *= *".*"/g, ''))
      // Required for animals; the profile removes both all the same (X).
      .filter((line) => !/<Responsible(Person|Organization)>/.test(line));

  it.skipIf(!hasChecker).each(['prostatex_dynamic', 'dbdicom_kidney', 'dashvtk_abdomen_mouse', 'siemens_xa30', 'uih'])(
    `gives dciodvfy nothing to complain about in %s that the source did not${hasChecker ? '' : ' (left out: no dciodvfy)'}`,
    { timeout: 60_000 },
    async (path) => {
      const before = await open(join(root ?? '', path));
      await exported(before, `checked ${path}`);
      const sources = [...new Set(before.stacks.flatMap(({ images }) => images.map(({ file }) => file)))];
      const known = new Set(sources.slice(0, 1).flatMap((file) => errors(join(root ?? '', path, file))));
      const copies = readdirSync(join(folder, `checked ${path}`), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.dcm'))
        .slice(0, 1);
      expect(copies.length).toBeGreaterThan(0);
      const added = copies
        .flatMap((file) => errors(join(folder, `checked ${path}`, file)))
        .filter((line) => !known.has(line));
      expect(added).toEqual([]);
    },
  );

  it('leaves nothing of the identity of any public file in its copy', { timeout: 60_000 }, async () => {
    const input = await openInput(root ?? '', quiet.signal);
    const { images } = await scanFiles(input.files, quiet);
    const left: string[] = [];
    for (const { file, patient, sopInstanceUID, frame } of images) {
      const words = [patient.patientName, ...patient.patientName.split(' '), patient.patientId, sopInstanceUID].filter(
        // A short number stands in a new UID by chance.
        (word) => word.length >= 5 && !/^\d{1,7}$/.test(word) && !sopInstanceUID.startsWith('no-uid'),
      );
      if (frame > 0 || words.length === 0) continue;
      const { tree, plan, pseudonyms } = prepareFile(
        readFileSync(join(root ?? '', file)),
        key,
        defaultOptions,
        dictionary,
      );
      const copy = Buffer.from(deidentifiedFile(tree, plan, pseudonyms, defaultOptions));
      // Pixels may hold any bytes by chance.
      const header = copy.subarray(
        0,
        copy.lastIndexOf(Buffer.from(tree.encoding.littleEndian ? 'e07f1000' : '7fe00010', 'hex')),
      );
      left.push(...words.filter((word) => header.includes(word)).map((word) => `${file}: ${word}`));
    }
    expect(left).toEqual([]);
  });
});
