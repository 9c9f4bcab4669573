import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BINDING_SINCE } from '../../../../src/main/cases/file/log-binding.ts';
import { migrate } from '../../../../src/main/cases/file/migrate.ts';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { insertCase } from './file/migrations/at-version.ts';
import { sampleCase, samplePrediction } from './sample-case.ts';
import { openStore, rawDatabase } from './temporary-store.ts';
import { TEST_KEY } from './test-key.ts';

/** Every file of a folder with the hash of its bytes. */
const snapshot = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );

const refusal = (file: string): unknown => {
  try {
    new RecordsStore({ file, key: TEST_KEY }).close();
    return undefined;
  } catch (error) {
    return error;
  }
};

const closedStore = (): { file: string; folder: string } => {
  const folder = temporaryFolder();
  const file = join(folder, 'records.db');
  const store = new RecordsStore({ file, key: TEST_KEY });
  store.save(sampleCase(), 'a');
  store.close();
  return { file, folder };
};

/** A change by a second hand that stays in the log: as a crash between commit and checkpoint leaves it. */
const leaveInLog = (file: string, sql: string, into: string): void => {
  mkdirSync(into, { recursive: true });
  const db = rawDatabase(file);
  db.pragma('journal_mode = WAL');
  db.pragma('wal_autocheckpoint = 0');
  db.exec(sql);
  for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, join(into, `records.db${end}`));
  db.close();
};

const NEXT_CHANGE = (base: string) =>
  `BEGIN; UPDATE log_binding SET bases = json_array(${base}); PRAGMA application_id = 77; UPDATE cases SET note = 'in the log'; COMMIT`;
const applicationIdOf = (file: string): number => {
  const db = rawDatabase(file);
  const id = Number(db.pragma('application_id', { simple: true }));
  db.close();
  return id;
};

describe('what was acknowledged', () => {
  test('is in records.db itself: a copy of it alone, of a running session, holds every case', () => {
    const file = join(temporaryFolder(), 'records.db');
    const store = openStore(file);
    for (let n = 0; n < 5; n++) {
      store.save(sampleCase({ prediction: samplePrediction(`p${n}`) }), 'a');
      expect(statSync(`${file}-wal`).size).toBe(0);
    }
    const copy = join(temporaryFolder(), 'records.db');
    copyFileSync(file, copy);
    expect(openStore(copy).count()).toBe(5);
  });
});

describe('a log beside a file', () => {
  test('that it belongs to is taken over', () => {
    const { file, folder } = closedStore();
    const crashed = join(folder, 'crashed');
    leaveInLog(file, NEXT_CHANGE(String(applicationIdOf(file))), crashed);
    const store = openStore(join(crashed, 'records.db'));
    expect(store.recovered).toBe(true);
    expect(store.get(store.list().cases[0]?.id ?? '').note).toBe('in the log');
  });

  test('of another state of the same history is refused, and neither is touched, however often it is tried', () => {
    const { file, folder } = closedStore();
    const backup = readFileSync(file);
    const store = new RecordsStore({ file, key: TEST_KEY });
    store.save(sampleCase(), 'a');
    store.save(sampleCase(), 'a');
    store.close();
    const crashed = join(folder, 'crashed');
    leaveInLog(file, NEXT_CHANGE(String(applicationIdOf(file))), crashed);
    const broken = join(crashed, 'records.db');
    // The advice after a crash: records.db is put back from a backup, and its log is forgotten.
    writeFileSync(broken, backup);
    const before = snapshot(crashed);
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(refusal(broken)).toMatchObject({ code: 'records-log-foreign' });
      expect(snapshot(crashed)).toStrictEqual(before);
    }
    rmSync(`${broken}-wal`);
    expect(openStore(broken).count()).toBe(1);
  });

  test('without the file is refused and kept', () => {
    const { file, folder } = closedStore();
    const crashed = join(folder, 'crashed');
    leaveInLog(file, NEXT_CHANGE('1'), crashed);
    rmSync(join(crashed, 'records.db'));
    const before = snapshot(crashed);
    expect(refusal(join(crashed, 'records.db'))).toMatchObject({ code: 'records-log-foreign' });
    expect(snapshot(crashed)).toStrictEqual(before);
  });

  test('of a schema before the binding is taken over', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'records.db');
    const db = rawDatabase(file);
    migrate(db, BINDING_SINCE - 1);
    insertCase(db, 'one');
    db.close();
    const crashed = join(folder, 'crashed');
    leaveInLog(file, `UPDATE cases SET note = 'in the log'`, crashed);
    const store = new RecordsStore({ file: join(crashed, 'records.db'), key: TEST_KEY });
    expect(store.recovered).toBe(true);
    store.close();
    const after = rawDatabase(join(crashed, 'records.db'));
    expect(after.prepare('SELECT note FROM cases').pluck().all()).toStrictEqual(['in the log']);
    after.close();
  });
});

describe('what is refused is left byte for byte', () => {
  test('a newer file, by its own version or by that in its log', () => {
    const { file, folder } = closedStore();
    const inLog = join(folder, 'in-log');
    leaveInLog(
      file,
      `BEGIN; UPDATE log_binding SET bases = json_array(${applicationIdOf(file)}); PRAGMA application_id = 9; PRAGMA user_version = 9990; COMMIT`,
      inLog,
    );
    const db = rawDatabase(file);
    db.pragma('user_version = 9990');
    db.close();
    for (const place of [file, join(inLog, 'records.db')]) {
      const before = snapshot(dirname(place));
      expect(refusal(place)).toMatchObject({ code: 'records-newer', params: { present: 9990 } });
      expect(snapshot(dirname(place))).toStrictEqual(before);
    }
  });

  test('an empty file, and one of another key', () => {
    const { file, folder } = closedStore();
    writeFileSync(join(folder, 'empty.db'), '');
    const before = snapshot(folder);
    expect(refusal(join(folder, 'empty.db'))).toMatchObject({ code: 'records-corrupt' });
    expect(() => new RecordsStore({ file, key: new Uint8Array(32).fill(8) })).toThrow(
      expect.objectContaining({ code: 'records-corrupt' }),
    );
    expect(snapshot(folder)).toStrictEqual(before);
    expect(existsSync(`${file}-shm`)).toBe(false);
  });
});
