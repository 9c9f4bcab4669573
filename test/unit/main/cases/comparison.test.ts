/** The model that was chosen for a case, and what another one says of it, are of the case. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdsSeal, sealOf } from '../../../../src/main/cases/seal/seal.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase, samplePrediction } from './sample-case.ts';
import { openStore, rawDatabase } from './temporary-store.ts';

const other = samplePrediction('other', 0.75);

test('a model that was chosen and not yet used is kept, and a comparison with its map', () => {
  const file = join(temporaryFolder(), 'records.db');
  const store = openStore(file);
  const { prediction, ...undecided } = sampleCase();
  const { id } = store.save({ ...undecided, modelId: 'hospital' }, 'a');
  expect(store.get(id)).toMatchObject({ modelId: 'hospital', predictions: [] });
  store.save({ ...undecided, ...(prediction ? { prediction } : {}), caseId: id, comparison: other }, 'a');
  store.close();

  const again = openStore(file);
  const kept = again.get(id);
  expect(kept.comparison).toStrictEqual(other);
  expect(kept.predictions.map((one) => one.id)).toStrictEqual(['prediction-1']);
  expect(kept).not.toHaveProperty('modelId');
  const { entries } = again.audit(id);
  expect(entries.map(({ detail }) => detail.changes)).toEqual([
    expect.objectContaining({ modelId: { from: null, to: 'hospital' } }),
    expect.objectContaining({ modelId: { from: 'hospital', to: null }, comparedWith: other.model.id }),
  ]);
});

test('a comparison is of the inputs that it was made from: saved without it, it is gone, and so it is erased with its case', () => {
  const store = openStore(join(temporaryFolder(), 'records.db'));
  const { id } = store.save({ ...sampleCase(), comparison: other }, 'a');
  expect(store.save({ ...sampleCase(), caseId: id }, 'a')).not.toHaveProperty('comparison');
  store.save({ ...sampleCase(), caseId: id, comparison: other }, 'a');
  store.trash(id, 'a');
  store.erase(id, 'request', 'a');
  expect(store.verify().intact).toBe(true);
});

test('one that was put beside a case that was sealed before there were any is found', () => {
  const file = join(temporaryFolder(), 'records.db');
  const store = openStore(file);
  const { id } = store.save(sampleCase(), 'a');
  store.close();
  const db = rawDatabase(file);
  const before = sealOf(db, id, 4);
  if (!before) throw new Error('no seal');
  expect(holdsSeal(db, id, before)).toBe(true);
  db.prepare(`UPDATE cases SET model_id = 'another' WHERE id = ?`).run(id);
  expect(holdsSeal(db, id, before)).toBe(false);
  db.close();
});
