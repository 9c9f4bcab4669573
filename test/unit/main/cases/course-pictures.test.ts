import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { partKey } from '#shared/course/course.ts';
import { imagesOf, TIME_POINT_IMAGE_BYTES } from '#shared/course/key-images.ts';
import { salvage } from '../../../../src/main/cases/damage/salvage.ts';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleTimePoint } from '../../shared/course/sample-course.ts';
import { courseImages } from './course-images.ts';
import { sampleCase, samplePictures } from './sample-case.ts';
import { openStore, rawDatabase, temporaryStore } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

const actor = { actor: 'Dr Example' };
const code = (expected: string) => expect.objectContaining({ code: expected });

/** A course with a follow-up that has two pictures at its lesion. */
const withFollowUp = (store: RecordsStore, { words, size }: { words?: string[]; size?: number } = {}) => {
  const { id } = store.save({ ...sampleCase(), ...samplePictures() }, 'a');
  const body = sampleTimePoint('f1', '2024-04-01', { L1: { state: 'measured', mm: 30 } });
  store.writeCourse(id, [{ kind: 'time-point', id: 'f1', body, base: null }], actor);
  const given = courseImages({ timePointId: 'f1', ...(words ? { words } : {}), ...(size ? { size } : {}) });
  store.writeCourse(id, [given.write], { ...actor, pictures: given.pictures });
  return { id, ...given };
};
const baseOf = (store: RecordsStore, id: string) => store.course(id).revisions[partKey('images', 'f1/lesions')] ?? null;

describe('key images of a time point', () => {
  test('come back with every byte, after the application was closed too', () => {
    const file = join(temporaryFolder(), 'records.db');
    const first = new RecordsStore({ file, key: TEST_KEY });
    const { id, pictures, write } = withFollowUp(first);
    first.close();
    const store = openStore(file);
    expect(store.course(id).images).toStrictEqual([write.body]);
    for (const [picture, bytes] of Object.entries(pictures)) {
      expect(store.picture(id, picture)).toStrictEqual({ mediaType: 'image/webp', bytes });
    }
    // Those of the case are its own.
    expect(store.get(id).keyImages).toHaveLength(2);
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test('are not in the list, and their pixels in no course that is read', () => {
    const store = temporaryStore();
    withFollowUp(store);
    expect(JSON.stringify(store.list())).not.toMatch(/picture|"images"/);
    expect(JSON.stringify(store.course(store.ids()[0] ?? ''))).not.toContain('"picture"');
  });

  test('are superseded like every part: what was shown before can still be shown, and comes back by undo', () => {
    const store = temporaryStore();
    const { id, pictures } = withFollowUp(store);
    const next = courseImages({ timePointId: 'f1', words: ['two', 'three'], base: baseOf(store, id) });
    store.writeCourse(id, [next.write], { ...actor, pictures: next.pictures });
    const before = courseImages({ timePointId: 'f1', base: baseOf(store, id) });
    // Undo hands over no bytes: they are there.
    store.writeCourse(id, [before.write], actor);
    expect(imagesOf(store.course(id), 'f1').map((image) => image.id)).toStrictEqual(Object.keys(pictures));
    expect(store.courseHistory(id, 'images', 'f1/lesions')).toHaveLength(3);
    for (const picture of Object.keys(next.pictures)) expect(store.picture(id, picture).bytes).toHaveLength(600);
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test('whose picture nobody handed over are refused, and so are those of no time point; nothing is changed', () => {
    const store = temporaryStore();
    const { id } = withFollowUp(store);
    const before = store.course(id);
    const missing = courseImages({ timePointId: 'f1', origin: 'kept', words: ['elsewhere'] });
    expect(() => store.writeCourse(id, [missing.write], actor)).toThrow(code('key-image-gone'));
    const wrong = Object.fromEntries(Object.keys(missing.pictures).map((one) => [one, new Uint8Array(600)]));
    expect(() => store.writeCourse(id, [missing.write], { ...actor, pictures: wrong })).toThrow(/not the picture/);
    const lost = courseImages({ timePointId: 'f2' });
    expect(() => store.writeCourse(id, [lost.write], { ...actor, pictures: lost.pictures })).toThrow(
      code('course-refused'),
    );
    expect(store.course(id)).toStrictEqual(before);
  });

  test('have their room, and what is more is refused', () => {
    const store = temporaryStore();
    const { id } = withFollowUp(store, { words: ['large'], size: TIME_POINT_IMAGE_BYTES - 100 });
    const more = courseImages({ timePointId: 'f1', origin: 'kept', words: ['small'], size: 101 });
    expect(() => store.writeCourse(id, [more.write], { ...actor, pictures: more.pictures })).toThrow(
      expect.objectContaining({ code: 'course-refused', params: { problem: 'images-too-large', date: '2024-04-01' } }),
    );
    const fits = courseImages({ timePointId: 'f1', origin: 'kept', words: ['small'], size: 100 });
    store.writeCourse(id, [fits.write], { ...actor, pictures: fits.pictures });
    expect(imagesOf(store.course(id), 'f1')).toHaveLength(2);
  });

  test('cannot be changed or deleted, and are erased with their case', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const { id } = withFollowUp(store);
    store.trash(id, 'a');
    store.close();
    const db = rawDatabase(file);
    expect(() => db.exec(`UPDATE course_pictures SET picture = x'00'`)).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM course_pictures')).toThrow(/never deleted/);
    db.close();
    const again = new RecordsStore({ file, key: TEST_KEY });
    again.erase(id, 'request', 'a');
    expect(again.verify()).toStrictEqual({ intact: true });
    again.close();
    const after = rawDatabase(file);
    expect(after.prepare('SELECT count(*) FROM course_pictures').pluck().get()).toBe(0);
    after.close();
  });

  test('are in a backup, and under another key', async () => {
    const store = temporaryStore();
    const { id, pictures } = withFollowUp(store);
    const [plain, rekeyed] = [join(temporaryFolder(), 'copy.db'), join(temporaryFolder(), 'rekeyed.db')];
    await store.copyTo(plain);
    const newKey = new Uint8Array(32).fill(7);
    await store.copyTo(rekeyed, { underKey: newKey });
    for (const copy of [openStore(plain), new RecordsStore({ file: rekeyed, key: newKey })]) {
      for (const [picture, bytes] of Object.entries(pictures)) {
        expect(copy.picture(id, picture).bytes).toStrictEqual(bytes);
      }
      expect(copy.verify()).toStrictEqual({ intact: true });
      copy.close();
    }
  });

  test('that are damaged take no course with them when a history is mended', async () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const { id, pictures } = withFollowUp(store);
    store.close();
    const [lost = '', kept = ''] = Object.keys(pictures);
    const db = rawDatabase(file);
    db.exec('DROP TRIGGER course_pictures_are_never_changed');
    db.prepare(`UPDATE course_pictures SET picture = x'00' WHERE picture_id = ?`).run(lost);
    db.close();
    expect(openStore(file).verify()).toMatchObject({ intact: false, damagedCases: [id] });
    await salvage({ file, key: TEST_KEY }, { at: '2024-05-01T00:00:00.000Z', actor: 'a' });
    const mended = openStore(file);
    expect(imagesOf(mended.course(id), 'f1')).toHaveLength(2);
    expect(mended.picture(id, kept).bytes).toStrictEqual(pictures[kept]);
    expect(() => mended.picture(id, lost)).toThrow(code('key-image-gone'));
    expect(mended.audit(id).entries.at(-1)).toMatchObject({ action: 'case.mended', detail: { keyImagesLost: 1 } });
  });
});
