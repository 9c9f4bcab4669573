import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '#shared/study/deidentify.ts';
import { CopyFolder } from '../../../../../src/main/files/copy-folder.ts';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { exportDeidentified } from '../../../../../src/main/study/deidentify/export-study.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { groupSeries } from '../../../../../src/main/study/series/group-series.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { quiet } from '../scan/memory-source.ts';

describe('CopyFolder', () => {
  it('takes back what it wrote, and only that', async () => {
    const root = temporaryFolder();
    const copy = await CopyFolder.open(join(root, 'copy'));
    await copy.write('SE001/IM00001.dcm', Uint8Array.of(1));
    await copy.write('SE002/IM00002.dcm', Uint8Array.of(2));
    writeFileSync(join(root, 'copy', 'SE002', 'somebody else'), '');
    await copy.takeBack();
    expect(readdirSync(join(root, 'copy'), { recursive: true }).sort()).toEqual([
      'SE002',
      join('SE002', 'somebody else'),
    ]);
  });

  it('leaves a folder that was there before, and removes one that it made', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'before'));
    await (await CopyFolder.open(join(root, 'before'))).takeBack();
    await (await CopyFolder.open(join(root, 'made'))).takeBack();
    expect(readdirSync(root)).toEqual(['before']);
  });

  it('writes over nothing, and says that it cannot', async () => {
    const root = temporaryFolder();
    const copy = await CopyFolder.open(root);
    mkdirSync(join(root, 'SE001'));
    writeFileSync(join(root, 'SE001', 'IM00001.dcm'), 'theirs');
    await expect(copy.write('SE001/IM00001.dcm', Uint8Array.of(1))).rejects.toMatchObject({
      code: 'cannot-write',
      detail: 'EEXIST',
    });
    await copy.takeBack();
    expect(existsSync(join(root, 'SE001', 'IM00001.dcm'))).toBe(true);
  });
});

it('an export that is cancelled half-way leaves nothing', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'source'));
  for (let instance = 1; instance <= 4; instance++) {
    writeFileSync(join(root, 'source', `IM${instance}`), dicomFile(mrElements({ instance })));
  }
  const input = await openInput(join(root, 'source'), quiet.signal);
  const { images } = await scanFiles(input.files, quiet);
  const controller = new AbortController();
  const seen: string[][] = [];
  const out = join(root, 'copy');
  const progress = (_phase: string, done: number) => {
    seen.push(readdirSync(join(out, 'SE001')));
    if (done === 2) controller.abort();
  };
  const request = {
    stacks: groupSeries(images),
    files: input.files,
    folder: out,
    key: Buffer.alloc(32, 7),
    options: defaultOptions,
  };
  await expect(exportDeidentified(request, { signal: controller.signal, progress })).rejects.toThrow();
  expect(seen.map((names) => names.length)).toEqual([1, 2]);
  expect(existsSync(out)).toBe(false);
});
