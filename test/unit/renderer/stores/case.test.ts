import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstalledModel } from '#shared/api.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import { useAppStore } from '../../../../src/renderer/stores/app.ts';
import { useCaseStore } from '../../../../src/renderer/stores/case.ts';

/** Answers that a test gives when it wants them given. */
const { answers, call } = vi.hoisted(() => {
  const answers = new Map<string, Promise<unknown>>();
  return { answers, call: (name: string) => answers.get(name) ?? Promise.resolve({ draft: null }) };
});
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call, on: () => () => undefined }),
  useHost: () => ({ setDirty: () => undefined, setProgress: () => undefined }),
}));

const later = <T>(name: string) => {
  const { promise, resolve } = Promise.withResolvers<T>();
  answers.set(name, promise);
  return resolve;
};

const study = (uid: string): ScannedStudy => ({
  studyInstanceUID: uid,
  patient: { patientName: uid, patientId: uid },
  series: [],
  notes: [],
});
const opened = (uid: string): OpenedStudies => ({
  openId: `open-${uid}`,
  name: uid,
  studies: [study(uid)],
  skipped: [],
  files: 1,
  elapsedMs: 1,
});
const prediction = (id: string): Prediction => ({
  id,
  createdAt: '2026-01-01T00:00:00Z',
  probability: 0.4,
  interval: null,
  logit: -0.4,
  bias: 0,
  imageContribution: -0.4,
  clinicalContributions: [],
  threshold: 0.5,
  decision: 'below-threshold',
  withheldBecause: [],
  map: {
    grid: { center: [0, 0, 0], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0], rows: 1, columns: 1, spacing: 1 },
    values: [-0.4],
  },
  sample: {
    grid: { center: [0, 0, 0], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0], rows: 1, columns: 1, spacing: 1 },
    centerMm: [0, 0, 0],
    diameterMm: 50,
    channels: [],
  },
  indexLesionId: 'l',
  novelty: null,
  provider: 'cpu',
  model: { id: 'm', version: '1', status: 'simulated', sha256: '0', criterion: 'mRECIST', baseRate: 0.4 },
  appVersion: '0',
  timings: { totalMs: 1, sampleMs: 1, inferenceMs: 1 },
  warnings: [],
});
const saved = (uid: string, changes: Partial<SavedCase> = {}): SavedCase => ({
  id: `case-${uid}`,
  revision: 1,
  keyImages: [],
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  source: { kind: 'demo', path: '' },
  study: study(uid),
  roles: [],
  lesions: [],
  factors: {},
  baseRate: null,
  note: '',
  predictions: [],
  trashedAt: null,
  ...changes,
});

beforeEach(() => {
  answers.clear();
  setActivePinia(createPinia());
});

describe('a prediction', () => {
  it('that comes after another patient was opened is not shown for that patient', async () => {
    const current = useCaseStore();
    const answer = later<Prediction>('prediction.run');
    current.begin(opened('first'), study('first'));
    const running = current.predict('job');
    await current.close();
    current.begin(opened('second'), study('second'));
    answer(prediction('of-first'));
    await running;
    expect(current.prediction).toBeUndefined();
    expect(current.outOfDate).toBe(false);
  });

  it('is out of date as soon as an input changes, and again in date when the change is undone', async () => {
    const current = useCaseStore();
    current.begin(opened('first'), study('first'));
    later<Prediction>('prediction.run')(prediction('one'));
    await current.predict('job');
    expect(current.outOfDate).toBe(false);
    current.setFactors({ ecog: { value: '2' } });
    expect(current.outOfDate).toBe(true);
    current.undo();
    expect(current.outOfDate).toBe(false);
  });

  it('takes the pictures of an older map away from the report', async () => {
    const current = useCaseStore();
    current.begin(opened('first'), study('first'));
    current.keepImages([{ role: 'arterial', seriesId: 's', sliceIndex: 0, png: '' }]);
    later<Prediction>('prediction.run')(prediction('one'));
    await current.predict('job');
    expect(current.keyImages).toEqual([]);
  });
});

describe('another model', () => {
  const predicted = async () => {
    const current = useCaseStore();
    current.begin(opened('first'), study('first'));
    later<Prediction>('prediction.run')(prediction('one'));
    await current.predict('job');
    const other = { ...prediction('two'), model: { ...prediction('two').model, id: 'other' } };
    later<Prediction>('prediction.run')(other);
    await current.compare('job', 'other');
    return current;
  };

  it('is shown beside the prediction of the case and takes nothing from it', async () => {
    const current = await predicted();
    expect(current.prediction?.id).toBe('one');
    expect(current.compared?.id).toBe('two');
    current.setFactors({ ecog: { value: '2' } });
    expect(current.compared).toBeUndefined();
  });

  it('becomes the one of the case when it is taken, and the one before stands beside it', async () => {
    const current = await predicted();
    current.takeComparison();
    expect([current.prediction?.id, current.compared?.id]).toEqual(['two', 'one']);
    expect(current.dirty).toBe(true);
  });

  it('that a kept case was predicted with is the one that predicts it again, or is said to be gone', async () => {
    const current = useCaseStore();
    const app = useAppStore();
    const installed = (id: string, isDefault: boolean) =>
      ({ manifest: { id }, origin: 'installed', isDefault }) as InstalledModel;
    app.takeModels({ models: [installed('built-in', true), installed('m', false)], rejected: [] });
    app.loaded = true;
    current.resume(saved('first', { predictions: [prediction('one')] }), opened('first'));
    expect(current.model?.manifest.id).toBe('m');
    expect(current.modelGone).toBeUndefined();
    app.takeModels({ models: [installed('built-in', true)], rejected: [] });
    expect(current.model?.manifest.id).toBe('built-in');
    expect(current.modelGone).toBe('m');
  });
});

describe('a kept case', () => {
  it('comes back with its prediction in force', () => {
    const current = useCaseStore();
    current.resume(saved('first', { predictions: [prediction('new'), prediction('old')] }), opened('first'));
    expect(current.prediction?.id).toBe('new');
    expect(current.outOfDate).toBe(false);
    expect(current.dirty).toBe(false);
  });

  it('whose inputs were saved after its prediction comes back with it marked as out of date', () => {
    const current = useCaseStore();
    current.resume(saved('first', { predictions: [prediction('old')], predictionOutdated: true }), opened('first'));
    expect(current.outOfDate).toBe(true);
    expect(current.dirty).toBe(false);
  });

  it('is not taken for the patient who was opened while it was saved', async () => {
    const current = useCaseStore();
    const answer = later<SavedCase>('cases.save');
    current.begin(opened('first'), study('first'));
    const saving = current.save();
    await current.close();
    current.begin(opened('second'), study('second'));
    answer(saved('first'));
    await saving;
    expect(current.savedCase).toBeUndefined();
  });

  it('does not count as saved what was changed while it was saved', async () => {
    const current = useCaseStore();
    const answer = later<SavedCase>('cases.save');
    current.begin(opened('first'), study('first'));
    const saving = current.save();
    current.setNote('later');
    answer(saved('first'));
    await saving;
    expect(current.savedCase?.id).toBe('case-first');
    expect(current.dirty).toBe(true);
  });

  it('leaves nothing behind when it is closed', async () => {
    const current = useCaseStore();
    current.resume(saved('first', { predictions: [prediction('new')], note: 'seen' }), opened('first'));
    current.keepImages([{ role: 'arterial', seriesId: 's', sliceIndex: 0, png: '' }]);
    current.setNote('changed');
    await current.close();
    const { study: shown, opened: images, prediction: made, savedCase, keyImages, dirty, canUndo, edit } = current;
    expect({ shown, images, made, savedCase }).toEqual({});
    expect([keyImages, dirty, canUndo, edit.note]).toEqual([[], false, false, '']);
  });

  it('gets its prediction back when the window is loaded again', async () => {
    const current = useCaseStore();
    const kept = saved('first', { predictions: [prediction('one')] });
    const { roles, lesions, factors } = kept;
    const draft = {
      caseId: kept.id,
      openId: 'open-first',
      studyInstanceUID: 'first',
      roles,
      lesions,
      factors,
      predictionId: 'one',
    };
    answers.set('draft.get', Promise.resolve({ draft, opened: opened('first'), prediction: null }));
    answers.set('cases.get', Promise.resolve(kept));
    expect(await current.recover()).toBe(true);
    expect(current.prediction?.id).toBe('one');
    expect(current.outOfDate).toBe(false);
  });
});
