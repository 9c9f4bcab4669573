import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { SeriesShift } from '#shared/study/series-shift.ts';
import { appendAudit } from '../../../../../src/main/cases/audit/audit-chain.ts';
import { RecordsStore } from '../../../../../src/main/cases/records-store.ts';
import { caseTables } from '../../../../../src/main/cases/seal/case-tables.ts';
import { sealOf } from '../../../../../src/main/cases/seal/seal.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { courseImages } from '../course-images.ts';
import { sampleReading, sampleStudyOf } from '../readers/sample-study.ts';
import { sampleCase, samplePictures, samplePrediction } from '../sample-case.ts';
import { openStore, rawDatabase } from '../temporary-store.ts';
import { TEST_KEY } from '../test-key.ts';

/** Columns that say nothing about a case: where it stands in a list, and what binds rows to each other. */
const SAYS_NOTHING = new Set([
  'case_list.position',
  'predictions.sequence',
  'course_entries.sequence',
  'key_images.sequence',
  'course_pictures.sequence',
  'board_entries.sequence',
  'readings.sequence',
]);
const FIRST = (table: string) => `WHERE rowid = (SELECT min(rowid) FROM ${table})`;
const TABLES = [
  'cases',
  'case_list',
  'studies',
  'role_assignments',
  'lesions',
  'factors',
  'predictions',
  'key_images',
  'comparisons',
  'secrets',
  'course_entries',
  'course_list',
  'board_entries',
  'board_meetings',
  'course_pictures',
  'series_shifts',
  'readings',
  'reader_studies',
];

/** Whose rows a trigger holds as they are. */
const UNCHANGEABLE = [
  'predictions',
  'secrets',
  'course_entries',
  'board_entries',
  'board_meetings',
  'course_pictures',
  'readings',
  'reader_studies',
];

const columns = (): string[] => {
  const file = join(temporaryFolder(), 'records.db');
  new RecordsStore({ file, key: TEST_KEY }).close();
  const db = rawDatabase(file);
  const named = TABLES.flatMap((table) =>
    (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => `${table}.${name}`),
  );
  db.close();
  return named.filter((name) => !SAYS_NOTHING.has(name));
};

const MOVED: SeriesShift = { seriesId: 's', against: 'a', mm: [3, 0, -5], by: 'a', at: '2024-01-01T00:00:00.000Z' };

const storeWithCase = (): string => {
  const file = join(temporaryFolder(), 'records.db');
  const store = new RecordsStore({ file, key: TEST_KEY });
  const { id } = store.save(
    { ...sampleCase(), ...samplePictures(), modelId: 'b', comparison: samplePrediction('other'), shifts: [MOVED] },
    'a',
  );
  store.secret('deidentification');
  store.writeCourse(id, [{ kind: 'end', id: 'end', body: { date: '2024-05-01', reason: 'E' }, base: null }], {
    actor: 'a',
  });
  const { write, pictures } = courseImages();
  store.writeCourse(id, [write], { actor: 'a', pictures });
  const meeting = { id: 'm', date: '2024-05-02', name: 'Liver board', covered: true, caseIds: [id] };
  store.writeMeeting({ id: 'm', meeting, base: null }, 'a');
  const listing = { question: 'HAIC?', presenter: 'Dr A' };
  store.writeBoard({ kind: 'listing', caseId: id, meetingId: 'm', body: listing, base: null, amendment: 'w' }, 'a');
  const study = sampleStudyOf([id]);
  store.writeReaderStudy({ action: 'readerStudy.begun', study, base: null }, 'a');
  store.lockReading({ studyId: study.id, caseId: id, reader: 'name:a', kind: 'first', body: sampleReading(0.5) }, 'a');
  store.trash(id, 'a');
  store.close();
  return file;
};

/** Another value of the same kind, as an intruder with the key could write it. */
const alter = (db: Database, table: string, column: string): void => {
  const before = db
    .prepare(`SELECT ${column} FROM ${table} ${FIRST(table)}`)
    .pluck()
    .get();
  const after =
    before instanceof Uint8Array
      ? Buffer.from(before).fill(1, 0, 1)
      : typeof before === 'number'
        ? before + 7
        : column === 'body'
          ? JSON.stringify({ ...JSON.parse(String(before)), altered: true })
          : column === 'decision'
            ? 'above-threshold'
            : column === 'source_kind'
              ? 'demo'
              : `${before}-altered`;
  db.prepare(`UPDATE ${table} SET ${column} = ? ${FIRST(table)}`).run(after);
};

const withoutGuards = (file: string): Database => {
  const db = rawDatabase(file);
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  for (const name of UNCHANGEABLE) db.exec(`DROP TRIGGER ${name}_are_never_changed`);
  return db;
};

/** The file of a case whose last seal is of an earlier version. */
const sealedBy = (version: number): string => {
  const file = join(temporaryFolder(), 'records.db');
  const store = new RecordsStore({ file, key: TEST_KEY });
  const { id } = store.save(sampleCase(), 'a');
  store.close();
  const db = rawDatabase(file);
  const detail = { seal: sealOf(db, id, version) };
  appendAudit(db, { at: '2024-01-01T00:00:00.000Z', actor: 'a', action: 'case.sealed', caseId: id, detail });
  db.close();
  return file;
};

describe('a case that was sealed by an earlier version', () => {
  const rowOfKeyImage = `INSERT INTO key_images (case_id, picture_id, body, body_version, picture)
    SELECT id, 'p', '{}', 1, x'00' FROM cases`;
  const rowOfCourse = `INSERT INTO course_entries (case_id, kind, item_id, at, actor, body, body_version)
    SELECT id, 'end', 'end', '2024-01-01', 'a', '{}', 1 FROM cases`;
  const rowOfCourseList = `INSERT INTO course_list (number, case_id, state, outcome_missing, follow_ups, cycles)
    SELECT number, id, 'open', 0, 0, 0 FROM cases`;

  const rowOfCoursePicture = `INSERT INTO course_pictures (case_id, picture_id, media_type, picture)
    SELECT id, 'p', 'image/png', x'00' FROM cases`;

  const rowOfShift = `INSERT INTO series_shifts (case_id, position, series_id, body, body_version)
    SELECT id, 0, 's', '${JSON.stringify(MOVED)}', 1 FROM cases`;

  test.each([
    [7, 'a series that was moved', rowOfShift],
    [6, 'a picture of a course', rowOfCoursePicture],
    [3, 'a key image', rowOfKeyImage],
    [2, 'a key image', rowOfKeyImage],
    [2, 'an entry of a course', rowOfCourse],
    [2, 'what the list says of a course', rowOfCourseList],
    [1, 'a key image', rowOfKeyImage],
  ])('%i verifies, and no longer once %s was put in', (version, _what, sql) => {
    const file = sealedBy(version);
    const before = openStore(file);
    expect(before.verify()).toStrictEqual({ intact: true });
    before.close();
    const db = rawDatabase(file);
    db.exec(sql);
    db.close();
    expect(openStore(file).verify().intact).toBe(false);
  });
});

test('the seal of today covers every table that holds something of a case', () => {
  const file = join(temporaryFolder(), 'records.db');
  new RecordsStore({ file, key: TEST_KEY }).close();
  const db = rawDatabase(file);
  expect(caseTables(db).filter((table) => !TABLES.includes(table))).toStrictEqual([]);
  db.close();
});

describe('a value that was altered with the key in hand is found', () => {
  test('in every column that says something, by the seal', () => {
    const file = storeWithCase();
    const missed: string[] = [];
    for (const column of columns()) {
      const [table = '', name = ''] = column.split('.');
      const db = withoutGuards(file);
      const before = db
        .prepare(`SELECT ${name} FROM ${table} ${FIRST(table)}`)
        .pluck()
        .get();
      alter(db, table, name);
      db.close();
      const store = new RecordsStore({ file, key: TEST_KEY });
      if (store.verify().intact) missed.push(column);
      store.close();
      const back = rawDatabase(file);
      back.pragma('foreign_keys = OFF');
      back.pragma('ignore_check_constraints = ON');
      back.prepare(`UPDATE ${table} SET ${name} = ? ${FIRST(table)}`).run(before);
      for (const table of UNCHANGEABLE) {
        back.exec(
          `CREATE TRIGGER ${table}_are_never_changed BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'x'); END`,
        );
      }
      back.close();
    }
    expect(missed).toStrictEqual([]);
    expect(openStore(file).verify()).toStrictEqual({ intact: true });
  });

  test('and so is a secret, a lesion or a prediction that was taken away', () => {
    for (const table of [
      'secrets',
      'lesions',
      'predictions',
      'key_images',
      'comparisons',
      'series_shifts',
      'case_list',
      'board_entries',
      'board_meetings',
      'readings',
      'reader_studies',
    ]) {
      const file = storeWithCase();
      const db = withoutGuards(file);
      for (const name of ['predictions', 'board_entries', 'board_meetings', 'readings', 'reader_studies']) {
        db.exec(`DROP TRIGGER ${name}_are_never_deleted`);
      }
      db.exec(`DELETE FROM ${table}`);
      db.close();
      expect(openStore(file).verify().intact, table).toBe(false);
    }
  });
});
