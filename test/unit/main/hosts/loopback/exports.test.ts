import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { Exports } from '../../../../../src/main/hosts/loopback/exports.ts';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';

const ID = '11111111-2222-3333-4444-555555555555';

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'haicast-exports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const zipBytes = async (exports: Exports): Promise<Buffer> => {
  const stream = await exports.zipOf(ID);
  if (!stream) throw new Error('there is no such copy');
  return buffer(stream);
};

test.each(['/etc', '../x', 'download:', 'download:../../x', `download:${ID}/..`, `upload:${ID}`])(
  'writes nowhere for %s',
  (destination) => {
    expect(() => new Exports(temporary()).folderOf(destination)).toThrow(/no longer chosen/);
  },
);

test('sends a copy once, as a zip that reads back, and keeps none of it', async () => {
  const data = temporary();
  const exports = new Exports(data);
  const folder = exports.folderOf(`download:${ID}`);
  expect(folder.startsWith(data)).toBe(true);
  mkdirSync(join(folder, 'SE001'), { recursive: true });
  writeFileSync(join(folder, 'SE001', 'IM00001.dcm'), 'one');
  writeFileSync(join(folder, 'SE001', 'IM00002.dcm'), '');
  const zip = join(data, 'copy.zip');
  writeFileSync(zip, await zipBytes(exports));
  expect(existsSync(folder)).toBe(false);
  expect(await exports.zipOf(ID)).toBeUndefined();
  expect(await exports.zipOf('../../x')).toBeUndefined();

  const input = await openInput(zip, new AbortController().signal);
  const [file] = input.files;
  expect(file?.file).toBe('SE001/IM00001.dcm');
  expect(await file?.open(async (source) => Buffer.from(await source.read(0, source.size)).toString())).toBe('one');
  await input.close();
});

test('clears what a process that is gone has left', () => {
  const data = temporary();
  // No process has this id: it is above the largest one.
  const left = join(data, 'exports', '99999999', ID);
  mkdirSync(left, { recursive: true });
  new Exports(data).prepare();
  expect(existsSync(left)).toBe(false);
});

test('keeps no date of its making in the zip', async () => {
  const exports = new Exports(temporary());
  const folder = exports.folderOf(`download:${ID}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a'), 'a');
  const bytes = await zipBytes(exports);
  // APPNOTE 4.3.7: time and date of the local header; 0x0021 is the first of January 1980.
  expect([bytes.readUInt16LE(10), bytes.readUInt16LE(12)]).toEqual([0, 0x0021]);
});
