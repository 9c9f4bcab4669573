import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstalledModel } from '#shared/api.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import { useAppStore } from '../../../../src/renderer/stores/app.ts';
import { useCaseStore } from '../../../../src/renderer/stores/case.ts';
import { emptyEdit } from '../../../../src/renderer/stores/case-edit.ts';
import { editOf, merged } from '../../../../src/renderer/stores/merge-edits.ts';
import { keyImage } from './key-image.ts';

/** Answers that a test gives when it wants them given. */
const { answers, call } = vi.hoisted(() => {
  const answers = new Map<string, Promise<unknown>>();
  return { answers, call: (name: string) => answers.get(name) ?? Promise.resolve({ draft: null }) };
});
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call, on: () => () => undefined }),
  useHost: () => ({ setDirty: () => undefined, setProgress: () => undefined, windowId: async () => 'w' }),
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

  it('is of the case when it is chosen, before it is used: not yet saved, in the draft, and back with the kept case', () => {
    const current = useCaseStore();
    current.resume(saved('first', { predictions: [prediction('one')] }), opened('first'));
    expect(current.dirty).toBe(false);
    current.chooseModel('other');
    expect(current.dirty).toBe(true);
    expect(current.draft?.modelId).toBe('other');
    current.resume(saved('first', { predictions: [prediction('one')], modelId: 'other' }), opened('first'));
    expect(current.draft?.modelId).toBe('other');
    expect(current.dirty).toBe(false);
  });

  it('asked of the same inputs is kept with the case as long as they are, and comes back without images', async () => {
    const current = await predicted();
    expect(current.draft).toMatchObject({ predictionId: 'one', comparisonId: 'two' });
    current.setFactors({ ecog: { value: '2' } });
    expect(current.draft).not.toHaveProperty('comparisonId');
    current.resume(saved('first', { predictions: [prediction('one')], comparison: prediction('two') }), undefined);
    expect(current.compared?.id).toBe('two');
    expect(current.dirty).toBe(false);
  });

  it('comes back when the window is loaded again, from the session or from its case', async () => {
    const current = useCaseStore();
    const kept = saved('first', { predictions: [prediction('one')], comparison: prediction('two') });
    const { roles, lesions, factors } = kept;
    const inputs = { studyInstanceUID: 'first', openId: 'open-first', roles, lesions, factors };
    const draft = { ...inputs, caseId: kept.id, predictionId: 'one', comparisonId: 'two', modelId: 'chosen' };
    answers.set('cases.get', Promise.resolve(kept));
    for (const comparison of [null, prediction('two')]) {
      answers.set('draft.get', Promise.resolve({ draft, opened: opened('first'), prediction: null, comparison }));
      expect(await current.recover()).toBe(true);
      expect([current.compared?.id, current.draft?.modelId]).toEqual(['two', 'chosen']);
    }
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
    current.setCamera(async () => [keyImage('a', 'index-lesion')]);
    await current.takeImages();
    current.setCamera(undefined);
    current.keepImage(keyImage('b', 'kept'));
    current.setNote('changed');
    await current.close();
    const { study: shown, opened: images, prediction: made, savedCase, indexImages, dirty, canUndo, edit } = current;
    expect({ shown, images, made, savedCase }).toEqual({});
    expect([indexImages, dirty, canUndo, edit]).toEqual([[], false, false, emptyEdit]);
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

describe('key images', () => {
  it('of a person are part of the work: undone, removed and told of in the draft', () => {
    const current = useCaseStore();
    current.begin(opened('first'), study('first'));
    expect(current.keepImage(keyImage('a', 'kept'))).toBe(true);
    expect(current.dirty).toBe(true);
    current.keepImage(keyImage('b', 'kept'));
    current.dropImage(keyImage('a', 'kept').id);
    expect(current.edit.keyImages.map(({ id }) => id[0])).toEqual(['b']);
    current.undo();
    expect(current.edit.keyImages.map(({ id }) => id[0])).toEqual(['a', 'b']);
    current.undo();
    current.undo();
    expect(current.edit.keyImages).toEqual([]);
  });

  it('with the map of an earlier prediction are neither seen nor kept by themselves beside a withheld number', () => {
    const current = useCaseStore();
    const images = [
      keyImage('a', 'index-lesion', { predictionId: 'earlier' }),
      keyImage('b', 'index-lesion'),
      keyImage('c', 'kept', { predictionId: 'earlier' }),
      keyImage('d', 'kept'),
    ];
    const letters = (of: readonly KeyImage[] | undefined) => of?.map(({ id }) => id[0]).join('');
    const show = (newest: Prediction) => {
      current.resume(saved('first', { predictions: [newest], keyImages: images }), opened('first'));
      return [letters(current.keptImages), letters(current.draft?.keyImages)];
    };
    expect(show(prediction('new'))).toEqual(['cd', 'abcd']);
    expect(show({ ...prediction('new'), decision: 'withheld' })).toEqual(['d', 'bcd']);
  });

  it('have an end: one for which there is no room is not taken', () => {
    const current = useCaseStore();
    current.begin(opened('first'), study('first'));
    expect(current.keepImage({ ...keyImage('a', 'kept'), bytes: 600_000 })).toBe(true);
    expect(current.keepImage({ ...keyImage('b', 'kept'), bytes: 200_000 })).toBe(false);
    expect(current.edit.keyImages).toHaveLength(1);
  });

  it('of the index lesion that cannot be taken leave those that were', async () => {
    const current = useCaseStore();
    const kept = saved('first', { keyImages: [keyImage('a', 'index-lesion'), keyImage('b', 'kept')] });
    current.resume(kept, opened('first'));
    current.setCamera(() => Promise.reject(new Error('no canvas')));
    await current.takeImages();
    expect([current.indexImages, current.edit.keyImages]).toEqual([[kept.keyImages[0]], [kept.keyImages[1]]]);
    expect(current.dirty).toBe(false);
  });
});

describe('a case whose study was found again', () => {
  it('is live again with what was changed meanwhile', () => {
    const current = useCaseStore();
    current.resume(saved('first', { predictions: [prediction('one')] }), undefined);
    current.setNote('written without images');
    current.attach(opened('first'));
    expect(current.opened?.openId).toBe('open-first');
    expect(current.edit.note).toBe('written without images');
    expect(current.prediction?.id).toBe('one');
    expect(current.dirty).toBe(true);
  });
});

describe('a case that somebody else has saved since', () => {
  const both = (chosen: 'mine' | 'theirs') => {
    const current = useCaseStore();
    current.resume(saved('first', { predictions: [prediction('one')] }), opened('first'));
    current.setFactors({ ecog: { value: '1' } });
    current.setNote('mine');
    const theirs = saved('first', {
      revision: 2,
      note: 'theirs',
      factors: { ecog: { value: '2' } },
      predictions: [prediction('two'), prediction('one')],
    });
    const choice = new Map([
      ['note', 'mine' as const],
      ['factors.ecog', chosen],
    ] as const);
    const next = merged(current.edit, editOf(theirs), choice);
    current.rebase(theirs, next);
    return current;
  };

  it('goes on from theirs: their prediction where the inputs are theirs, and mine is one step to undo', () => {
    const current = both('theirs');
    expect([current.savedCase?.revision, current.edit.note, current.prediction?.id]).toEqual([2, 'mine', 'two']);
    expect([current.outOfDate, current.dirty]).toEqual([false, true]);
    current.undo();
    expect(current.edit.factors.ecog?.value).toBe('1');
  });

  it('has no prediction in force where the inputs are mine and the kept numbers are of theirs', () => {
    const current = both('mine');
    expect(current.edit.factors.ecog?.value).toBe('1');
    expect(current.outOfDate).toBe(true);
  });
});
