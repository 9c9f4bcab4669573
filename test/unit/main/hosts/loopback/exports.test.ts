import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { Exports } from '../../../../../src/main/hosts/loopback/exports.ts';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';

const ID = '11111111-2222-3333-4444-555555555555';

const idOf = (n: number): string => `${n}${ID.slice(1)}`;

/** A copy as the worker writes it, by the name of its one image. */
const write = (exports: Exports, id: string): string => {
  const folder = exports.folderOf(`download:${id}`);
  mkdirSync(join(folder, 'SE001'), { recursive: true });
  writeFileSync(join(folder, 'SE001', 'IM00001.dcm'), 'one');
  return folder;
};

const received = async (exports: Exports, id = ID): Promise<Buffer | undefined> => {
  let bytes: Buffer | undefined;
  await exports.send(id, async (zip) => {
    bytes = await buffer(zip);
  });
  return bytes;
};

test.each(['/etc', '../x', 'download:', 'download:../../x', `download:${ID}/..`, `upload:${ID}`])(
  'writes nowhere for %s',
  (destination) => {
    expect(() => new Exports(temporaryFolder()).folderOf(destination)).toThrow(/no longer chosen/);
  },
);

test('sends a copy once, as a zip that reads back, and keeps none of it', async () => {
  const data = temporaryFolder();
  const exports = new Exports(data);
  const folder = write(exports, ID);
  expect(folder.startsWith(data)).toBe(true);
  writeFileSync(join(folder, 'SE001', 'IM00002.dcm'), '');
  await exports.finished(`download:${ID}`);
  const zip = join(data, 'copy.zip');
  writeFileSync(zip, (await received(exports)) ?? '');
  expect(existsSync(folder)).toBe(false);
  expect(await received(exports)).toBeUndefined();
  expect(await received(exports, '../../x')).toBeUndefined();

  const input = await openInput(zip, new AbortController().signal);
  const [file] = input.files;
  expect(file?.file).toBe('SE001/IM00001.dcm');
  expect(await file?.open(async (source) => Buffer.from(await source.read(0, source.size)).toString())).toBe('one');
  await input.close();
});

test('keeps no date of its making in the zip', async () => {
  const exports = new Exports(temporaryFolder());
  write(exports, ID);
  await exports.finished(`download:${ID}`);
  const bytes = (await received(exports)) ?? Buffer.alloc(0);
  // APPNOTE 4.3.7: time and date of the local header; 0x0021 is the first of January 1980.
  expect([bytes.readUInt16LE(10), bytes.readUInt16LE(12)]).toEqual([0, 0x0021]);
});

test('sends nothing of a copy that is still being written', async () => {
  const exports = new Exports(temporaryFolder());
  const folder = write(exports, ID);
  expect(await received(exports)).toBeUndefined();
  expect(existsSync(folder)).toBe(true);
});

test('sends a copy to one of two that ask at once', async () => {
  const exports = new Exports(temporaryFolder());
  write(exports, ID);
  await exports.finished(`download:${ID}`);
  const answers = await Promise.all([received(exports), received(exports)]);
  expect(answers.filter((bytes) => bytes !== undefined)).toHaveLength(1);
});

test('keeps a copy whose transfer broke off, to be fetched again', async () => {
  const exports = new Exports(temporaryFolder());
  const folder = write(exports, ID);
  await exports.finished(`download:${ID}`);
  const breaks = exports.send(ID, async (zip) => {
    for await (const _ of zip) throw new Error('the connection is gone');
  });
  await expect(breaks).rejects.toThrow('the connection is gone');
  expect(existsSync(folder)).toBe(true);
  expect((await received(exports))?.includes('one')).toBe(true);
  expect(existsSync(folder)).toBe(false);
});

test('lets four copies wait, and gives up the oldest', async () => {
  const exports = new Exports(temporaryFolder());
  const folders: string[] = [];
  for (let n = 1; n <= 5; n++) {
    folders.push(write(exports, idOf(n)));
    await exports.finished(`download:${idOf(n)}`);
  }
  expect(folders.map((folder) => existsSync(folder))).toEqual([false, true, true, true, true]);
  expect(await received(exports, idOf(1))).toBeUndefined();
  expect(await received(exports, idOf(2))).toBeDefined();
});

test.skipIf(process.platform === 'win32')(
  'keeps waiting copies from other users of the machine (left out on Windows)',
  () => {
    const exports = new Exports(temporaryFolder());
    const folder = write(exports, ID);
    expect(statSync(dirname(folder)).mode & 0o777).toBe(0o700);
  },
);
