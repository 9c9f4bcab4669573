import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { SavedCase } from '#shared/cases/case.ts';
import type { CaseWithoutImages } from '#shared/course/without-images.ts';
import { AppError } from '#shared/errors.ts';
import type { Actor } from './audit/actor.ts';
import { appendAudit, lastSave } from './audit/audit-chain.ts';
import { describeChanges, describePrediction } from './describe-changes.ts';
import { listAgain } from './list/list-row.ts';
import { type CaseRow, insertPrediction, replaceInputs, writeCaseRow } from './rows/case-rows.ts';
import { type CaseToSave, caseToSaveSchema } from './rows/case-to-save.ts';
import { replaceComparison } from './rows/comparison-rows.ts';
import { replaceKeyImages } from './rows/key-image-rows.ts';
import { knownBaseline, knownCase, knownRow } from './rows/known-case.ts';
import { sealOf } from './seal/seal.ts';
import { writeCourse } from './write-course.ts';

/** Of a change, for its audit entry. */
export interface ChangedBy {
  /** ISO 8601. */
  at: string;
  actor: Actor;
}

/** Throws `internal` where the program itself hands over what is no case. */
export const assertCaseToSave = (input: CaseToSave): CaseToSave => {
  const valid = caseToSaveSchema.safeParse(input);
  if (valid.success) return valid.data;
  throw new AppError('internal', 'The case does not fit its own description and was not saved.', {
    detail: valid.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; '),
  });
};

/** Somebody else has saved since: nothing of theirs is overwritten unseen. Throws `case-changed`. */
export const refuseStale = (db: Database, row: CaseRow, revision: number | undefined): void => {
  if (revision === undefined || revision === row.revision) return;
  const { actor, at } = lastSave(db, row.id) ?? { actor: '', at: row.updated_at };
  throw new AppError(
    'case-changed',
    'This case was saved from another window since it was opened here. Nothing was changed. Compare both, then save.',
    { params: { revision: row.revision, by: actor, at } },
  );
};

/**
 * Keeps a new case, or a new revision of the one with `caseId`; call it inside a transaction. A prediction that is already kept
 * is not kept twice. Throws `case-not-found`, `case-changed`, `prediction-superseded`.
 */
export const saveCase = (db: Database, input: CaseToSave, { at, actor }: ChangedBy): SavedCase => {
  const present = input.caseId === undefined ? undefined : knownRow(db, input.caseId);
  if (present) refuseStale(db, present, input.revision);
  const before = present && knownCase(db, present);
  const id = present?.id ?? randomUUID();
  const revision = (present?.revision ?? 0) + 1;
  const kept = before?.predictions ?? [];
  const { prediction } = input;
  const isNew = prediction !== undefined && !kept.some((one) => one.id === prediction.id);
  if (prediction !== undefined && !isNew && kept[0]?.id !== prediction.id) {
    throw new AppError(
      'prediction-superseded',
      'A newer prediction has superseded this one. Predict again, then save.',
    );
  }
  const number = writeCaseRow(db, {
    id,
    revision,
    created_at: present?.created_at ?? at,
    updated_at: at,
    source_kind: input.source.kind,
    source_path: input.source.path,
    base_rate: input.baseRate,
    note: input.note,
    trashed_at: present?.trashed_at ?? null,
    prediction_outdated: prediction === undefined && kept.length > 0 ? 1 : 0,
    model_id: input.modelId ?? null,
  });
  replaceInputs(db, id, input);
  if (isNew) insertPrediction(db, id, prediction);
  replaceComparison(db, id, input.comparison);
  if (input.keyImages) replaceKeyImages(db, id, input.keyImages, input.pictures ?? {});
  const after = knownCase(db, knownRow(db, id));
  listAgain(db, number, after);
  appendAudit(db, {
    at,
    actor,
    action: present ? 'case.saved' : 'case.created',
    caseId: id,
    detail: {
      revision,
      changes: describeChanges(before, after),
      ...(isNew ? { prediction: describePrediction(prediction, kept[0]) } : {}),
      seal: sealOf(db, id),
    },
  });
  return after;
};

/** Keeps a case without images together with its course; call it inside a transaction. Answers its id. */
export const keepWithoutImages = (
  db: Database,
  { source, study, factors, writes }: CaseWithoutImages,
  by: ChangedBy,
): string => {
  const { id } = saveCase(db, { source, study, factors, roles: [], lesions: [], baseRate: null, note: '' }, by);
  const row = knownRow(db, id);
  writeCourse(db, row, knownBaseline(db, row), writes, { ...by, amendment: undefined });
  return id;
};

/** Remembers where the images of a case are now; the case itself is what it was. Call it inside a transaction. */
export const relinkCase = (db: Database, id: string, { kind, path }: SavedCase['source'], by: ChangedBy): void => {
  const row = knownRow(db, id);
  if (row.source_kind === kind && row.source_path === path) return;
  db.prepare('UPDATE cases SET source_kind = ?, source_path = ? WHERE id = ?').run(kind, path, id);
  appendAudit(db, { ...by, action: 'case.relinked', caseId: id, detail: { seal: sealOf(db, id) } });
};
