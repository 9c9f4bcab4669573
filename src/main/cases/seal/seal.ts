import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { prepared } from '../sql/prepared.ts';
import { hashOf } from './canonical-json.ts';
import { caseTables, quoted } from './case-tables.ts';

/** What a case held when it was sealed, as a hash in the audit log's entry; `version` says what it covers. */
export interface Seal {
  version: number;
  hash: string;
}

type Row = Record<string, unknown>;

const parsedBodies = (db: Database, sql: string, id: string): unknown[] =>
  db
    .prepare(sql)
    .pluck()
    .all(id)
    .map((body) => JSON.parse(String(body)));

/**
 * Version 1, of the schemas up to 60, where it stood as `contentHash`: the bodies and most of the case's own columns.
 * Not covered: whether the prediction is outdated, the columns of the list, dates. Kept to verify what was sealed then.
 */
const sealOne = (db: Database, id: string): string | undefined => {
  const row = db.prepare('SELECT * FROM cases WHERE id = ?').get(id) as Row | undefined;
  if (!row) return undefined;
  const factors = db.prepare('SELECT factor_id, body FROM factors WHERE case_id = ? ORDER BY position').all(id) as {
    factor_id: string;
    body: string;
  }[];
  return hashOf({
    source: { kind: row.source_kind, path: row.source_path },
    study: parsedBodies(db, 'SELECT body FROM studies WHERE case_id = ?', id)[0],
    roles: parsedBodies(db, 'SELECT body FROM role_assignments WHERE case_id = ? ORDER BY position', id),
    lesions: parsedBodies(db, 'SELECT body FROM lesions WHERE case_id = ? ORDER BY position', id),
    factors: Object.fromEntries(factors.map(({ factor_id, body }) => [factor_id, JSON.parse(body)])),
    baseRate: row.base_rate,
    note: row.note,
    trashedAt: row.trashed_at,
    predictions: parsedBodies(db, 'SELECT body FROM predictions WHERE case_id = ? ORDER BY sequence DESC', id),
  });
};

/** Every stored column that says something about a case, by table. Named one by one: a later column is a later version. */
const COVERED_BY_TWO = {
  cases: `SELECT number, id, revision, created_at, updated_at, source_kind, source_path, base_rate, note, trashed_at,
      prediction_outdated FROM cases WHERE id = ?`,
  case_list: `SELECT number, id, updated_at, trashed_at, study_instance_uid, patient_name, patient_id, study_date, study_description, decision,
      probability, interval_level, interval_low, interval_high, model_id, model_version, model_status
      FROM case_list WHERE id = ?`,
  studies: `SELECT study_instance_uid, patient_name, patient_id, study_date, study_description, body, body_version
      FROM studies WHERE case_id = ?`,
  role_assignments: `SELECT position, role, series_id, body, body_version FROM role_assignments WHERE case_id = ?
      ORDER BY position`,
  lesions: 'SELECT position, lesion_id, body, body_version FROM lesions WHERE case_id = ? ORDER BY position',
  factors: 'SELECT position, factor_id, body, body_version FROM factors WHERE case_id = ? ORDER BY position',
  predictions: `SELECT id, created_at, model_id, model_version, model_status, probability, decision, body, body_version,
      hex(map_values) AS map_values FROM predictions WHERE case_id = ? ORDER BY sequence`,
} as const;

/** Version 3 covers the course as well. */
const COVERED_BY_THREE = {
  ...COVERED_BY_TWO,
  course_entries: `SELECT sequence, kind, item_id, at, actor, amendment, body, body_version FROM course_entries
      WHERE case_id = ? ORDER BY sequence`,
  course_list: `SELECT number, case_id, state, follow_up_due, outcome_missing, follow_ups, cycles, best_recist, best_mrecist
      FROM course_list WHERE case_id = ?`,
} as const;

const sealOver =
  (tables: Readonly<Record<string, string>>) =>
  (db: Database, id: string): string | undefined => {
    const covered = Object.entries(tables).map(([table, sql]) => [table, prepared(db, sql).all(id)] as const);
    return covered.every(([, rows]) => rows.length === 0) ? undefined : hashOf(Object.fromEntries(covered));
  };

const pictureHash = (picture: unknown): string =>
  createHash('sha256')
    .update(picture instanceof Uint8Array ? picture : '')
    .digest('hex');

const sealThree = sealOver(COVERED_BY_THREE);

/** Version 4: what the third covers, and the key images with every byte of their pictures. */
const sealFour = (db: Database, id: string): string | undefined => {
  const rest = sealThree(db, id);
  if (rest === undefined) return undefined;
  const images = prepared(
    db,
    'SELECT picture_id, body, body_version, picture FROM key_images WHERE case_id = ? ORDER BY sequence',
  ).all(id) as Row[];
  return hashOf({ rest, key_images: images.map((row) => ({ ...row, picture: pictureHash(row.picture) })) });
};

const BOARD_ROWS = `SELECT sequence, meeting_id, kind, at, actor, amendment, body, body_version FROM board_entries
  WHERE case_id = ? ORDER BY sequence`;

/** Version 5: what the fourth covers, and what the tumour board was asked, shown and decided. */
const sealFive = (db: Database, id: string): string | undefined => {
  const rest = sealFour(db, id);
  return rest === undefined ? undefined : hashOf({ rest, board_entries: db.prepare(BOARD_ROWS).all(id) });
};

/** Version 6: what the fifth covers, the chosen model, and what another one says. */
const sealSix = (db: Database, id: string): string | undefined => {
  const rest = sealFive(db, id);
  if (rest === undefined) return undefined;
  return hashOf({
    rest,
    model_id: prepared(db, 'SELECT model_id FROM cases WHERE id = ?').pluck().all(id),
    comparisons: prepared(
      db,
      'SELECT case_id, body, body_version, hex(map_values) AS map_values FROM comparisons WHERE case_id = ?',
    ).all(id),
  });
};

/** Version 7: what the sixth covers, and the pictures of the course with every byte. */
const sealSeven = (db: Database, id: string): string | undefined => {
  const rest = sealSix(db, id);
  if (rest === undefined) return undefined;
  const pictures = prepared(
    db,
    'SELECT picture_id, media_type, picture FROM course_pictures WHERE case_id = ? ORDER BY picture_id',
  ).all(id) as Row[];
  return hashOf({ rest, course_pictures: pictures.map((row) => ({ ...row, picture: pictureHash(row.picture) })) });
};

/** Version 8: what the seventh covers, and the series that were moved by hand. */
const sealEight = (db: Database, id: string): string | undefined => {
  const rest = sealSeven(db, id);
  if (rest === undefined) return undefined;
  const shifts =
    'SELECT position, series_id, body, body_version FROM series_shifts WHERE case_id = ? ORDER BY position';
  return hashOf({ rest, series_shifts: prepared(db, shifts).all(id) });
};

const READINGS = `SELECT sequence, study_id, reader, kind, at, actor, body, body_version FROM readings
  WHERE case_id = ? ORDER BY sequence`;

/** Version 9: what the eighth covers, and what readers of studies said. */
const sealNine = (db: Database, id: string): string | undefined => {
  const rest = sealEight(db, id);
  return rest === undefined ? undefined : hashOf({ rest, readings: prepared(db, READINGS).all(id) });
};

/** Of a case that was erased: its tombstone, and that nothing else of it is there. */
const ERASED = 0;

const sealErased = (db: Database, id: string): string | undefined => {
  const tombstone = db.prepare('SELECT case_id, erased_at, reason FROM tombstones WHERE case_id = ?').get(id);
  const tables = [['cases', 'id'], ['case_list', 'id'], ...caseTables(db).map((table) => [table, 'case_id'])];
  const isGone = tables.every(
    ([table = '', column = '']) => !db.prepare(`SELECT 1 FROM ${quoted(table)} WHERE ${column} = ? LIMIT 1`).get(id),
  );
  return tombstone && isGone ? hashOf(tombstone) : undefined;
};

export const sealOfErased = (db: Database, id: string): Seal | undefined => sealOf(db, id, ERASED);

/** Released versions are never edited: what they sealed is verified by them. */
const versions: Record<number, (db: Database, id: string) => string | undefined> = {
  [ERASED]: sealErased,
  1: sealOne,
  2: sealOver(COVERED_BY_TWO),
  3: sealThree,
  4: sealFour,
  5: sealFive,
  6: sealSix,
  7: sealSeven,
  8: sealEight,
  9: sealNine,
};
const PRESENT_VERSION = 9;

/** Undefined where nothing of this case is there. */
export const sealOf = (db: Database, id: string, version = PRESENT_VERSION): Seal | undefined => {
  const hash = versions[version]?.(db, id);
  return hash === undefined ? undefined : { version, hash };
};

/** The seal that an audit entry holds, if it does. */
export const sealIn = (detail: Record<string, unknown>): Seal | undefined => {
  if (typeof detail.contentHash === 'string') return { version: 1, hash: detail.contentHash };
  const { seal } = detail;
  if (typeof seal !== 'object' || seal === null || !('version' in seal) || !('hash' in seal)) return undefined;
  return { version: Number(seal.version), hash: String(seal.hash) };
};

/** The version of the seal that first covered a table; the others were covered from the beginning. */
const SEALED_SINCE: Readonly<Record<string, number>> = {
  course_entries: 3,
  course_list: 3,
  key_images: 4,
  board_entries: 5,
  comparisons: 6,
  course_pictures: 7,
  series_shifts: 8,
  readings: 9,
};
const MODEL_SEALED_SINCE = 6;

const hasRows = (db: Database, table: string, id: string): boolean =>
  prepared(db, `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !== undefined &&
  prepared(db, `SELECT 1 FROM ${table} WHERE case_id = ? LIMIT 1`).get(id) !== undefined;

/** A case that was sealed before there was a table has no rows in it: what is there all the same was put in by another hand. */
const hasUnsealedRows = (db: Database, id: string, version: number): boolean =>
  Object.entries(SEALED_SINCE).some(([table, since]) => version < since && hasRows(db, table, id));

/** The same of the chosen model, which came with the table of comparisons. */
const hasUnsealedModel = (db: Database, id: string, version: number): boolean =>
  version < MODEL_SEALED_SINCE &&
  prepared(db, `SELECT 1 FROM pragma_table_info('cases') WHERE name = 'model_id'`).get() !== undefined &&
  prepared(db, 'SELECT 1 FROM cases WHERE id = ? AND model_id IS NOT NULL').get(id) !== undefined;

/** Is the case, stored as it is now, what was sealed? A version that this code does not know is not. */
export const holdsSeal = (db: Database, id: string, seal: Seal): boolean =>
  sealOf(db, id, seal.version)?.hash === seal.hash &&
  !hasUnsealedRows(db, id, seal.version) &&
  !hasUnsealedModel(db, id, seal.version);

/** Is the case what the last entry about it that holds a seal says? */
export const holdsLastSeal = (db: Database, id: string): boolean => {
  const details = db.prepare('SELECT detail FROM audit_log WHERE case_id = ? ORDER BY sequence DESC').pluck();
  for (const detail of details.iterate(id)) {
    const seal = sealIn(JSON.parse(String(detail)) as Record<string, unknown>);
    if (seal) return holdsSeal(db, id, seal);
  }
  return false;
};

/** Secrets are sealed by their hash: 32 random bytes are not found from it. */
export const secretSeal = (name: string, value: Uint8Array, createdAt: string): string =>
  hashOf({ name, value: Buffer.from(value).toString('hex'), createdAt });
