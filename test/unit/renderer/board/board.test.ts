import { describe, expect, test } from 'vitest';
import { ALIAS_WORDS } from '#shared/board/alias.ts';
import { modelShownOf } from '#shared/board/model-shown.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import { draftWith, mapPrediction, shownMap } from '../../../../src/renderer/board/case-to-prepare.ts';
import { blankDecision, entryOf } from '../../../../src/renderer/board/decision-form.ts';
import { movedTo } from '../../../../src/renderer/board/order.ts';
import en from '../../../../src/shared/words/en/board.ts';
import zhCN from '../../../../src/shared/words/zh-CN/board.ts';
import { sampleCase, samplePictures, samplePrediction } from '../../main/cases/sample-case.ts';

describe('the order of a list', () => {
  test('changes for one case, and the others keep theirs', () => {
    expect(movedTo(['a', 'b', 'c', 'd'], 'd', 1)).toEqual(['a', 'd', 'b', 'c']);
    expect(movedTo(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
  });

  test('stays at its ends, and where the case is not on it', () => {
    const ids = ['a', 'b'];
    expect(movedTo(ids, 'a', -1)).toBe(ids);
    expect(movedTo(ids, 'b', 2)).toBe(ids);
    expect(movedTo(ids, 'z', 0)).toBe(ids);
  });
});

test('every language has as many words for hidden cases, each once', () => {
  for (const { birds } of [en, zhCN]) {
    const words = birds.split(' ');
    expect(words).toHaveLength(ALIAS_WORDS);
    expect(new Set(words).size).toBe(ALIAS_WORDS);
  }
});

const { prediction: _one, ...inputs } = sampleCase();
const { keyImages } = samplePictures(2);
const kept: SavedCase = {
  ...inputs,
  id: 'c',
  revision: 3,
  createdAt: '',
  updatedAt: '',
  keyImages,
  predictions: [samplePrediction()],
  predictionOutdated: false,
  trashedAt: null,
};
const own = keyImages.filter(({ origin }) => origin === 'index-lesion');

describe('a case that is prepared', () => {
  test('is saved with its new pictures and what a person kept, and with nothing else changed', () => {
    const taken = own.map((image) => ({ ...image, id: 'f'.repeat(64) }));
    const draft = draftWith(kept, 'open', taken);
    expect(draft).toMatchObject({
      caseId: 'c',
      revision: 3,
      predictionId: 'prediction-1',
      note: kept.note,
      baseRate: 0.4,
    });
    expect(draft).toMatchObject({ roles: kept.roles, lesions: kept.lesions, factors: kept.factors });
    expect(draft?.keyImages).toEqual([...taken, ...keyImages.filter(({ origin }) => origin === 'kept')]);
  });

  test('keeps the model that was chosen for it, and what another one says', () => {
    const comparison = samplePrediction('prediction-2', 0.3);
    expect(draftWith({ ...kept, modelId: 'a-model', comparison }, 'open', [])).toMatchObject({
      modelId: 'a-model',
      comparisonId: 'prediction-2',
    });
  });

  test('whose pictures are the ones that it has is not saved again', () => {
    expect(draftWith(kept, 'open', own)).toBeUndefined();
  });

  test('keeps no map of a prediction that is outdated or withheld', () => {
    expect(mapPrediction(kept)?.id).toBe('prediction-1');
    expect(mapPrediction({ ...kept, predictionOutdated: true })).toBeUndefined();
    expect(mapPrediction({ ...kept, predictions: [{ ...samplePrediction(), decision: 'withheld' }] })).toBeUndefined();
    expect(draftWith({ ...kept, predictionOutdated: true }, 'open', [])?.predictionId).toBeUndefined();
  });
});

test('over the live images lies the map of the prediction that was shown, and of none that was made since', () => {
  const shown = modelShownOf(samplePrediction());
  const since = { ...kept, predictions: [samplePrediction('prediction-2', 0.7), samplePrediction()] };
  expect(shownMap(kept, { state: 'shown', shown })?.id).toBe('prediction-1');
  expect(shownMap(since, { state: 'shown', shown })).toBeUndefined();
  expect(shownMap(kept, { state: 'covered' })).toBeUndefined();
});

describe('a decision that is entered', () => {
  test('begins undecided about the model, with the people of the case before, due two weeks after the meeting', () => {
    const people = [{ role: 'surgery' as const, name: 'Dr S' }];
    expect(blankDecision('2026-11-26', people)).toMatchObject({
      agreement: 'not-used',
      participants: people,
      owner: '',
      due: '2026-12-10',
    });
  });

  test('to be amended begins as it was locked, without its snapshot, and does not change it', () => {
    const entry = blankDecision('2026-11-26', undefined);
    const locked = { ...entry, date: '2026-11-26', snapshot: {} as never };
    const again = entryOf(locked);
    expect(again).toEqual(entry);
    again.options[0] = { treatment: 'tace', detail: '', for: '', against: '' };
    expect(locked.options[0]?.treatment).toBe('haic');
  });
});
