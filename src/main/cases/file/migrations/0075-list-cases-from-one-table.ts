import type { Database } from 'better-sqlite3';
import { shortTermsOf } from '../../list/short-terms.ts';
import type { Migration } from './migration.ts';

const fillSearch = (db: Database): void => {
  const rows = db.prepare('SELECT l.position, s.text FROM case_list l JOIN case_search_before s ON s.rowid = l.number');
  const long = db.prepare('INSERT INTO case_search (rowid, text) VALUES (?, ?)');
  const short = db.prepare('INSERT INTO case_search_short (rowid, terms) VALUES (?, ?)');
  for (const { position, text } of rows.all() as { position: number; text: string }[]) {
    long.run(position, text);
    short.run(position, shortTermsOf(text));
  }
};

/**
 * What the list of cases shows, in one narrow row a case: a page of a long history is read along one index, without its
 * bodies. `position` is given anew at every save, so the greatest is the newest, and it is the rowid of both search
 * tables: these then answer in the order of the list and can stop at the end of a page. Terms of one or two characters,
 * which trigrams cannot find, have a table of their own.
 */
export const listCasesFromOneTable: Migration = {
  version: 75,
  name: 'list cases from one table',
  up: (db) => {
    db.exec(`
    CREATE TABLE case_list (
      position INTEGER PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE REFERENCES cases (number),
      id TEXT NOT NULL UNIQUE REFERENCES cases (id),
      updated_at TEXT NOT NULL,
      trashed_at TEXT,
      trashed INTEGER NOT NULL GENERATED ALWAYS AS (trashed_at IS NOT NULL),
      study_instance_uid TEXT NOT NULL,
      patient_name TEXT NOT NULL,
      patient_id TEXT NOT NULL,
      study_date TEXT,
      study_description TEXT,
      decision TEXT,
      predicted INTEGER NOT NULL GENERATED ALWAYS AS (decision IS NOT NULL),
      probability REAL,
      interval_level REAL,
      interval_low REAL,
      interval_high REAL,
      model_id TEXT,
      model_version TEXT,
      model_status TEXT
    ) STRICT;
    INSERT INTO case_list (position, number, id, updated_at, trashed_at, study_instance_uid, patient_name, patient_id, study_date,
        study_description, decision, probability, interval_level, interval_low, interval_high, model_id, model_version,
        model_status)
      SELECT row_number() OVER (ORDER BY c.updated_at, c.number), c.number, c.id, c.updated_at, c.trashed_at,
        s.study_instance_uid, s.patient_name, s.patient_id, s.study_date, s.study_description, p.decision, p.probability,
        json_extract(p.body, '$.interval.level'), json_extract(p.body, '$.interval.low'),
        json_extract(p.body, '$.interval.high'), p.model_id, p.model_version, p.model_status
      FROM cases c JOIN studies s ON s.case_id = c.id
      LEFT JOIN predictions p ON c.prediction_outdated = 0
        AND p.sequence = (SELECT max(sequence) FROM predictions WHERE case_id = c.id);
    CREATE INDEX case_list_by_trash ON case_list (trashed, position);
    CREATE INDEX case_list_by_status ON case_list (trashed, predicted, position);
    CREATE INDEX case_list_by_decision ON case_list (trashed, decision, position);
    CREATE INDEX case_list_by_study ON case_list (study_instance_uid, trashed, position);
    DROP INDEX cases_by_update;
    ALTER TABLE case_search RENAME TO case_search_before;
    CREATE VIRTUAL TABLE case_search USING fts5 (text, tokenize = 'trigram case_sensitive 1');
    CREATE VIRTUAL TABLE case_search_short USING fts5 (
      terms, tokenize = 'ascii', detail = 'none', content = '', contentless_delete = 1
    );`);
    fillSearch(db);
    db.exec('DROP TABLE case_search_before');
  },
};
