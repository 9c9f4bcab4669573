import type { Database } from 'better-sqlite3';
import BetterSqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';

/** An empty record file as the version before a migration left it. */
export const databaseAt = (version: number): Database => {
  const db = new BetterSqlite(':memory:');
  onTestFinished(() => {
    db.close();
  });
  db.pragma('foreign_keys = ON');
  migrate(db, version);
  return db;
};

export const insertCase = (db: Database, id: string): void => {
  db.prepare(
    `INSERT INTO cases (id, revision, created_at, updated_at, source_kind, source_path, note) VALUES (?, 1, 't', 't', 'path', '/a', '')`,
  ).run(id);
  db.prepare(
    `INSERT INTO studies (case_id, study_instance_uid, patient_name, patient_id, body) VALUES (?, '1.2', 'A', 'B', '{}')`,
  ).run(id);
};

export const insertPrediction = (db: Database, caseId: string, id: string): void => {
  db.prepare(
    `INSERT INTO predictions (id, case_id, created_at, model_id, model_version, model_status, probability, decision, body)
     VALUES (?, ?, 't', 'm', '1', 'simulated', 0.5, 'above-threshold', '{}')`,
  ).run(id, caseId);
};

export const tablesOf = (db: Database): string[] =>
  db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all() as string[];
