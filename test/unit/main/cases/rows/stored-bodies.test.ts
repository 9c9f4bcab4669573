import { describe, expect, test } from 'vitest';
import {
  bodyVersion,
  readBody,
  readPrediction,
  storePrediction,
} from '../../../../../src/main/cases/rows/stored-bodies.ts';
import { samplePrediction, sampleStudy } from '../sample-case.ts';

describe('a stored body', () => {
  test('of a prediction is read as it was, in this version and in the first', () => {
    const prediction = samplePrediction();
    expect(readPrediction(storePrediction(prediction))).toStrictEqual(prediction);
    const first = { body: JSON.stringify(prediction), body_version: 1, map_values: null };
    expect(readPrediction(first)).toStrictEqual(prediction);
  });

  test.each([
    ['of a version to come', { body: JSON.stringify(sampleStudy()), body_version: bodyVersion('study') + 1 }],
    ['that is no JSON', { body: '{', body_version: 1 }],
    ['that lacks a member', { body: '{"studyInstanceUID":"1.2"}', body_version: 1 }],
  ])('%s is refused in words that hold no value of it', (_what, stored) => {
    expect(() => readBody('study', stored)).toThrow(
      expect.objectContaining({ code: 'case-unreadable', params: { part: 'study' } }),
    );
  });

  test('whose map lost its bytes is refused', () => {
    const stored = storePrediction(samplePrediction());
    expect(() => readPrediction({ ...stored, map_values: new Uint8Array([9]) })).toThrow(
      expect.objectContaining({ code: 'case-unreadable' }),
    );
    expect(() => readPrediction({ ...stored, map_values: null })).toThrow(
      expect.objectContaining({ code: 'case-unreadable' }),
    );
  });
});
