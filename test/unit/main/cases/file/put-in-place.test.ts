import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { putInPlace } from '../../../../../src/main/cases/file/put-in-place.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';

/** Every file of a folder with what it holds. */
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

const historyWithLog = () => {
  const folder = temporaryFolder();
  const file = join(folder, 'records.db');
  writeFileSync(file, 'present');
  writeFileSync(`${file}-wal`, 'its log');
  writeFileSync(`${file}.incoming`, 'other');
  return { folder, file };
};

describe('a history that another one is put in the place of', () => {
  test('stays beside it with its log, and comes back as it was', async () => {
    const { folder, file } = historyWithLog();
    const before = contents(folder);
    const back = await putInPlace(file, `${file}.incoming`, `${file}.aside`);
    expect(contents(folder)).toStrictEqual({
      'records.db': 'other',
      'records.db.aside': 'present',
      'records.db.aside-wal': 'its log',
    });
    writeFileSync(`${file}-wal`, 'log of the other');
    await back();
    const { 'records.db.incoming': _gone, ...rest } = before;
    expect(contents(folder)).toStrictEqual(rest);
  });

  test.each(['records.db.aside', 'records.db.aside-wal'])('is where it was when %s cannot be made', async (taken) => {
    const { folder, file } = historyWithLog();
    mkdirSync(join(folder, taken));
    const before = contents(folder);
    await expect(putInPlace(file, `${file}.incoming`, `${file}.aside`)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(contents(folder)).toStrictEqual(before);
  });

  test('is where it was when the other one is not there, and nothing is begun where there was none', async () => {
    const { folder, file } = historyWithLog();
    const before = contents(folder);
    await expect(putInPlace(file, join(folder, 'missing'), `${file}.aside`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(contents(folder)).toStrictEqual(before);
  });
});
