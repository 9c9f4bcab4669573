import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { PAGE_BYTES } from '../../../../src/main/cases/file/page-cipher.ts';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { pictureIdOf } from '../../../../src/main/cases/rows/key-image-rows.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase, samplePictures } from './sample-case.ts';
import { openStore, temporaryStore } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock('../../../../src/main/cases/file/log-binding.ts', async (original) => {
  const real = await original<typeof import('../../../../src/main/cases/file/log-binding.ts')>();
  return { ...real, emptyLog: (db: Parameters<typeof real.emptyLog>[0]) => !disk.isFull && real.emptyLog(db) };
});
afterEach(() => {
  disk.isFull = false;
});

test('a verification of everything says that it did not look at the pages where a full disk keeps it from them', async () => {
  const store = temporaryStore();
  store.save(sampleCase(), 'a');
  disk.isFull = true;
  expect(await store.check({ scope: 'whole', actor: 'a' })).toMatchObject({ intact: true, pagesNotSeen: true });
  expect(store.audit().entries.at(-1)).toMatchObject({ action: 'records.verified', detail: { pagesNotSeen: true } });
  disk.isFull = false;
  expect(await store.check({ scope: 'whole', actor: 'a' })).not.toHaveProperty('pagesNotSeen');
});

/** A file with a damaged page that holds nothing any more: only a look at the pages finds it. */
const withDamagedFreePage = (): string => {
  const file = join(temporaryFolder(), 'records.db');
  const store = new RecordsStore({ file, key: TEST_KEY });
  const [image] = samplePictures(1).keyImages;
  if (!image) throw new Error('there is one');
  const picture = new Uint8Array(40 * PAGE_BYTES).fill(7);
  const large = { ...image, id: pictureIdOf(picture), bytes: picture.byteLength };
  const { id } = store.save({ ...sampleCase(), keyImages: [large], pictures: { [large.id]: picture } }, 'a');
  store.trash(id, 'a');
  store.erase(id, 'request', 'a');
  store.close();
  const bytes = readFileSync(file);
  bytes.fill(0, bytes.length - 20 * PAGE_BYTES, bytes.length - 20 * PAGE_BYTES + 10);
  writeFileSync(file, bytes);
  return file;
};

test('a verification of everything looks at the pages while a copy is being made, too', async () => {
  const file = withDamagedFreePage();
  const store = openStore(file);
  const copying = store.copyTo(`${file}.copy`);
  const verdict = await store.check({ scope: 'whole', actor: 'a' });
  await copying;
  expect(verdict).toMatchObject({ intact: false, problem: expect.stringMatching(/pages of records\.db are damaged/) });
});

test('a verification of everything tells of its steps from the first page on, and ends in the middle of the pages', async () => {
  const store = temporaryStore();
  for (let n = 0; n < 10; n++) store.save({ ...sampleCase(), ...samplePictures(3) }, 'a');
  const steps: number[] = [];
  await store.check({ scope: 'whole', actor: 'a', onStep: ({ done, total }) => steps.push(done / total) });
  expect(steps[0]).toBeLessThanOrEqual(0.5);
  expect(steps).toStrictEqual([...steps].sort((a, b) => a - b));
});
