import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DiskPace } from '../../../../../src/main/study/archive/disk-file.ts';
import { listFolder } from '../../../../../src/main/study/archive/folder.ts';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { quiet } from '../scan/memory-source.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-'));
  mkdirSync(join(folder, 'b', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'b', 'deep', 'IM1'), dicomFile(mrElements({ instance: 1 })));
  writeFileSync(join(folder, 'a.dcm'), dicomFile(mrElements({ instance: 2 })));
  writeFileSync(join(folder, '.DS_Store'), 'x');
  symlinkSync(folder, join(folder, 'b', 'loop'));
  symlinkSync(join(folder, 'b'), join(folder, 'c'));
  symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('listFolder', () => {
  it('finds every file once, in order, whatever loops of links there are', async () => {
    const { files, skipped } = await listFolder(folder, quiet.signal);
    expect(files.map(({ file }) => file)).toEqual(['a.dcm', 'b/deep/IM1']);
    expect(skipped).toEqual([expect.objectContaining({ file: 'dangling', code: 'missing-file' })]);
  });

  it('stops when it is cancelled', async () => {
    await expect(listFolder(folder, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

describe('openInput', () => {
  it('opens a folder or one file', async () => {
    const whole = await openInput(folder, quiet.signal);
    expect((await scanFiles(whole.files, quiet)).images).toHaveLength(2);
    const single = await openInput(join(folder, 'a.dcm'), quiet.signal);
    expect((await scanFiles(single.files, quiet)).images[0]?.file).toBe('a.dcm');
  });

  it('says what to do where there is nothing', async () => {
    await expect(openInput(join(folder, 'nothing'), quiet.signal)).rejects.toMatchObject({
      code: 'cannot-open',
      message: expect.stringContaining('choose it again'),
    });
  });
});

describe('DiskPace', () => {
  it('keeps many requests in flight once a disk answers slowly', async () => {
    const pace = new DiskPace();
    pace.inPlace(() => {});
    expect(pace.isSlow).toBe(false);
    const until = performance.now() + 8;
    pace.inPlace(() => {
      while (performance.now() < until);
    });
    expect(pace.isSlow).toBe(true);
  });
});
