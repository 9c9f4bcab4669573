import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PredictionRequest, predictionSchema } from '#shared/model/prediction.ts';
import { probabilityAlong } from '#shared/model/what-if.ts';
import { cellToPatient, distance, type Vec3 } from '#shared/study/geometry.ts';
import { modelRoles, type RoleAssignment } from '#shared/study/roles.ts';
import type { ScannedSeries, ScannedStudy } from '#shared/study/study.ts';
import { ModelLibrary } from '../../../../src/main/inference/model-library.ts';
import { PredictionService } from '../../../../src/main/inference/prediction-service.ts';
import type { DecodedVolume } from '../../../../src/main/study/records.ts';
import { decoded, filledVolume, stackGeometry } from '../study/sample/volumes.ts';
import { fixtureModels, realWorker } from './support.ts';

let worker: ReturnType<typeof realWorker>;
let models: ModelLibrary;
beforeAll(() => {
  worker = realWorker();
  models = new ModelLibrary({
    builtInFolder: fixtureModels,
    installedFolder: resolve(fixtureModels, 'none'),
    worker: worker.client,
    providers: ['cpu'],
  });
});
afterAll(() => worker.client.close());

const center: Vec3 = [-50, 20, 400];
const frameOfReferenceUID = '1.2.3.4';

/** Texture everywhere, so that no crop is flat, and a bright block at `block`. */
const texture = ([x, y, z]: Vec3) => Math.sin(x / 5) + Math.cos(y / 7) + Math.sin(z / 9);
const withBlock = (block: Vec3 | null) => (p: Vec3) => texture(p) + (block && distance(p, block) < 9 ? 6 : 0);

const volumes = (block: Vec3 | null): Map<string, DecodedVolume> =>
  new Map(
    modelRoles.map((role, i) => {
      const geometry = stackGeometry({
        middle: center,
        angles: [0, 0, i * 0.3],
        rows: 90,
        columns: 100,
        rowSpacing: 1.6,
        columnSpacing: 1.5,
        gaps: Array(10).fill(4),
        frameOfReferenceUID,
      });
      return [role, decoded(filledVolume(geometry, 90, 100, withBlock(block)), role)];
    }),
  );

const study = (byId: Map<string, DecodedVolume>): ScannedStudy => ({
  studyInstanceUID: '1.2',
  patient: { patientName: '', patientId: '' },
  notes: [],
  series: [...byId].map(
    ([id, { info }]): ScannedSeries => ({
      id,
      seriesInstanceUID: id,
      description: '',
      modality: 'MR',
      instances: info.shape[0],
      rows: info.shape[1],
      columns: info.shape[2],
      ...(info.geometry ? { geometry: info.geometry } : {}),
      facts: {},
      suggestion: { role: 'other', confidence: 0, reasons: [] },
      notes: [],
    }),
  ),
});

const service = (byId = volumes(null)) =>
  new PredictionService({
    models,
    appVersion: '0.1.0',
    studies: {
      study: () => study(byId),
      volume: async (_, seriesId) => {
        const volume = byId.get(seriesId);
        if (!volume) throw new Error('no such series');
        return volume;
      },
    },
  });

const confirmed: RoleAssignment[] = modelRoles.map((role) => ({
  role,
  seriesId: role,
  origin: 'user',
  confirmedBy: 'Tester',
  confirmedAt: '2026-01-01T00:00:00Z',
}));

const request = (changes: Partial<PredictionRequest> = {}): PredictionRequest => ({
  openId: 'o',
  studyInstanceUID: '1.2',
  roles: confirmed,
  lesions: [
    {
      id: 'small',
      label: 'T1',
      kind: 'target',
      seriesId: 'arterial',
      longAxis: [center, [center[0] + 12, center[1], center[2]]],
    },
    {
      id: 'large',
      label: 'T2',
      kind: 'target',
      seriesId: 'arterial',
      longAxis: [
        [center[0] - 25, center[1], center[2]],
        [center[0] + 25, center[1], center[2]],
      ],
    },
  ],
  modelId: 'test-tiny',
  factors: {
    neutrophils: { value: 4.4, unit: '10^9/L' },
    lymphocytes: { value: 1.6, unit: '10^9/L' },
    afp: { value: 320, unit: 'ng/mL' },
    pivkaII: { value: 900, unit: 'mAU/mL', assay: 'Architect' },
    priorTreatment: { value: 'tace' },
  },
  ...changes,
});

const codes = (warnings: { code: string }[]) => warnings.map(({ code }) => code);

describe('PredictionService', () => {
  it('gives a prediction of the contract whose parts add up to the logit', async () => {
    const prediction = predictionSchema.parse(await service().predict(request()));
    const { bias, map, clinicalContributions, logit, probability, interval } = prediction;
    const parts = [bias, ...map.values, ...clinicalContributions.map(({ contribution }) => contribution)];
    expect(Math.abs(parts.reduce((a, b) => a + b, 0) - logit)).toBeLessThan(1e-4);
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6);
    expect(interval?.low).toBeLessThan(probability);
    expect(interval?.high).toBeGreaterThan(probability);
    expect(prediction).toMatchObject({
      indexLesionId: 'large',
      provider: 'cpu',
      decision: probability >= 0.4 ? 'above-threshold' : 'below-threshold',
      model: { id: 'test-tiny', status: 'simulated', criterion: 'mRECIST', baseRate: 0.3 },
      sample: { diameterMm: 50, centerMm: center },
    });
    expect(clinicalContributions.map(({ factor, value }) => [factor, value])).toEqual([
      ['nlr', 2.75],
      ['afp', 320],
      ['pivkaII', 900],
      // Taken from the largest measured lesion, as in a prepared cohort.
      ['largestDiameter', 50],
      ['priorTreatment', 1],
    ]);
  });

  it('puts the map where the image is: a bright block changes the cell that holds it', async () => {
    const block: Vec3 = [center[0] + 23, center[1] - 29, center[2]];
    const [plain, changed] = await Promise.all([
      service().predict(request()),
      service(volumes(block)).predict(request()),
    ]);
    const { grid, values } = changed.map;
    expect(grid).toMatchObject({ rows: 8, columns: 8, center });
    expect(grid.spacing * 8).toBeCloseTo(105, 9);
    const change = values.map((value, i) => Math.abs(value - (plain.map.values[i] ?? 0)));
    const cell = change.indexOf(Math.max(...change));
    const at = cellToPatient(grid, Math.floor(cell / 8), cell % 8);
    expect(Math.abs(at[0] - block[0])).toBeLessThan(grid.spacing);
    expect(Math.abs(at[1] - block[1])).toBeLessThan(grid.spacing);
    expect(at[2]).toBe(block[2]);
  });

  it('repeats exactly', async () => {
    const [a, b] = [await service().predict(request()), await service().predict(request())];
    const same = ({ id: _, createdAt: __, timings: ___, ...rest }: typeof a) => rest;
    expect(same(a)).toEqual(same(b));
    expect(a.id).not.toBe(b.id);
  });

  it('says what qualifies the number, the most serious first', async () => {
    const roles = confirmed.filter(({ role }) => role !== 'delayed').map(({ confirmedBy: _, ...rest }) => rest);
    const factors = {
      ...request().factors,
      pivkaII: { value: 7, unit: 'ng/mL' },
      afp: { value: 90_000, unit: 'ng/mL' },
    };
    delete (factors as PredictionRequest['factors']).lymphocytes;
    const prediction = await service().predict(request({ roles, factors }));
    expect(codes(prediction.warnings.filter(({ severity }) => severity === 'serious'))).toEqual(
      expect.arrayContaining(['simulated-model', 'roles-unconfirmed', 'missing-role']),
    );
    const firstMild = prediction.warnings.findIndex(({ severity }) => severity !== 'serious');
    expect(prediction.warnings.slice(firstMild).every(({ severity }) => severity === 'warning')).toBe(true);

    const byFactor = (code: string) => prediction.warnings.find((w) => w.code === code);
    expect(byFactor('missing-factor')).toMatchObject({ params: { factor: 'nlr' } });
    expect(byFactor('unusable-factor')).toMatchObject({ params: { factor: 'pivkaII', reason: 'not-convertible' } });
    expect(byFactor('clamped')).toMatchObject({ params: { factor: 'afp', high: 50_000, counted: 50_000 } });
    expect(prediction.clinicalContributions[0]).toMatchObject({ factor: 'nlr', value: null, contribution: 0 });
  });

  it('says which values are known by a limit only, and takes the limit', async () => {
    const afp = { value: 6_050, comparator: '>' as const, unit: 'ng/mL' };
    const { warnings, clinicalContributions } = await service().predict(
      request({ factors: { ...request().factors, afp } }),
    );
    expect(warnings.find(({ code }) => code === 'censored')).toMatchObject({
      severity: 'warning',
      text: 'AFP is only known to be > 6050 ng/mL. Scores and models take 6050 itself.',
      params: { factor: 'afp', sign: '>', value: 6_050, unit: 'ng/mL' },
    });
    expect(clinicalContributions.find(({ factor }) => factor === 'afp')?.value).toBe(6_050);
  });

  it('withholds the number of a lesion that measures more than any can', async () => {
    const { largestDiameter: _, ...factors } = request().factors;
    const lesions = request().lesions.map((one) => ({
      ...one,
      longAxis: [
        [-500, 20, 400],
        [400, 20, 400],
      ] as [Vec3, Vec3],
    }));
    const { decision, withheldBecause } = await service().predict(request({ factors, lesions }));
    expect(decision).toBe('withheld');
    expect(withheldBecause).toContainEqual(
      expect.objectContaining({ code: 'refused-entries', params: { factors: 'largestDiameter' } }),
    );
  });

  it('says once where values contradict the measured lesions or each other, and takes the one that was entered', async () => {
    const factors: PredictionRequest['factors'] = {
      ...request().factors,
      largestDiameter: { value: 3, unit: 'mm' },
      hbsAg: { value: 'negative' },
      hbvDna: { value: 5_000, unit: 'IU/mL' },
    };
    const { warnings, clinicalContributions } = await service().predict(request({ factors }));
    expect(warnings.filter(({ code }) => code === 'contradiction')).toMatchObject([
      { severity: 'warning', params: { factor: 'largestDiameter', problem: 'diameter-measured', typed: 3 } },
      { severity: 'warning', params: { factor: 'hbsAg', problem: 'hbv-contradicts' } },
    ]);
    expect(clinicalContributions.find(({ factor }) => factor === 'largestDiameter')?.value).toBe(3);
  });

  it('states how far a missing factor could move the probability, and entering it moves it within that', async () => {
    const { neutrophils: _, ...factors } = request().factors;
    const without = await service().predict(request({ factors }));
    const range = without.warnings.find(({ params }) => params?.factor === 'nlr')?.couldMoveTo;
    if (!range) throw new Error('a range is stated');
    for (const value of [1.7, 4, 14]) {
      const { probability } = await service().predict(
        request({ factors: { ...factors, neutrophils: { value, unit: '10^9/L' } } }),
      );
      expect(probability).toBeGreaterThanOrEqual(range.low - 1e-6);
      expect(probability).toBeLessThanOrEqual(range.high + 1e-6);
    }
  });

  it('warns where part of the region lies outside an image', async () => {
    const byId = volumes(null);
    const geometry = stackGeometry({
      middle: center,
      rows: 40,
      columns: 40,
      rowSpacing: 1.5,
      columnSpacing: 1.5,
      gaps: [4, 4, 4, 4],
      frameOfReferenceUID: '9.9',
    });
    byId.set('t2', decoded(filledVolume(geometry, 40, 40, texture), 't2'));
    const { warnings } = await service(byId).predict(request());
    expect(warnings.find(({ code }) => code === 'outside-image')).toMatchObject({
      severity: 'serious',
      params: { role: 't2' },
    });
    expect(warnings.find(({ code }) => code === 'frame-of-reference')).toMatchObject({ params: { role: 't2' } });
  });

  it('refuses where a required role is missing', async () => {
    const roles = confirmed.filter(({ role }) => role !== 'arterial');
    await expect(service().predict(request({ roles }))).rejects.toThrow(
      expect.objectContaining({ code: 'required-role-missing', params: { role: 'arterial' } }),
    );
  });

  it('refuses images or a lesion of another study', async () => {
    const [first, ...rest] = confirmed;
    if (!first) throw new Error('six roles');
    const foreign = request({ roles: [{ ...first, seriesId: 'of-another-patient' }, ...rest] });
    await expect(service().predict(foreign)).rejects.toMatchObject({ code: 'no-series' });
    const lesions = request().lesions.map((lesion) => ({ ...lesion, seriesId: 'of-another-patient' }));
    await expect(service().predict(request({ lesions }))).rejects.toMatchObject({ code: 'lesion-elsewhere' });
  });

  it('takes the largest diameter of all lesions, whichever the model looks at', async () => {
    const { clinicalContributions, sample } = await service().predict(request({ indexLesionId: 'small' }));
    expect(sample.diameterMm).toBe(12);
    expect(clinicalContributions.find(({ factor }) => factor === 'largestDiameter')?.value).toBe(50);
  });

  it('refuses a lesion that is not there', async () => {
    await expect(service().predict(request({ indexLesionId: 'gone' }))).rejects.toThrow(
      expect.objectContaining({ code: 'no-lesion' }),
    );
  });

  it('says what other clinical values would give, from the images that were read already, and keeps nothing', async () => {
    const asked = service();
    const prediction = await asked.predict(request());
    const { modelId: _chosen, ...same } = request();
    const steps: string[] = [];
    const unchanged = await asked.whatIf(same, prediction, { onProgress: (phase) => steps.push(phase) });
    expect(steps).not.toContain('decode');
    expect(unchanged).toStrictEqual({
      state: 'shown',
      probability: prediction.probability,
      interval: prediction.interval,
      clinicalContributions: prediction.clinicalContributions,
      warnings: expect.any(Array),
    });

    const lower = await asked.whatIf(
      { ...same, factors: { ...same.factors, afp: { value: 2, unit: 'ng/mL' } } },
      prediction,
    );
    if (lower.state !== 'shown') throw new Error(lower.state);
    expect(lower.probability).toBeGreaterThan(prediction.probability);
    expect(lower.interval?.low).not.toBe(prediction.interval?.low);
    const { manifest } = await models.get('test-tiny');
    const afp = manifest.factors.find(({ id }) => id === 'afp');
    if (!afp) throw new Error('the model has it');
    const along = probabilityAlong(prediction, afp);
    expect(along).toHaveLength(11);
    // What is drawn along the range is what the model itself says there.
    expect(along[0]?.value).toBe(2);
    expect(along[0]?.probability).toBeCloseTo(lower.probability, 5);
    const falling = along.map((one) => one.probability);
    expect(falling).toStrictEqual(falling.toSorted((a, b) => b - a));
  });

  it('gives no number for values that the model was never meant for, nor beside another version of it', async () => {
    const asked = service();
    const prediction = await asked.predict(request());
    const { modelId: _chosen, ...same } = request();
    const disabled = await asked.whatIf({ ...same, factors: { ...same.factors, ecog: { value: '3' } } }, prediction);
    expect(disabled.state).toBe('withheld');
    expect(JSON.stringify(disabled)).not.toContain('probability');
    const older = { model: { ...prediction.model, version: '0.0.1' } };
    await expect(asked.whatIf(same, older)).rejects.toMatchObject({ code: 'prediction-unknown' });
  });

  it('reads the images of another study for it, and not those of the one before', async () => {
    const asked = service();
    const prediction = await asked.predict(request());
    const [first, ...others] = request().lesions;
    if (!first) throw new Error('there are lesions');
    const { modelId: _chosen, ...elsewhere } = request({ lesions: [first], roles: confirmed });
    expect(others).toHaveLength(1);
    const steps: string[] = [];
    await asked.whatIf(elsewhere, prediction, { onProgress: (phase) => steps.push(phase) });
    expect(steps).toContain('decode');
  });

  it('tells progress and can be cancelled', async () => {
    const seen: string[] = [];
    await service().predict(request(), { onProgress: (phase, done, total) => seen.push(`${phase} ${done}/${total}`) });
    expect(seen).toEqual([...[0, 1, 2, 3, 4, 5, 6].map((n) => `decode ${n}/6`), 'predict 0/1', 'predict 1/1']);
    const controller = new AbortController();
    const run = service().predict(request(), { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(run).rejects.toThrow();
  });

  const moved = (seriesId: string, mm: Vec3, against = 'arterial') => ({
    seriesId,
    against,
    mm,
    by: 'Tester',
    at: '2026-02-01T10:00:00.000Z',
  });

  it('reads a series where a hand laid it, and says who did', async () => {
    const still = await service().predict(request());
    const prediction = predictionSchema.parse(await service().predict(request({ shifts: [moved('t2', [4, 0, -6])] })));
    const used = prediction.sample.channels.find(({ role }) => role === 't2');
    expect(used).toMatchObject({ seriesId: 't2', shiftMm: [4, 0, -6] });
    expect(used?.median).not.toBe(still.sample.channels.find(({ role }) => role === 't2')?.median);
    expect(prediction.sample.shifts).toEqual([moved('t2', [4, 0, -6])]);
    expect(prediction.warnings.find(({ code }) => code === 'series-shifted')).toMatchObject({
      severity: 'info',
      params: { role: 't2', mm: '4.0 / 0.0 / −6.0', by: 'Tester', day: '2026-02-01' },
    });
    expect(prediction.sample.grid).toEqual(still.sample.grid);
  });

  it('moves a lesion with the series that it was measured on', async () => {
    const lesions = request().lesions.map((lesion) => ({ ...lesion, seriesId: 't2' }));
    const prediction = await service().predict(request({ lesions, shifts: [moved('t2', [4, 0, -6])] }));
    const still = await service().predict(request({ lesions }));
    const [x, y, z] = still.sample.centerMm;
    expect(prediction.sample.centerMm).toEqual([x + 4, y, z - 6]);
    // Where it was measured the image is the same: both were moved.
    const of = (one: typeof still) => one.sample.channels.find(({ role }) => role === 't2')?.median;
    expect(of(prediction)).toBeCloseTo(of(still) ?? Number.NaN, 6);
  });

  it('moves nothing that was laid on another series than the arterial one of now', async () => {
    const prediction = await service().predict(request({ shifts: [moved('t2', [4, 0, -6], 'delayed')] }));
    expect(prediction.sample).not.toHaveProperty('shifts');
    expect(codes(prediction.warnings)).not.toContain('series-shifted');
  });
});
