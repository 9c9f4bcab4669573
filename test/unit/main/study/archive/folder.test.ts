import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DiskPace } from '../../../../../src/main/study/archive/disk-file.ts';
import { listFolder } from '../../../../../src/main/study/archive/folder.ts';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { folderForAll, temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { quiet } from '../scan/memory-source.ts';

const folder = folderForAll();
beforeAll(() => {
  mkdirSync(join(folder, 'b', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'b', 'deep', 'IM1'), dicomFile(mrElements({ instance: 1 })));
  writeFileSync(join(folder, 'a.dcm'), dicomFile(mrElements({ instance: 2 })));
  writeFileSync(join(folder, '.DS_Store'), 'x');
  symlinkSync(folder, join(folder, 'b', 'loop'));
  symlinkSync(join(folder, 'b'), join(folder, 'c'));
  symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
});

describe('listFolder', () => {
  it('finds every file once, in order, whatever loops of links there are', async () => {
    const { files, skipped } = await listFolder(folder, quiet.signal);
    expect(files.map(({ file }) => file)).toEqual(['a.dcm', 'b/deep/IM1']);
    expect(skipped).toEqual([expect.objectContaining({ file: 'dangling', code: 'missing-file' })]);
  });

  it('does not follow a link out of the folder that was chosen', async () => {
    const chosen = temporaryFolder();
    symlinkSync(join(folder, 'b'), join(chosen, 'away'));
    symlinkSync(join(folder, 'a.dcm'), join(chosen, 'IM'));
    // A sibling whose name begins alike is another folder.
    mkdirSync(`${chosen}-2`);
    symlinkSync(`${chosen}-2`, join(chosen, 'beside'));
    const { files, skipped } = await listFolder(chosen, quiet.signal);
    expect(files).toEqual([]);
    expect(skipped.map(({ file, code, message }) => [file, code, message?.code])).toEqual([
      ['IM', 'link', 'link-leads-out'],
      ['away', 'link', 'link-leads-out'],
      ['beside', 'link', 'link-leads-out'],
    ]);
    rmSync(`${chosen}-2`, { recursive: true });
  });

  it('lists what lies too deep, or is too much, as left out', async () => {
    const deep = temporaryFolder();
    mkdirSync(join(deep, 'a', 'b', 'c'), { recursive: true });
    for (const name of ['1', '2', '3']) writeFileSync(join(deep, 'a', name), 'x');
    const { files, skipped } = await listFolder(deep, quiet.signal, { files: 2, depth: 9 });
    expect(files.map(({ file }) => file)).toEqual(['a/1', 'a/2']);
    expect(skipped.map(({ file, message }) => [file, message])).toEqual([
      ['a/', { code: 'too-many-files', params: { most: 2, rest: 2 } }],
    ]);
    const shallow = await listFolder(deep, quiet.signal, { files: 9, depth: 1 });
    expect(shallow.skipped.map(({ file, message }) => [file, message?.code])).toEqual([['a/b/', 'too-deep']]);
  });

  it.runIf(process.platform === 'linux')(
    'reads folders and files whose names are not UTF-8 (left out: only on Linux)',
    async () => {
      // A folder copied from a Chinese Windows disc: 动脉期/IM1 and 静脉.dcm in GBK.
      const copied = temporaryFolder();
      const below = (...bytes: string[]) =>
        Buffer.concat([Buffer.from(`${copied}/`), Buffer.from(bytes.join(''), 'hex')]);
      mkdirSync(below('b6afc2f6c6da'));
      writeFileSync(below('b6afc2f6c6da', '2f494d31'), dicomFile(mrElements({ instance: 1 })));
      writeFileSync(below('beb2c2f62e64636d'), dicomFile(mrElements({ instance: 2 })));
      const input = await openInput(copied, quiet.signal);
      const { images, skipped } = await scanFiles(input.files, quiet);
      expect(skipped).toEqual([]);
      expect(images.map(({ file, attributes }) => [file, attributes.InstanceNumber])).toEqual([
        ['动脉期 [?]/IM1', 1],
        ['静脉.dcm [?]', 2],
      ]);
    },
  );

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
