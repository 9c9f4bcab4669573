/** Which closed cases are like one: from kept cases, whoever asks, and nothing of who they are in the answer. */
import { expect, test, vi } from 'vitest';
import type { Outcome } from '#shared/course/outcome.ts';
import { simulatedCourses } from '#shared/course/simulated/simulated-courses.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { EvidenceRows } from '../../../../src/main/evidence/evidence-rows.ts';
import { Session } from '../../../../src/main/procedures/draft.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { neighbourHandlers } from '../../../../src/main/procedures/neighbours.ts';
import { sampleCase, samplePrediction, sampleStudy } from '../cases/sample-case.ts';
import { temporaryStore } from '../cases/temporary-store.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

const manifest = {
  id: 'a-model',
  version: '1.0.0',
  weights: { sha256: '00' },
  factors: [{ id: 'afp', unit: 'ng/mL', coefficient: 1, center: 0, scale: 100, transform: 'identity', range: null }],
  novelty: { mean: [0], precision: [[1]], limit: 10, quantile: 0.99 },
} as unknown as ModelManifest;

const outcome: Outcome = {
  best: { mrecist: { response: 'PR', byHand: true } },
  endpoints: {},
  confirmedBy: 'Dr Example',
  confirmedAt: '2024-12-01T10:00:00.000Z',
};
const made = (id: string, feature: number): Prediction => ({ ...samplePrediction(id), features: [feature] });
const studyOf = (number: number) => ({
  ...sampleStudy(`Name^${number}`, `P-${number}`),
  studyInstanceUID: `1.2.${number}`,
});
const keep = (store: RecordsStore, number: number) =>
  store.save(sampleCase({ study: studyOf(number), prediction: made(`prediction-${number}`, number) }), 'a').id;
const close = (store: RecordsStore, id: string) =>
  store.writeCourse(id, [{ kind: 'outcome', id: 'outcome', base: null, body: outcome }], {
    actor: 'a',
    amendment: undefined,
  });

const opened = (store: RecordsStore, manifests: ModelManifest[] = [manifest], read: string[] = []) => {
  const session = new Session();
  const handlers = neighbourHandlers({
    vault: { store: () => store },
    session,
    studies: {
      study: (_openId, studyInstanceUID) => ({ ...studyOf(2), studyInstanceUID }),
      source: (openId) => ({ kind: openId === 'demo' ? 'demo' : 'path', path: '/images' }),
    },
    jobs: new Jobs(() => undefined),
    evidence: new EvidenceRows(),
    manifests: async () => manifests,
    covered: () => ({ caseIds: new Set(read), studyUids: new Set() }),
  });
  const ask = handlers['evidence.neighbours'];
  return { session, ask };
};

test('a kept case is compared with the closed ones that its model saw, by what was kept then', async () => {
  const store = temporaryStore();
  const ids = Array.from({ length: 31 }, (_none, number) => keep(store, number));
  for (const id of ids.slice(1)) close(store, id);
  const { ask } = opened(store);
  const found = await ask({ predictionId: 'prediction-0', caseId: ids[0], jobId: 'j' });
  if (found.state !== 'found') throw new Error(JSON.stringify(found));
  expect(found).toMatchObject({ comparable: 30, responded: { count: 10, of: 10 }, simulated: false, leftOut: [] });
  expect(found.nearest.map(({ caseId }) => caseId)).toStrictEqual(ids.slice(1, 11));
  expect(JSON.stringify(found)).not.toMatch(/Name\^|P-\d|1\.2\./);
});

test('whose study is open and not kept yet is known by that study, and made-up patients never stand beside real ones', async () => {
  const store = temporaryStore();
  const ids = [1, 2].map((number) => keep(store, number));
  for (const id of ids) close(store, id);
  store.keepWithoutImages(simulatedCourses().slice(0, 3), 'a');
  const { session, ask } = opened(store);
  const prediction = made('of-this-session', 0);
  session.keepPrediction(prediction, { studyInstanceUID: '1.2.77', roles: [], lesions: [], factors: {} });
  const asking = (openId: string) =>
    ask({ predictionId: prediction.id, opened: { openId, studyInstanceUID: '1.2.77' }, jobId: 'j' });
  // The open study is of the patient of the second case.
  expect(await asking('real')).toStrictEqual({
    state: 'too-few',
    comparable: 1,
    needed: 30,
    leftOut: [
      { reason: 'other-kind', count: 3 },
      { reason: 'same-patient', count: 1 },
    ],
    simulated: false,
  });
  expect(await asking('demo')).toMatchObject({
    state: 'too-few',
    comparable: 0,
    simulated: true,
    leftOut: [
      { reason: 'other-kind', count: 2 },
      { reason: 'no-prediction', count: 3 },
    ],
  });
  await expect(ask({ predictionId: 'nobody', jobId: 'j' })).rejects.toMatchObject({ code: 'prediction-unknown' });
  await expect(ask({ predictionId: prediction.id, jobId: 'j' })).rejects.toMatchObject({ code: 'no-study' });
});

test('while a board keeps the model covered nothing is built on it, of the case or of its neighbours', async () => {
  const store = temporaryStore();
  const ids = [1, 2].map((number) => keep(store, number));
  close(store, ids[1] ?? '');
  const meeting = { id: 'm', date: '2026-05-04', name: '', covered: true, caseIds: ids };
  store.writeMeeting({ id: 'm', meeting, base: null }, 'a');
  const { ask } = opened(store);
  expect(await ask({ predictionId: 'prediction-1', caseId: ids[0], jobId: 'j' })).toStrictEqual({ state: 'covered' });
  store.writeMeeting({ id: 'm', meeting: { ...meeting, caseIds: ids.slice(1) }, base: store.meeting('m').base }, 'a');
  expect(await ask({ predictionId: 'prediction-1', caseId: ids[0], jobId: 'j' })).toMatchObject({
    state: 'too-few',
    leftOut: [{ reason: 'covered', count: 1 }],
  });
});

test('nor on a closed case that whoever asks still reads in a reader study', async () => {
  const store = temporaryStore();
  const ids = [1, 2].map((number) => keep(store, number));
  close(store, ids[1] ?? '');
  const { ask } = opened(store, [manifest], ids.slice(1));
  expect(await ask({ predictionId: 'prediction-1', caseId: ids[0], jobId: 'j' })).toMatchObject({
    state: 'too-few',
    comparable: 0,
    leftOut: [{ reason: 'covered', count: 1 }],
  });
});

test('features of a model that is no longer installed have no scale', async () => {
  const store = temporaryStore();
  const id = keep(store, 1);
  expect(await opened(store, []).ask({ predictionId: 'prediction-1', caseId: id, jobId: 'j' })).toStrictEqual({
    state: 'model-gone',
  });
});
