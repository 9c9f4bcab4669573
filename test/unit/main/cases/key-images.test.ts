import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase, samplePictures } from './sample-case.ts';
import { openStore, rawDatabase, temporaryStore } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

const saved = (store: RecordsStore, count = 2) => {
  const given = samplePictures(count);
  return { given, kept: store.save({ ...sampleCase(), ...given }, 'a') };
};

describe('the key images of a case', () => {
  test('come back with every byte, after the application was closed too', () => {
    const file = join(temporaryFolder(), 'records.db');
    const first = new RecordsStore({ file, key: TEST_KEY });
    const { given, kept } = saved(first);
    first.close();
    const store = openStore(file);
    expect(store.get(kept.id).keyImages).toStrictEqual(given.keyImages);
    for (const { id } of given.keyImages) expect(store.picture(kept.id, id).bytes).toStrictEqual(given.pictures[id]);
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test('are not in the list, and their pixels in no case that is read', () => {
    const store = temporaryStore();
    const { kept } = saved(store);
    expect(JSON.stringify(store.list())).not.toMatch(/picture|keyImage/);
    expect(Object.keys(kept.keyImages[0] ?? {})).not.toContain('picture');
  });

  test('stay when a save says nothing of them, and are not written again when it names them', () => {
    const file = join(temporaryFolder(), 'records.db');
    const first = new RecordsStore({ file, key: TEST_KEY });
    const { given, kept } = saved(first);
    first.save(sampleCase({ caseId: kept.id, note: 'later' }), 'a');
    const again = first.save(sampleCase({ caseId: kept.id, keyImages: given.keyImages }), 'a');
    expect(again.keyImages).toStrictEqual(given.keyImages);
    first.close();
    const db = rawDatabase(file);
    expect(db.prepare('SELECT sequence FROM key_images ORDER BY sequence').pluck().all()).toStrictEqual([1, 2]);
    db.close();
  });

  test('go one by one, and what was taken away is noted in the audit log', () => {
    const store = temporaryStore();
    const { given, kept } = saved(store);
    const [first, second] = given.keyImages;
    const after = store.save(sampleCase({ caseId: kept.id, keyImages: second ? [second] : [] }), 'a');
    expect(after.keyImages).toStrictEqual([second]);
    expect(() => store.picture(kept.id, first?.id ?? '').bytes).toThrow(
      expect.objectContaining({ code: 'key-image-gone' }),
    );
    expect(store.audit(kept.id).entries.at(-1)?.detail.changes).toMatchObject({ keyImages: { from: 2, to: 1 } });
  });

  test('whose picture nobody handed over are refused, and nothing is changed', () => {
    const store = temporaryStore();
    const { keyImages } = samplePictures();
    expect(() => store.save({ ...sampleCase(), keyImages }, 'a')).toThrow(
      expect.objectContaining({ code: 'key-image-gone' }),
    );
    expect(store.count()).toBe(0);
  });

  test('whose picture is another one are refused', () => {
    const store = temporaryStore();
    const { keyImages, pictures } = samplePictures();
    const wrong = Object.fromEntries(Object.keys(pictures).map((id) => [id, new Uint8Array(700)]));
    expect(() => store.save({ ...sampleCase(), keyImages, pictures: wrong }, 'a')).toThrow(/not the picture/);
    expect(store.count()).toBe(0);
  });
});

describe('a case that was saved since it was opened', () => {
  test('is not overwritten: the error says by whom, when and which revision', () => {
    const store = temporaryStore(() => new Date('2024-02-03T04:05:06.000Z'));
    const first = store.save(sampleCase(), 'Dr First');
    store.save(sampleCase({ caseId: first.id, revision: first.revision, note: 'theirs' }), 'Dr Second');
    const stale = () =>
      store.save(sampleCase({ caseId: first.id, revision: first.revision, note: 'mine' }), 'Dr First');
    expect(stale).toThrow(
      expect.objectContaining({
        code: 'case-changed',
        params: { revision: 2, by: 'Dr Second', at: '2024-02-03T04:05:06.000Z' },
      }),
    );
    expect(store.get(first.id)).toMatchObject({ note: 'theirs', revision: 2 });
    expect(store.audit(first.id).entries).toHaveLength(2);
  });

  test('takes a save that names the present revision', () => {
    const store = temporaryStore();
    const first = store.save(sampleCase(), 'a');
    const second = store.save(sampleCase({ caseId: first.id, revision: 1, note: 'theirs' }), 'b');
    expect(store.save(sampleCase({ caseId: first.id, revision: 2, note: 'both' }), 'a')).toMatchObject({
      note: 'both',
      revision: second.revision + 1,
    });
  });
});

describe('the study of a case that was found again', () => {
  test('is remembered with its audit entry; the case, its revision and its place in the list stay', () => {
    const store = temporaryStore();
    const first = store.save(sampleCase(), 'a');
    store.save(sampleCase({ study: { ...sampleCase().study, studyInstanceUID: '2.25.7' } }), 'a');
    const listed = store.list().cases;
    store.relink(first.id, { kind: 'path', path: '/elsewhere' }, 'Dr B');
    expect(store.get(first.id)).toStrictEqual({ ...first, source: { kind: 'path', path: '/elsewhere' } });
    expect(store.list().cases).toStrictEqual(listed);
    expect(store.audit(first.id).entries.at(-1)).toMatchObject({ action: 'case.relinked', actor: 'Dr B' });
    expect(JSON.stringify(store.audit().entries)).not.toContain('/elsewhere');
    expect(store.verify()).toStrictEqual({ intact: true });
    store.relink(first.id, { kind: 'path', path: '/elsewhere' }, 'Dr B');
    expect(store.audit(first.id).entries).toHaveLength(2);
  });
});
