/** A what-if says nothing where the number of the patient may not be seen, whoever asks past the page. */
import { expect, test, vi } from 'vitest';
import type { PredictionService } from '../../../../src/main/inference/prediction-service.ts';
import { Session } from '../../../../src/main/procedures/draft.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { predictionHandlers } from '../../../../src/main/procedures/prediction.ts';
import { sampleCase, samplePrediction } from '../cases/sample-case.ts';
import { temporaryStore } from '../cases/temporary-store.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

const opened = () => {
  const store = temporaryStore();
  const whatIf = vi.fn<PredictionService['whatIf']>(async () => ({
    state: 'shown',
    probability: 0.7,
    interval: null,
    clinicalContributions: [],
    warnings: [],
  }));
  const session = new Session();
  const handlers = predictionHandlers({
    predictions: { whatIf } as unknown as PredictionService,
    vault: { store: () => store } as Parameters<typeof predictionHandlers>[0]['vault'],
    session,
    jobs: new Jobs(() => undefined),
    actor: () => 'a',
  });
  const ask = (predictionId: string, caseId?: string) =>
    handlers['prediction.whatIf']({
      predictionId,
      ...(caseId === undefined ? {} : { caseId }),
      openId: 'o',
      studyInstanceUID: '1.2',
      roles: [],
      lesions: sampleCase().lesions,
      factors: {},
      jobId: 'j',
    });
  return { store, session, whatIf, ask };
};

test('beside a number that may be seen the model is asked, and nothing is written', async () => {
  const { store, whatIf, ask } = opened();
  const { id } = store.save(sampleCase({ prediction: samplePrediction('p') }), 'a');
  const before = store.audit().entries.length;
  expect(await ask('p', id)).toMatchObject({ state: 'shown', probability: 0.7 });
  expect(whatIf).toHaveBeenCalledTimes(1);
  expect(whatIf.mock.calls[0]?.[1]).toMatchObject({ id: 'p' });
  expect(store.audit().entries).toHaveLength(before);
  expect(store.get(id).predictions).toHaveLength(1);
});

test('beside a withheld, a covered or an unknown one it is not', async () => {
  const { store, session, whatIf, ask } = opened();
  const withheld = { ...samplePrediction('w'), decision: 'withheld' as const };
  session.keepPrediction(withheld, { studyInstanceUID: '1.2', roles: [], lesions: [], factors: {} });
  expect(await ask('w')).toStrictEqual({ state: 'withheld', because: [] });
  const { id } = store.save(sampleCase({ prediction: samplePrediction('p') }), 'a');
  const meeting = { id: 'm', date: '2026-05-04', name: '', covered: true, caseIds: [id] };
  store.writeMeeting({ id: 'm', meeting, base: null }, 'a');
  expect(await ask('p', id)).toStrictEqual({ state: 'covered' });
  await expect(ask('nobody')).rejects.toMatchObject({ code: 'prediction-unknown' });
  expect(whatIf).not.toHaveBeenCalled();
});
