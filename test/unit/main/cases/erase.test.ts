import { createDecipheriv } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { salvage } from '../../../../src/main/cases/damage/salvage.ts';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase, samplePrediction, sampleStudy } from './sample-case.ts';
import { openStore, rawDatabase, temporaryStore } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

const PAGE = 4096;
const MAC = 64;
const IV = 16;

/** Everything that a hand with the key finds in a file (SQLCipher 4), free pages and search tables included. */
const plainBytes = (file: string): Buffer => {
  const bytes = readFileSync(file);
  const pages: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += PAGE) {
    const end = at + PAGE - MAC - IV;
    const decipher = createDecipheriv('aes-256-cbc', TEST_KEY, bytes.subarray(end, end + IV)).setAutoPadding(false);
    // Salt and the readable part of the header.
    pages.push(decipher.update(bytes.subarray(at === 0 ? 24 : at, end)));
  }
  return Buffer.concat(pages);
};

describe('an erased case', () => {
  test('leaves nothing that names the patient anywhere in the file, and a tombstone that says so', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    store.save(sampleCase({ study: sampleStudy('Other^Person', 'P-0002') }), 'a');
    const { id } = store.save(sampleCase(), 'a');
    store.save(sampleCase({ caseId: id, note: 'Erika said', prediction: samplePrediction('two') }), 'a');
    expect(() => store.erase(id, 'request', 'a')).toThrow(expect.objectContaining({ code: 'case-not-in-trash' }));
    store.trash(id, 'a');
    store.erase(id, 'request', 'Dr Example');
    expect(() => store.get(id)).toThrow(expect.objectContaining({ code: 'case-not-found' }));
    expect([store.list({ trashed: true }).total, store.list({ text: 'muster' }).total, store.count()]).toStrictEqual([
      0, 0, 1,
    ]);
    expect(store.tombstones).toMatchObject([{ case_id: id, reason: 'request' }]);
    expect(store.auditPage({ caseId: id }).entries[0]).toMatchObject({ action: 'case.erased', actor: 'Dr Example' });
    expect(store.verify()).toStrictEqual({ intact: true });
    store.close();
    const bytes = plainBytes(file);
    expect(bytes.includes('Other')).toBe(true);
    for (const word of ['Muster', 'muster', 'Erika', 'erika', 'P-0001', 'p-0001'])
      expect(bytes.includes(word), word).toBe(false);
  });

  test('that is put back behind its tombstone, or whose tombstone is taken away, is found', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const { id } = store.save(sampleCase(), 'a');
    store.trash(id, 'a');
    store.erase(id, 'trash', 'haicast');
    store.close();
    const db = rawDatabase(file);
    db.exec('DROP TRIGGER tombstones_are_never_deleted; DELETE FROM tombstones');
    db.close();
    expect(openStore(file).verify()).toMatchObject({ intact: false, damagedCases: [id] });
  });

  test('is not listed as damaged in a damaged file, and stays erased when that is mended', async () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const kept = store.save(sampleCase(), 'a');
    const { id } = store.save(sampleCase(), 'a');
    store.trash(id, 'a');
    store.erase(id, 'request', 'a');
    store.close();
    expect(await salvage({ file, key: TEST_KEY }, { at: '2026-01-01T00:00:00.000Z', actor: 'a' })).toStrictEqual({
      kept: 1,
      lost: [],
    });
    const mended = openStore(file);
    expect(mended.list().cases.map((one) => one.id)).toStrictEqual([kept.id]);
    expect(mended.tombstones).toMatchObject([{ case_id: id }]);
    expect(mended.verify()).toStrictEqual({ intact: true });
  });
});

test('the trash is emptied of what has lain in it long enough, with an entry for each, and of nothing else', () => {
  let now = new Date('2026-01-01T00:00:00.000Z');
  const store = temporaryStore(() => now);
  const old = store.save(sampleCase(), 'a').id;
  const young = store.save(sampleCase(), 'a').id;
  store.save(sampleCase(), 'a');
  store.trash(old, 'a');
  now = new Date('2026-01-20T00:00:00.000Z');
  store.trash(young, 'a');
  expect(store.emptyTrash('2026-01-10T00:00:00.000Z', 'haicast', 100)).toBe(1);
  expect(store.list({ trashed: true }).cases.map(({ id }) => id)).toStrictEqual([young]);
  expect(store.count()).toBe(1);
  expect(store.auditPage({ action: 'case.erased' }).entries).toMatchObject([{ caseId: old, actor: 'haicast' }]);
});

/** A hand that lets one case never leave, so that what is done to many of them fails on the way. */
const keepStuck = (file: string, id: string): void => {
  const db = rawDatabase(file);
  db.exec(`CREATE TRIGGER stuck BEFORE DELETE ON cases WHEN OLD.id = '${id}' BEGIN SELECT RAISE(ABORT, 'stuck'); END;
    CREATE TRIGGER stuck_too BEFORE UPDATE ON cases WHEN OLD.id = '${id}' BEGIN SELECT RAISE(ABORT, 'stuck'); END;`);
  db.close();
};

test('many cases are erased some at a time, the oldest first, and of some all or none', () => {
  const file = join(temporaryFolder(), 'records.db');
  let now = new Date('2026-01-01T00:00:00.000Z');
  const store = new RecordsStore({ file, key: TEST_KEY, now: () => now });
  const ids = [0, 1, 2].map(() => {
    now = new Date(now.getTime() + 1_000);
    const { id } = store.save(sampleCase(), 'a');
    store.trash(id, 'a');
    return id;
  });
  store.close();
  keepStuck(file, ids[2] ?? '');
  const again = openStore(file);
  const trash = () => again.list({ trashed: true }).cases.map(({ id }) => id);
  const before = '2026-02-01T00:00:00.000Z';
  expect(() => again.emptyTrash(before, 'haicast', 3)).toThrow();
  expect([trash().length, again.tombstones]).toStrictEqual([3, []]);
  expect(again.emptyTrash(before, 'haicast', 2)).toBe(2);
  expect(trash()).toStrictEqual([ids[2]]);
  expect(again.verify()).toStrictEqual({ intact: true });
});

test('many cases are moved to the trash and back all or none', () => {
  const file = join(temporaryFolder(), 'records.db');
  const store = new RecordsStore({ file, key: TEST_KEY });
  const ids = [0, 1, 2].map(() => store.save(sampleCase(), 'a').id);
  const stuck = ids[2] ?? '';
  store.close();
  keepStuck(file, stuck);
  const again = openStore(file);
  expect(() => again.trashAll(ids, 'a')).toThrow();
  expect(again.count()).toBe(3);
  again.trashAll(ids.slice(0, 2), 'a');
  expect(again.count()).toBe(1);
  expect(() => again.restoreAll([...ids.slice(0, 2), 'no case'], 'a')).toThrow();
  expect(again.count()).toBe(1);
});

test.skipIf(process.platform === 'win32')(
  'the file and its log are for their owner only, whatever the process gives (left out on Windows)',
  () => {
    const file = join(temporaryFolder(), 'records.db');
    const before = process.umask(0o000);
    try {
      const store = openStore(file);
      store.save(sampleCase(), 'a');
      for (const end of ['', '-wal']) expect(statSync(`${file}${end}`).mode & 0o777, end).toBe(0o600);
    } finally {
      process.umask(before);
    }
  },
);
