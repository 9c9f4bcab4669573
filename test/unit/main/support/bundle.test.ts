import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../../../src/main/settings/settings-store.ts';
import { bundleOf, endOfLog, writeBundle } from '../../../../src/main/support/bundle.ts';
import { freeBytes } from '../../../../src/main/support/disk.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const facts = {
  check: { at: '2026-11-27T10:00:00.000Z', findings: [] },
  version: '1.0.0',
  platform: 'linux',
  versions: { node: '24' },
  settings: defaultSettings({ locale: 'en', userName: 'Dr Zyxwplant' }),
  managed: ['language'],
  log: '2026-11-27T10:00:00.000Z 1 start version=1.0.0\n',
};
const now = new Date('2026-11-27T10:00:00.000Z');

test('a bundle holds the log, versions, settings and the self-check, and no name', () => {
  const files = bundleOf(facts);
  expect(files.map(({ name }) => name)).toStrictEqual([
    'self-check.json',
    'versions.json',
    'settings.json',
    'haicast.log',
  ]);
  expect(JSON.stringify(files)).not.toContain('Zyxwplant');
  expect(JSON.parse(files[2]?.text ?? '')).toMatchObject({ theme: 'dark', managed: ['language'] });
});

test('what was shown is what is written, whole, in a folder of its own', async () => {
  const folder = temporaryFolder();
  const files = bundleOf(facts);
  const name = await writeBundle(files, folder, now);
  expect(readdirSync(join(folder, name)).sort()).toStrictEqual(files.map((file) => file.name).sort());
  for (const file of files) expect(readFileSync(join(folder, name, file.name), 'utf8')).toBe(file.text);
  // What stands there is not written over.
  await expect(writeBundle(files, folder, now)).rejects.toMatchObject({ code: 'bundle-not-written' });
  expect(readdirSync(folder)).toStrictEqual([name]);
});

test('a folder that cannot be written is named as that', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(writeBundle(bundleOf(facts), file, now)).rejects.toMatchObject({ code: 'bundle-not-written' });
  expect(await freeBytes(join(file, 'below'))).toBe('ENOTDIR');
});

test('of a long log its end is taken, in whole lines', async () => {
  const file = join(temporaryFolder(), 'haicast.log');
  expect(await endOfLog(file)).toBe('');
  writeFileSync(file, 'first line\nsecond line\nthird line\n');
  expect(await endOfLog(file)).toBe('first line\nsecond line\nthird line\n');
  expect(await endOfLog(file, 20)).toBe('third line\n');
});

test('the room of a folder is found, and nothing stays of the probe', async () => {
  const folder = temporaryFolder();
  expect(await freeBytes(folder)).toBeGreaterThan(0);
  expect(readdirSync(folder)).toStrictEqual([]);
});
