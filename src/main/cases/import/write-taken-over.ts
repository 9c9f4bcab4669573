import type { Database } from 'better-sqlite3';
import type { CourseWrite } from '#shared/course/course.ts';
import { AppError } from '#shared/errors.ts';
import type { Actor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-chain.ts';
import type { ExportedCase } from '../export/export-tables.ts';
import { listAgain } from '../list/list-row.ts';
import {
  findCaseRow,
  insertPrediction,
  readBaselineSource,
  readCase,
  replaceInputs,
  writeCaseRow,
} from '../rows/case-rows.ts';
import { replaceComparison } from '../rows/comparison-rows.ts';
import { keepCoursePictures, picturesNamed } from '../rows/course-picture-rows.ts';
import { insertEntry, listCourse, readCourse } from '../rows/course-rows.ts';
import { replaceKeyImages } from '../rows/key-image-rows.ts';
import { bodyVersion } from '../rows/stored-bodies.ts';
import { sealOf } from '../seal/seal.ts';

export interface TakenOver {
  one: ExportedCase;
  pictures: Record<string, Uint8Array>;
}

/** Which installation, and when its export was made. */
export interface Origin {
  from: string;
  made: string;
}

/** What boards were asked, shown and decided; their meetings stay where they were. */
const writeBoard = (db: Database, { id, board }: ExportedCase): void => {
  const insert = db.prepare(
    `INSERT INTO board_entries (case_id, meeting_id, kind, at, actor, amendment, body, body_version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { meetingId, kind, at, actor, amendment, body } of board) {
    insert.run(id, meetingId, kind, at, actor, amendment, JSON.stringify(body), bodyVersion(`board ${kind}`));
  }
};

/** What readers said of it; their studies stay where they were. */
const writeReadings = (db: Database, { id, readings }: ExportedCase): void => {
  const insert = db.prepare(
    `INSERT INTO readings (case_id, study_id, reader, kind, at, actor, body, body_version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { studyId, reader, kind, at, actor, body } of readings) {
    insert.run(id, studyId, reader, kind, at, actor, JSON.stringify(body), bodyVersion(`reading ${kind}`));
  }
};

/** Writes a case as it was elsewhere: its revision, dates, predictions and every entry of its course. */
const writeTakenOver = (db: Database, { one, pictures }: TakenOver): void => {
  const { id } = one;
  if (findCaseRow(db, id)) throw new AppError('internal', 'This case is here already and was not taken over.');
  const number = writeCaseRow(db, {
    id,
    revision: one.revision,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    source_kind: one.source.kind,
    source_path: one.source.path,
    base_rate: one.baseRate,
    note: one.note,
    trashed_at: one.trashedAt,
    prediction_outdated: one.predictionOutdated ? 1 : 0,
    model_id: one.modelId ?? null,
  });
  replaceInputs(db, id, one);
  for (const prediction of one.predictions.toReversed()) insertPrediction(db, id, prediction);
  replaceComparison(db, id, one.comparison);
  replaceKeyImages(db, id, one.keyImages, pictures);
  writeBoard(db, one);
  writeReadings(db, one);
  const courseImages = picturesNamed(one.course).filter((image) => pictures[image.id]);
  keepCoursePictures(db, id, courseImages, pictures);
  for (const { kind, id: part, body, at, actor, amendment } of one.course) {
    const write = { kind, id: part, body, base: null } as CourseWrite;
    insertEntry(db, id, write, { at, actor, amendment: amendment ?? undefined });
  }
  const row = findCaseRow(db, id);
  const saved = row && readCase(db, row);
  const source = row && readBaselineSource(db, row);
  if (!saved || !source) throw new AppError('internal', 'A case could not be taken over. Nothing was.');
  if (one.course.length > 0) listCourse(db, number, readCourse(db, id, source));
  listAgain(db, number, saved);
};

/** Keeps cases of another installation, each sealed anew with where it came from; call it inside a transaction. Answers their ids. */
export const takeOverCases = (
  db: Database,
  cases: readonly TakenOver[],
  origin: Origin,
  by: { at: string; actor: Actor },
): string[] => {
  const kept = cases.map((one) => {
    writeTakenOver(db, one);
    const { id, revision } = one.one;
    const detail = { ...origin, revision, seal: sealOf(db, id) };
    appendAudit(db, { ...by, action: 'case.imported', caseId: id, detail });
    return id;
  });
  const detail = { ...origin, cases: kept.length };
  appendAudit(db, { ...by, action: 'records.imported', caseId: null, detail });
  return kept;
};
