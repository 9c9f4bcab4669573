import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { putInPlace } from '../../../../../src/main/cases/file/put-in-place.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';

/** What may not be removed, as in a folder that is read-only just then. */
const stays = vi.hoisted(() => ({ name: undefined as string | undefined }));

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const rm: typeof fs.rm = (path, options) =>
    stays.name !== undefined && String(path).endsWith(stays.name)
      ? Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }))
      : fs.rm(path, options);
  return { ...fs, rm };
});

const keepFromBeingRemoved = (name: string): void => {
  stays.name = name;
  onTestFinished(() => {
    stays.name = undefined;
  });
};

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
  test('stays beside it with its log', async () => {
    const { folder, file } = historyWithLog();
    await putInPlace(file, `${file}.incoming`, `${file}.aside`);
    expect(contents(folder)).toStrictEqual({
      'records.db': 'other',
      'records.db.aside': 'present',
      'records.db.aside-wal': 'its log',
    });
  });

  test.each([
    ['that holds something', 'its log'],
    ['that is empty', ''],
  ])('is where it was when its log cannot be removed, one %s', async (_which, log) => {
    const { folder, file } = historyWithLog();
    writeFileSync(`${file}-wal`, log);
    const before = contents(folder);
    keepFromBeingRemoved('records.db-wal');
    await expect(putInPlace(file, `${file}.incoming`, `${file}.aside`)).rejects.toMatchObject({ code: 'EACCES' });
    expect(contents(folder)).toStrictEqual(log === '' ? before : { 'records.db': 'present', 'records.db-wal': log });
  });

  test('is told what failed, and not that it could not be cleared away after', async () => {
    const { folder, file } = historyWithLog();
    keepFromBeingRemoved('aside-wal');
    await expect(putInPlace(file, join(folder, 'missing'), `${file}.aside`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(contents(folder)).toMatchObject({ 'records.db': 'present', 'records.db-wal': 'its log' });
  });

  test('leaves no empty log behind', async () => {
    const { folder, file } = historyWithLog();
    writeFileSync(`${file}-wal`, '');
    await putInPlace(file, `${file}.incoming`, `${file}.aside`);
    expect(contents(folder)).toStrictEqual({ 'records.db': 'other', 'records.db.aside': 'present' });
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
