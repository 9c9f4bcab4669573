import { expect, test, vi } from 'vitest';
import type { Outcome } from '#shared/course/outcome.ts';
import { simulatedCourses } from '#shared/course/simulated/simulated-courses.ts';
import { evidenceFigures } from '#shared/evidence/figures.ts';
import { firstSelection } from '#shared/evidence/selection.ts';
import { isProblem } from '#shared/statistics/validation.ts';
import type { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { EvidenceRows } from '../../../../src/main/evidence/evidence-rows.ts';
import { sampleCase, samplePrediction, sampleStudy } from '../cases/sample-case.ts';
import { temporaryStore } from '../cases/temporary-store.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

const outcome: Outcome = {
  best: { mrecist: { response: 'PR', byHand: true } },
  endpoints: { pfs: { days: 210, event: true } },
  confirmedBy: 'Dr Example',
  confirmedAt: '2024-12-01T10:00:00.000Z',
};

const close = (store: RecordsStore, id: string, body: Outcome = outcome) =>
  store.writeCourse(
    id,
    [{ kind: 'outcome', id: 'outcome', base: store.course(id).revisions['outcome/outcome'] ?? null, body }],
    {
      actor: 'a',
      amendment: store.course(id).outcome ? 'mended' : undefined,
    },
  );

test('a closed course is a row without anything that says who it was', async () => {
  const store = temporaryStore();
  const { id } = store.save(sampleCase(), 'a');
  store.save(sampleCase({ study: sampleStudy('Open^Still', 'P-0002') }), 'a');
  close(store, id);
  const { rows, simulated, unreadable } = await new EvidenceRows().read(store);
  expect({ simulated, unreadable }).toStrictEqual({ simulated: false, unreadable: 0 });
  expect(rows).toStrictEqual([
    {
      patient: 0,
      date: '2024-01-31',
      prediction: {
        modelId: 'a-model',
        modelVersion: '1.0.0',
        modelStatus: 'simulated',
        criterion: 'mRECIST',
        probability: samplePrediction().probability,
        threshold: 0.5,
        withheldBecause: [],
        afterOutcome: false,
      },
      others: {},
      readers: {},
      responses: { mrecist: 'PR' },
      endpoints: { pfs: { days: 210, event: true } },
      values: { afp: 400, sex: 0, largestDiameter: 50 },
      scanner: '3 T',
      split: 'none',
    },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${id}|Muster|P-0001`));
});

test('a number that is withheld or no longer about the case is not in its row', async () => {
  const store = temporaryStore();
  const withheld = {
    ...samplePrediction('w'),
    decision: 'withheld' as const,
    withheldBecause: [{ code: 'not-mr', text: '' }],
  };
  const one = store.save(sampleCase({ prediction: withheld }), 'a');
  const other = store.save(sampleCase({ prediction: samplePrediction('o') }), 'a');
  const { prediction: _dropped, ...withoutPrediction } = sampleCase({ factors: { afp: { value: 9, unit: 'ng/mL' } } });
  store.save({ ...withoutPrediction, caseId: other.id, revision: 1 }, 'a');
  for (const { id } of [one, other]) close(store, id);
  const { rows } = await new EvidenceRows().read(store);
  expect(rows.map(({ prediction }) => prediction)).toMatchObject([
    { probability: null, withheldBecause: ['not-mr'] },
    null,
  ]);
  expect(rows.map(({ patient }) => patient)).toStrictEqual([0, 0]);
});

test('a prediction made when the response was known is said to be, however late the outcome was entered or amended', async () => {
  const store = temporaryStore();
  const seen = { ...outcome, best: { mrecist: { response: 'PR', byHand: true, date: '2024-01-31' } } } as const;
  const made = (createdAt: string) => ({ ...samplePrediction(createdAt), createdAt });
  const amended = store.save(sampleCase({ prediction: made('2100-01-01T10:00:00.000Z') }), 'a').id;
  close(store, amended, { ...outcome, confirmedAt: '2099-01-01T10:00:00.000Z' });
  close(store, amended, { ...outcome, confirmedAt: '2101-01-01T10:00:00.000Z' });
  const afterVisit = store.save(sampleCase({ prediction: made('2024-02-01T10:00:00.000Z') }), 'a').id;
  close(store, afterVisit, seen);
  const onTheDay = store.save(sampleCase({ prediction: made('2024-01-31T10:00:00.000Z') }), 'a').id;
  close(store, onTheDay, seen);
  const { rows } = await new EvidenceRows().read(store);
  expect(rows.map(({ prediction }) => prediction?.afterOutcome)).toStrictEqual([true, true, false]);
});

test('what a board keeps covered is in no figure until it has seen or decided', async () => {
  const store = temporaryStore();
  const { id } = store.save(sampleCase({ prediction: samplePrediction('p') }), 'a');
  close(store, id);
  const evidence = new EvidenceRows();
  const probabilityOf = async () => (await evidence.read(store)).rows[0]?.prediction?.probability;
  expect(await probabilityOf()).toBe(samplePrediction().probability);
  const meeting = { id: 'm', date: '2026-05-04', name: '', covered: true, caseIds: [id] };
  store.writeMeeting({ id: 'm', meeting, base: null }, 'a');
  const covered = await evidence.read(store);
  expect(covered.rows).toMatchObject([{ prediction: { probability: null, withheldBecause: ['covered'] }, others: {} }]);
  expect(JSON.stringify(covered.rows)).not.toContain(String(samplePrediction().probability));
  store.writeMeeting({ id: 'm', meeting: null, base: store.meeting('m').base }, 'a');
  expect(await probabilityOf()).toBe(samplePrediction().probability);
});

test('two studies without a patient ID are not taken for one patient', async () => {
  const store = temporaryStore();
  for (const name of ['1', '2']) {
    const { id } = store.save(sampleCase({ study: sampleStudy('', ' '), prediction: samplePrediction(name) }), 'a');
    close(store, id);
  }
  const { rows } = await new EvidenceRows().read(store);
  expect(rows.map(({ patient }) => patient)).toStrictEqual([0, 1]);
});

test('only what was changed is read again, and what cannot be read stops nobody', async () => {
  const store = temporaryStore();
  const ids = ['1', '2', '3'].map((name) => store.save(sampleCase({ prediction: samplePrediction(name) }), 'a').id);
  for (const id of ids) close(store, id);
  const evidence = new EvidenceRows();
  await evidence.read(store);
  const closed = vi.spyOn(store, 'closed');
  expect((await evidence.read(store)).rows).toHaveLength(3);
  expect(closed).not.toHaveBeenCalled();
  close(store, ids[1] ?? '', { ...outcome, best: { mrecist: { response: 'PD', byHand: true } } });
  const { rows } = await evidence.read(store);
  expect(closed).toHaveBeenCalledTimes(1);
  expect(rows.map(({ responses }) => responses.mrecist)).toStrictEqual(['PR', 'PD', 'PR']);
  store.trash(ids[0] ?? '', 'a');
  expect((await evidence.read(store)).rows).toHaveLength(2);
  store.compare((db) =>
    db
      .prepare(`INSERT INTO predictions (id, case_id, created_at, model_id, model_version, model_status, probability, decision, body, body_version)
    SELECT 'x', case_id, created_at, model_id, model_version, model_status, probability, decision, '{}', 99 FROM predictions WHERE case_id = ?`)
      .run(ids[2]),
  );
  expect(await new EvidenceRows().read(store)).toMatchObject({
    rows: [{ responses: { mrecist: 'PD' } }],
    unreadable: 1,
  });
});

test('the demonstration history stands alone, and is enough to try every plot on', async () => {
  const store = temporaryStore();
  store.keepWithoutImages(simulatedCourses(), 'a');
  const { rows, simulated } = await new EvidenceRows().read(store);
  expect(simulated).toBe(true);
  expect(rows).toHaveLength(60);
  const { cohort, validation } = evidenceFigures(rows, firstSelection(rows), 0.5);
  expect(cohort.excluded).toStrictEqual([{ reason: 'withheld', count: 3 }]);
  expect(isProblem(validation.auc) ? 0 : validation.auc.auc).toBeGreaterThan(0.65);
  expect(validation.survival).toMatchObject({ byThreshold: { logRank: expect.anything() } });
  const own = store.save(sampleCase(), 'a');
  close(store, own.id);
  expect(await new EvidenceRows().read(store)).toMatchObject({ simulated: false, rows: [{ scanner: '3 T' }] });
});

test('what is closed is asked for a page at a time, so that nobody waits for a long history, and each course comes once', async () => {
  const store = temporaryStore();
  const again = simulatedCourses().map((one, index) => ({
    ...one,
    study: { ...one.study, patient: { ...one.study.patient, patientId: `SIM-HISTORY-9${index}` } },
  }));
  const ids = store.keepWithoutImages([...simulatedCourses(), ...again], 'a');
  const [trashed = ''] = ids;
  store.trash(trashed, 'a');
  const pages = [...store.closedStamps()];
  expect(pages.map(({ length }) => length)).toStrictEqual([100, 19]);
  expect(pages.flat().map(({ id }) => id)).toStrictEqual(ids.slice(1));
  expect((await new EvidenceRows().read(store)).rows).toHaveLength(119);
});
