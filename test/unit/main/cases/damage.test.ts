import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { salvage } from '../../../../src/main/cases/damage/salvage.ts';
import { PAGE_BYTES } from '../../../../src/main/cases/file/page-cipher.ts';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { pictureIdOf } from '../../../../src/main/cases/rows/key-image-rows.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCycle } from '../../shared/course/sample-course.ts';
import { sampleCase, samplePictures, samplePrediction, sampleStudy } from './sample-case.ts';
import { openStore, rawDatabase } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

const CASES = 16;
/** One page in so many is tried; 1 tries them all. */
const SHARE = Number(process.env.HAICAST_FLIP_SHARE ?? 4);

const filledStore = () => {
  const file = join(temporaryFolder(), 'records.db');
  const store = new RecordsStore({ file, key: TEST_KEY });
  const saved = Array.from({ length: CASES }, (_, n) => {
    const prediction = samplePrediction(`p${n}`, n / CASES);
    const values = Array.from({ length: 400 }, (_one, cell) => Math.fround(Math.sin(cell * (n + 1))));
    return store.save(
      sampleCase({
        study: sampleStudy(`Name^${n}`, `P-${n}`),
        prediction: { ...prediction, map: { ...prediction.map, values } },
      }),
      'a',
    );
  });
  store.secret('deidentification');
  // Key images and courses of some: a damaged page of theirs is found as well.
  for (const { id } of saved.slice(0, 4)) {
    store.writeCourse(id, [{ kind: 'cycle', id: 'c1', body: sampleCycle('c1', '2024-04-02'), base: null }], {
      actor: 'a',
    });
  }
  const pictured = saved
    .slice(4, 8)
    .map(({ id, note, study, source, roles, lesions, factors, baseRate }) =>
      store.save({ caseId: id, note, study, source, roles, lesions, factors, baseRate, ...samplePictures(2) }, 'a'),
    );
  const courses = new Map(saved.map(({ id }) => [id, store.course(id)]));
  const listed = store.list().cases;
  store.close();
  return { file, saved: [...saved.slice(0, 4), ...pictured, ...saved.slice(8)], courses, listed };
};

const flip = (file: string, at: number): void => {
  const handle = openSync(file, 'r+');
  const octet = new Uint8Array(1);
  readSync(handle, octet, 0, 1, at);
  writeSync(handle, Uint8Array.of((octet[0] ?? 0) ^ 0x10), 0, 1, at);
  closeSync(handle);
};

const opened = (file: string): RecordsStore | undefined => {
  try {
    return new RecordsStore({ file, key: TEST_KEY });
  } catch (error) {
    expect(error).toMatchObject({ code: 'records-corrupt' });
    return undefined;
  }
};

const readable = (store: RecordsStore, ids: readonly string[]): string[] =>
  ids.filter((id) => {
    try {
      return store.get(id).id === id;
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^records-corrupt$|^case-/) });
      return false;
    }
  });

const REFUSED = Symbol('refused');

const orRefusal = <T>(read: () => T): T | typeof REFUSED => {
  try {
    return read();
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^records-corrupt$|^case-unreadable$/) });
    return REFUSED;
  }
};

const pagesOf = (bytes: Uint8Array): number[] =>
  Array.from({ length: bytes.length / PAGE_BYTES }, (_, index) => index + 1);

/** Another bit of each page. */
const bitOf = (page: number): number => (page - 1) * PAGE_BYTES + ((page * 997 + 31) % PAGE_BYTES);
/** Near the beginning of its page, where the search for it ends soon. */
const earlyBitOf = (page: number): number => (page - 1) * PAGE_BYTES + 25 + page;

describe('one flipped bit', () => {
  test('in any page is noticed; every other case is read as it was, and nothing is saved to the file', async () => {
    const { file, saved, courses, listed: before } = filledStore();
    const whole = readFileSync(file);
    const ids = saved.map(({ id }) => id);
    const refused: number[] = [];
    for (const page of pagesOf(whole).filter((number) => number < 3 || number % SHARE === 0)) {
      writeFileSync(file, whole);
      rmSync(`${file}-check`, { force: true });
      flip(file, bitOf(page));
      const store = opened(file);
      if (!store) {
        refused.push(page);
        continue;
      }
      const verdict = await store.check({ scope: 'whole', actor: 'a' });
      expect(verdict.intact, `page ${page}`).toBe(false);
      const good = readable(store, ids);
      if (good.length === 0) {
        expect(() => store.list()).toThrow(expect.objectContaining({ code: 'records-corrupt' }));
        refused.push(page);
        store.close();
        continue;
      }
      expect(good.length, `page ${page}`).toBeGreaterThanOrEqual(CASES - 4);
      for (const id of good) expect(store.get(id)).toStrictEqual(saved.find((one) => one.id === id));
      // What is not as it was written is refused, and never shown.
      for (const id of good) {
        const course = orRefusal(() => store.course(id));
        if (course !== REFUSED) expect(course).toStrictEqual(courses.get(id));
        for (const image of store.get(id).keyImages) {
          const picture = orRefusal(() => store.picture(id, image.id).bytes);
          if (picture !== REFUSED) expect(pictureIdOf(picture)).toBe(image.id);
        }
      }
      // Nobody is told that a case cannot be read that can, or the other way round.
      const listed = store.list().cases;
      const sorted = (some: readonly string[]) => [...some].sort();
      expect(sorted(listed.map(({ id }) => id))).toStrictEqual(sorted(ids));
      expect(sorted(listed.filter(({ unreadable }) => !unreadable).map(({ id }) => id))).toStrictEqual(sorted(good));
      for (const { course: _course, ...row } of listed.filter(({ unreadable }) => !unreadable)) {
        expect(before.find(({ id }) => id === row.id)).toMatchObject(row);
      }
      expect(() => store.save(sampleCase(), 'a')).toThrow(expect.objectContaining({ code: 'records-damaged' }));
      store.close();
    }
    // Only the pages that say which tables there are keep the file from being opened; salvage mends them.
    expect(refused).toContain(1);
    expect(refused.length).toBeLessThan(8);
  });

  test('is remembered: the next start checks the file, reads it, and saves nothing to it', async () => {
    const { file, saved } = filledStore();
    flip(file, statSync(file).size - PAGE_BYTES / 2);
    const first = new RecordsStore({ file, key: TEST_KEY });
    await first.check({ scope: 'whole', actor: 'a' });
    first.close();
    const before = readFileSync(file);
    const second = new RecordsStore({ file, key: TEST_KEY });
    expect(second.list().total).toBe(saved.length);
    second.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('salvage', () => {
  test.each([1, 5, 40])('gives back everything where one bit is wrong: page %i', async (page) => {
    const { file, saved, listed, courses } = filledStore();
    flip(file, earlyBitOf(page));
    const damaged = readFileSync(file);
    const result = await salvage({ file, key: TEST_KEY }, { at: '2024-02-02T03:04:05Z', actor: 'a' });
    expect(result).toStrictEqual({ kept: CASES, lost: [] });
    expect(readFileSync(`${file}.damaged-20240202030405`).equals(damaged)).toBe(true);
    const mended = new RecordsStore({ file, key: TEST_KEY });
    expect(mended.damaged).toBe(false);
    expect(mended.list().cases.map(({ id }) => id)).toStrictEqual(listed.map(({ id }) => id));
    for (const one of saved) expect(mended.get(one.id)).toStrictEqual(one);
    for (const [id, course] of courses) expect(mended.course(id)).toMatchObject({ cycles: course.cycles });
    expect(mended.verify()).toStrictEqual({ intact: true });
    expect(mended.audit().entries.at(-1)).toMatchObject({
      action: 'records.salvaged',
      detail: { kept: CASES, lost: [] },
    });
    mended.close();
  });

  test('of a file that lost a whole page keeps every case that stands elsewhere, and names the others', async () => {
    const { file, saved } = filledStore();
    const bytes = readFileSync(file);
    bytes.fill(0, bytes.length - 20 * PAGE_BYTES, bytes.length - 19 * PAGE_BYTES);
    writeFileSync(file, bytes);
    const damaged = new RecordsStore({ file, key: TEST_KEY });
    await damaged.check({ scope: 'whole', actor: 'a' });
    const good = readable(
      damaged,
      saved.map(({ id }) => id),
    );
    damaged.close();
    const { kept, lost } = await salvage({ file, key: TEST_KEY }, { at: '2024-02-02T03:04:05Z', actor: 'a' });
    expect(kept).toBe(good.length);
    expect(lost).toHaveLength(CASES - good.length);
    const mended = new RecordsStore({ file, key: TEST_KEY });
    expect(mended.list().total).toBe(kept);
    for (const id of good) expect(mended.get(id)).toStrictEqual(saved.find((one) => one.id === id));
    expect(mended.save(sampleCase(), 'a').id).toBeTruthy();
    mended.close();
  });

  test('reads nothing of a log that an earlier one left, which was ended in between', async () => {
    const { file, saved } = filledStore();
    const other = join(temporaryFolder(), 'records.db');
    copyFileSync(file, other);
    const db = rawDatabase(other);
    db.pragma('journal_mode = WAL');
    db.exec(`UPDATE cases SET note = 'of another copy'`);
    copyFileSync(`${other}-wal`, `${file}.mending-wal`);
    db.close();
    await salvage({ file, key: TEST_KEY }, { at: '2024-02-02T03:04:05Z', actor: 'a' });
    const mended = openStore(file);
    for (const one of saved) expect(mended.get(one.id)).toStrictEqual(one);
  });

  test('that cannot put what it wrote in place leaves the damaged history where it is', async () => {
    const { file } = filledStore();
    flip(file, earlyBitOf(5));
    const before = readFileSync(file);
    mkdirSync(`${file}.damaged-20240202030405`);
    const salvaging = salvage({ file, key: TEST_KEY }, { at: '2024-02-02T03:04:05Z', actor: 'a' });
    await expect(salvaging).rejects.toMatchObject({ code: 'records-failed' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('leaves out a damaged picture and keeps its case, which verifies', async () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const picture = new Uint8Array(randomBytes(40 * PAGE_BYTES));
    const [image] = samplePictures(1).keyImages;
    if (!image) throw new Error('there is one');
    const large = { ...image, id: pictureIdOf(picture), bytes: picture.byteLength };
    const given = samplePictures(1);
    const saved = store.save(
      {
        ...sampleCase(),
        keyImages: [...given.keyImages, large],
        pictures: { ...given.pictures, [large.id]: picture },
      },
      'a',
    );
    store.close();
    const bytes = readFileSync(file);
    // The pages of the picture are the most of the file and stand at its end.
    bytes.fill(0, bytes.length - 20 * PAGE_BYTES, bytes.length - 19 * PAGE_BYTES);
    writeFileSync(file, bytes);
    const result = await salvage({ file, key: TEST_KEY }, { at: '2024-02-02T03:04:05Z', actor: 'a' });
    expect(result).toStrictEqual({ kept: 1, lost: [] });
    const mended = new RecordsStore({ file, key: TEST_KEY });
    expect(mended.get(saved.id).keyImages).toStrictEqual(given.keyImages);
    expect(mended.audit(saved.id).entries.at(-1)).toMatchObject({
      action: 'case.mended',
      detail: { keyImagesLost: 1 },
    });
    expect(mended.verify()).toStrictEqual({ intact: true });
    mended.close();
  });
});
