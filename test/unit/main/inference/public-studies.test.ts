import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { predictionSchema } from '#shared/model/prediction.ts';
import { add, pixelToPatient } from '#shared/study/geometry.ts';
import { modelRoles } from '#shared/study/roles.ts';
import { ModelLibrary } from '../../../../src/main/inference/model-library.ts';
import { PredictionService } from '../../../../src/main/inference/prediction-service.ts';
import { testdataRoot, withoutPublicFiles } from '../../../fixtures/testdata.ts';
import { fixtureModels, realServices } from './support.ts';

const root = testdataRoot();
const { studies, inference, close } = realServices();
afterAll(close);

/** None is a liver study with all six roles: the roles are given by hand, as a user may. */
describe.skipIf(!root)(`public MR studies${withoutPublicFiles}`, () => {
  it.each(['prostatex_dynamic', 'prostatex_dualecho', 'siemens_xa30', 'dcm_qa_nih', 'dicom2nifti'])(
    '%s goes the whole way to a prediction with its map',
    async (name) => {
      const path = join(root ?? '', name);
      expect(existsSync(path)).toBe(true);
      const models = new ModelLibrary({
        builtInFolder: fixtureModels,
        installedFolder: '',
        worker: inference,
        providers: ['cpu'],
      });
      const predictions = new PredictionService({ studies, models, appVersion: '0.0.0' });
      const opened = await studies.open({ kind: 'path', path });
      const found = opened.studies
        .flatMap((study) => study.series.map((series) => ({ study, series })))
        .find(({ series }) => series.geometry && series.instances >= 3);
      const geometry = found?.series.geometry;
      if (!found || !geometry) throw new Error('a stack with a place in the patient');
      const { series, study } = found;
      const middle = pixelToPatient(geometry, geometry.positions.length >> 1, series.rows / 2, series.columns / 2);
      const prediction = await predictions.predict({
        openId: opened.openId,
        studyInstanceUID: study.studyInstanceUID,
        roles: modelRoles.map((role) => ({ role, seriesId: series.id, origin: 'user', confirmedBy: 'Tester' })),
        lesions: [
          {
            id: 'a',
            label: 'T1',
            kind: 'target',
            seriesId: series.id,
            longAxis: [add(middle, [-15, 0, 0]), add(middle, [15, 0, 0])],
          },
        ],
        factors: {},
      });
      expect(predictionSchema.parse(prediction)).toEqual(prediction);
      expect(prediction.sample.channels[0]?.coverage).toBeGreaterThan(0);
      expect(prediction.map.values).toHaveLength(64);
    },
  );
});
