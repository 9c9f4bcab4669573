import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FactorValues, factorValuesSchema } from '#shared/clinical/factor-values.ts';
import { modelInputIds } from '#shared/clinical/model-inputs.ts';
import { interceptForRate } from '#shared/statistics/base-rate.ts';
import { lesionSchema } from '#shared/study/lesion.ts';
import { ModelLibrary } from '../../../../src/main/inference/model-library.ts';
import { PredictionService } from '../../../../src/main/inference/prediction-service.ts';
import { cohortSampleContract } from '../../../../src/main/study/sample/crop-contract.ts';
import { suggestedRoles } from '../../../../src/shared/study/suggested-roles.ts';
import { realServices, repositoryRoot } from './support.ts';

const builtInFolder = join(repositoryRoot, 'resources/models');
const demoFolder = join(repositoryRoot, 'resources/demo');
const packages = existsSync(builtInFolder) ? readdirSync(builtInFolder) : [];

const { studies, inference, close } = realServices();
const models = new ModelLibrary({ builtInFolder, installedFolder: '', worker: inference, providers: ['cpu'] });
afterAll(close);

describe.skipIf(packages.length === 0)('shipped model packages (left out before one is made)', () => {
  it('are all accepted', async () => {
    const listed = await models.list();
    expect(listed.rejected).toEqual([]);
    expect(listed.models).toHaveLength(packages.length);
  });

  it('ask for the sample that `haicast prepare` writes and for inputs that it writes', async () => {
    for (const { manifest } of (await models.list()).models) {
      expect(manifest.crop).toEqual(cohortSampleContract.crop);
      expect(manifest.normalisation).toEqual(cohortSampleContract.normalisation);
      expect(manifest.channels.map(({ role }) => role)).toEqual(cohortSampleContract.channels.map(({ role }) => role));
      for (const { id } of manifest.factors) expect(modelInputIds).toContain(id);
    }
  });

  it('reproduce their reference on the CPU', async () => {
    for (const { manifest } of (await models.list()).models) {
      const { figures, tolerance } = await models.selfTest(manifest.id);
      expect(figures[0]?.largestError).toBeLessThanOrEqual(Math.min(tolerance, 1e-3));
    }
  });

  it('explain the demonstration patient: parts add up, nothing is missing', async () => {
    const predictions = new PredictionService({ studies, models, appVersion: '0.0.0' });
    const demo = z
      .object({ factors: factorValuesSchema, lesions: z.array(lesionSchema) })
      .parse(JSON.parse(readFileSync(join(demoFolder, 'factors.json'), 'utf8')));
    const { openId, studies: found } = await studies.open({ kind: 'demo', path: join(demoFolder, 'study') });
    const [study] = found;
    if (!study) throw new Error('the demonstration study holds one study');
    const prediction = await predictions.predict({
      openId,
      studyInstanceUID: study.studyInstanceUID,
      roles: suggestedRoles(study.series),
      ...demo,
    });
    const { bias, map, clinicalContributions, logit } = prediction;
    const parts = [bias, ...map.values, ...clinicalContributions.map(({ contribution }) => contribution)];
    expect(Math.abs(parts.reduce((sum, x) => sum + x, 0) - logit)).toBeLessThan(1e-4);
    expect(prediction.sample.channels.map(({ coverage }) => coverage)).toEqual([1, 1, 1, 1, 1, 1]);
    const codes = prediction.warnings.map(({ code }) => code);
    expect(codes).toContain('simulated-model');
    for (const code of ['missing-role', 'missing-factor', 'unusable-factor', 'outside-image', 'frame-of-reference']) {
      expect(codes).not.toContain(code);
    }
  });

  it('hold in the interval without eight factors whatever these may be, from the 5th to the 95th percentile of training', async () => {
    const predictions = new PredictionService({ studies, models, appVersion: '0.0.0' });
    const { openId, studies: found } = await studies.open({ kind: 'demo', path: join(demoFolder, 'study') });
    const [study] = found;
    if (!study) throw new Error('the demonstration study holds one study');
    const { lesions } = z
      .object({ lesions: z.array(lesionSchema) })
      .parse(JSON.parse(readFileSync(join(demoFolder, 'factors.json'), 'utf8')));
    const of = (factors: FactorValues) =>
      predictions.predict({
        openId,
        studyInstanceUID: study.studyInstanceUID,
        roles: suggestedRoles(study.series),
        lesions,
        factors,
      });
    // Percentiles of the 2,000 development patients; ALBI −1.778 and −3.176 by bilirubin 10 µmol/L.
    const filled = (least: boolean): FactorValues => ({
      neutrophils: { value: least ? 6.246 : 1.0726, unit: '10^9/L' },
      lymphocytes: { value: 1, unit: '10^9/L' },
      afp: { value: least ? 43_266.6 : 3.3, unit: 'ng/mL' },
      pivkaII: { value: least ? 28_317 : 268, unit: 'mAU/mL', assay: 'CLIA' },
      bilirubin: { value: 10, unit: 'µmol/L' },
      albumin: { value: least ? 28.681 : 45.13, unit: 'g/L' },
      pvtt: { value: least ? 'vp4' : 'vp0' },
      priorTreatment: { value: least ? 'tace' : 'none' },
      coTherapy: { value: least ? 'none' : 'tki+ici' },
      extrahepaticSpread: { value: least ? 'yes' : 'no' },
    });
    const [without, least, greatest] = [await of({}), await of(filled(true)), await of(filled(false))];
    expect(without.clinicalContributions.filter(({ value }) => value === null)).toHaveLength(8);
    expect(without.interval?.widened).toBe(true);
    expect(without.interval?.low).toBeLessThan(least.probability);
    expect(without.interval?.high).toBeGreaterThan(greatest.probability);
    // Known, the same ensemble is as narrow as it is.
    expect(least.interval?.widened).toBeUndefined();
  });

  it('state what bounds their numbers: reach, options, population and coverage', async () => {
    for (const { manifest } of (await models.list()).models) {
      const { factors, channels, interval, population } = manifest;
      expect([...factors, ...channels].filter(({ spread }) => spread === undefined)).toEqual([]);
      expect(factors.find(({ id }) => id === 'coTherapy')?.categories).toEqual(['none', 'tki+ici']);
      expect(interval?.coverage?.map(({ missing }) => missing)).toEqual([0, 3, 8]);
      const bins = population?.bins ?? [];
      const patients = bins.reduce((sum, { n }) => sum + n, 0);
      expect(patients).toBe(manifest.training.n);
      // Out of fold and calibrated, so the rate of training needs hardly any shift.
      expect(Math.abs(interceptForRate(bins, manifest.baseRate))).toBeLessThan(0.02);
    }
  });
});
