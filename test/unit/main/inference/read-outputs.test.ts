import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelManifest } from '#shared/model/manifest.ts';
import { sigmoid } from '#shared/statistics/log-odds.ts';
import type { ModelOutputs } from '../../../../src/main/inference/model-io.ts';
import { readOutputs } from '../../../../src/main/inference/read-outputs.ts';
import { tinyModel } from './support.ts';

let manifest: ModelManifest;
beforeAll(async () => {
  const { interval: _, novelty: __, ...rest } = (await tinyModel()).manifest;
  manifest = rest;
});

const tensor = (values: number[], dims = [1, values.length]) => ({ data: Float32Array.from(values), dims });

/** bias −0.3, map 2 × 2 of sum 1, contributions of sum 0.5: logit 1.2. */
const outputs = (changes: ModelOutputs = {}): ModelOutputs => ({
  logit: tensor([1.2], [1]),
  probability: tensor([sigmoid(1.2)], [1]),
  cam: tensor([0.5, 0.75, -0.5, 0.25], [1, 1, 2, 2]),
  image_contribution: tensor([1], [1]),
  clinical_contributions: tensor([0.5, 0, 0.25, -0.25, 0]),
  ...changes,
});

describe('readOutputs', () => {
  it('takes an answer whose parts add up to the logit', () => {
    expect(readOutputs(manifest, outputs())).toMatchObject({
      cells: 2,
      cam: [0.5, 0.75, -0.5, 0.25],
      imageContribution: 1,
    });
  });

  it.each([
    ['a map that does not add up', { cam: tensor([0.5, 0.7498, -0.5, 0.25], [1, 1, 2, 2]) }],
    ['a contribution that is not in the logit', { clinical_contributions: tensor([0.5, 0, 0.25, -0.25, 0.001]) }],
    ['an image contribution other than its map', { image_contribution: tensor([1.001], [1]) }],
    ['a probability that is not the sigmoid', { probability: tensor([0.5], [1]) }],
    ['numbers that are none', { logit: tensor([Number.NaN], [1]) }],
    ['a map that is no square', { cam: tensor([0.5, 0.5], [1, 1, 1, 2]) }],
    ['too few contributions', { clinical_contributions: tensor([0.5]) }],
  ])('refuses %s', (_, change) => {
    expect(() => readOutputs(manifest, outputs(change))).toThrow(
      expect.objectContaining({ code: 'inconsistent-output' }),
    );
  });

  it('asks for the members and features that the manifest promises', async () => {
    const full = (await tinyModel()).manifest;
    expect(() => readOutputs(full, outputs())).toThrow(expect.objectContaining({ detail: 'no output logit_members' }));
  });
});
