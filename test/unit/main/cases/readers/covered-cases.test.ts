import { describe, expect, test } from 'vitest';
import type { ReaderStudy } from '#shared/readers/reader-study.ts';
import { hashPassword } from '../../../../../src/main/cases/users/password.ts';
import { sampleCase } from '../sample-case.ts';
import { temporaryStore } from '../temporary-store.ts';
import { sampleReading, sampleStudyOf } from './sample-study.ts';

const USER = { name: 'Dr U', identity: 'u1' };
const OTHER = { name: 'Dr O', identity: 'u2' };
const reader = (key: string) => ({ key, name: key, seed: 1, left: null });
const READERS = [reader('user:u1'), reader('user:u2')];

const storeWithStudy = (given: Partial<ReaderStudy> = {}, cases = 2) => {
  const store = temporaryStore();
  const ids = Array.from({ length: cases }, (_none, index) => {
    const { study, ...rest } = sampleCase();
    return store.save({ ...rest, study: { ...study, studyInstanceUID: `1.2.${index}` } }, 'a').id;
  });
  const study = sampleStudyOf(ids, { readers: READERS, ...given });
  store.writeReaderStudy({ action: 'readerStudy.begun', study, base: null }, 'a');
  const read = (key: string, caseId: string, kind: 'first' | 'second' = 'first') => {
    const place = { studyId: study.id, caseId, reader: key };
    if (kind === 'first') store.lockReading({ ...place, kind, body: sampleReading(0.5) }, 'a');
    else store.lockReading({ ...place, kind, body: { ...sampleReading(0.5), model: null } }, 'a');
  };
  const again = (change: Partial<ReaderStudy>, action: 'readerStudy.left' | 'readerStudy.closed') => {
    const { base, study: now } = store.readerStudy(study.id);
    store.writeReaderStudy({ action, study: { ...now, ...change }, base }, 'a');
  };
  return { store, ids, read, again };
};

const coveredIds = (store: ReturnType<typeof temporaryStore>, actor: Parameters<typeof store.coveredFor>[0]) =>
  [...store.coveredFor(actor).caseIds].toSorted();

describe('what a reader may not be told of', () => {
  test('is every case of the study until all of them are read, and nothing of it is anybody else’s concern', () => {
    const { store, ids, read } = storeWithStudy();
    const [first = '', second = ''] = ids;
    expect(coveredIds(store, USER)).toStrictEqual(ids.toSorted());
    expect(coveredIds(store, { name: 'Dr X', identity: 'x' })).toStrictEqual([]);
    read('user:u1', first);
    // What became of the first would still be told with the list of it.
    expect(coveredIds(store, USER)).toStrictEqual(ids.toSorted());
    read('user:u1', second);
    expect(coveredIds(store, USER)).toStrictEqual([]);
    expect(coveredIds(store, OTHER)).toStrictEqual(ids.toSorted());
  });

  test('asks for the second look as well where there is one', () => {
    const { store, ids, read } = storeWithStudy({ readings: 2 }, 1);
    const [id = ''] = ids;
    read('user:u1', id);
    expect(coveredIds(store, USER)).toStrictEqual(ids);
    read('user:u1', id, 'second');
    expect(coveredIds(store, USER)).toStrictEqual([]);
  });

  test('ends for who leaves, and for all where the study is closed', () => {
    const { store, ids, again } = storeWithStudy();
    const left = { at: 't', reason: '' };
    again({ readers: [{ ...reader('user:u1'), left }, reader('user:u2')] }, 'readerStudy.left');
    expect(coveredIds(store, USER)).toStrictEqual([]);
    expect(coveredIds(store, OTHER)).toStrictEqual(ids.toSorted());
    again({ closed: { at: 't', by: 'a' } }, 'readerStudy.closed');
    expect(coveredIds(store, OTHER)).toStrictEqual([]);
  });

  test('binds whoever is there, by whatever name, where nobody signs in', () => {
    const { store, ids } = storeWithStudy({ readers: [reader('name:dr a')] });
    for (const name of ['Dr A', 'somebody else', ''])
      expect(coveredIds(store, name), name).toStrictEqual(ids.toSorted());
  });

  test('binds a user by the name that they read by before there were users, and all while no user has that name', async () => {
    const { store, ids } = storeWithStudy({ readers: [reader('name:dr u')] });
    expect(coveredIds(store, OTHER)).toStrictEqual(ids.toSorted());
    const password = await hashPassword('a password of tests', { N: 2 ** 14, r: 1, p: 1 });
    store.users.add({ name: 'Dr U', role: 'administrator', password }, 'a');
    expect(coveredIds(store, USER)).toStrictEqual(ids.toSorted());
    expect(coveredIds(store, OTHER)).toStrictEqual([]);
  });

  test('is also another case of the same images, and a model may not be asked of them anew', () => {
    const { store, ids } = storeWithStudy({}, 1);
    const { study, ...rest } = sampleCase();
    const twin = store.save({ ...rest, study: { ...study, studyInstanceUID: '1.2.0' } }, 'a').id;
    expect(coveredIds(store, USER)).toStrictEqual([...ids, twin].toSorted());
    expect([...store.coveredFor(USER).studyUids]).toStrictEqual(['1.2.0']);
  });

  test('waits for no case that is gone, and tells nothing of an unread one that may come back from the trash', () => {
    const { store, ids, read } = storeWithStudy();
    const [first = '', second = ''] = ids;
    read('user:u1', first);
    store.trash(second, 'a');
    expect(coveredIds(store, USER)).toStrictEqual([second]);
    expect([...store.coveredFor(USER).studyUids]).toStrictEqual(['1.2.1']);
    store.restore(second, 'a');
    expect(coveredIds(store, USER)).toStrictEqual(ids.toSorted());
    store.erasePatient([second], 'a');
    expect(coveredIds(store, USER)).toStrictEqual([]);
  });
});

describe('a reading', () => {
  test('is locked: not read again, not read second before first, not after the end', () => {
    const { store, ids, read, again } = storeWithStudy({ readings: 2 }, 2);
    const [first = '', second = ''] = ids;
    expect(() => read('user:u1', first, 'second')).toThrow(expect.objectContaining({ code: 'reading-first' }));
    read('user:u1', first);
    expect(() => read('user:u1', first)).toThrow(expect.objectContaining({ code: 'reading-locked' }));
    expect(() => read('user:nobody', first)).toThrow(expect.objectContaining({ code: 'reader-study-ended' }));
    again({ closed: { at: 't', by: 'a' } }, 'readerStudy.closed');
    expect(() => read('user:u1', second)).toThrow(expect.objectContaining({ code: 'reader-study-ended' }));
    expect(store.readings(first)).toMatchObject([{ kind: 'first', reader: 'user:u1', body: { probability: 0.5 } }]);
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test('says nothing of what was read in the audit log', () => {
    const { store, ids, read } = storeWithStudy({}, 1);
    read('user:u1', ids[0] ?? '');
    const entry = store.audit().entries.at(-1);
    expect(entry).toMatchObject({ action: 'reading.locked', caseId: ids[0], detail: { study: 'study', as: 'first' } });
    expect(JSON.stringify(entry?.detail)).not.toContain('probability');
  });

  test('goes with its case: erased, nothing of it is left, and the study says so by a case less', () => {
    const { store, ids, read } = storeWithStudy();
    const [first = '', second = ''] = ids;
    read('user:u1', first);
    store.erasePatient([first], 'a');
    expect(store.readingsOfStudy('study')).toStrictEqual([]);
    expect([...store.progressOf(store.readerStudy('study').study).there]).toStrictEqual([second]);
    expect(store.verify()).toStrictEqual({ intact: true });
  });

  test('of a study that was changed by another hand is not overwritten', () => {
    const { store } = storeWithStudy();
    const { study } = store.readerStudy('study');
    expect(() => store.writeReaderStudy({ action: 'readerStudy.closed', study, base: 99 }, 'a')).toThrow(
      expect.objectContaining({ code: 'reader-study-changed' }),
    );
  });
});
