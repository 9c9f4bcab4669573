import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Prediction } from '#shared/model/prediction.ts';
import { modelRoles } from '#shared/study/roles.ts';
import { ModelLibrary } from '../../../../src/main/inference/model-library.ts';
import { PredictionService } from '../../../../src/main/inference/prediction-service.ts';
import { lesionCenter, liverStudy } from '../../../fixtures/dicom/write-liver-study.ts';
import { zipArchive } from '../../../fixtures/dicom/write-zip.ts';
import { folderForAll } from '../../../fixtures/temporary-folder.ts';
import { fixtureModels, realServices } from './support.ts';

const { studies, inference, close } = realServices();
const folder = folderForAll();
afterAll(() => {
  close();
});

const predicted = async (path: string): Promise<Prediction> => {
  const models = new ModelLibrary({
    builtInFolder: fixtureModels,
    installedFolder: '',
    worker: inference,
    providers: ['cpu'],
  });
  const { openId, studies: found } = await studies.open({ kind: 'path', path });
  const [study] = found;
  if (!study) throw new Error('no study was found');
  const [x, y, z] = lesionCenter;
  return await new PredictionService({ studies, models, appVersion: '0.0.0' }).predict({
    openId,
    studyInstanceUID: study.studyInstanceUID,
    roles: study.series.flatMap(({ id, description }) => {
      const role = modelRoles.find((known) => known === description);
      return role ? [{ role, seriesId: id, origin: 'user' as const, confirmedBy: 'Tester' }] : [];
    }),
    lesions: [
      {
        id: 'a',
        label: 'T1',
        kind: 'target',
        seriesId: study.series[0]?.id ?? '',
        longAxis: [
          [x - 30, y, z],
          [x + 30, y, z],
        ],
      },
    ],
    factors: {},
  });
};

it('a study predicts alike from its folder and from a zip in which every series has the same file names', async () => {
  const files = liverStudy(modelRoles);
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(folder, 'plain', name)), { recursive: true });
    writeFileSync(join(folder, 'plain', name), bytes);
  }
  const flattened = files.map(({ name, bytes }) => ({ name: name.replace(/^.*\//, 'DICOM/'), bytes }));
  writeFileSync(join(folder, 'flat.zip'), zipArchive(flattened));
  const plain = await predicted(join(folder, 'plain'));
  const flat = await predicted(join(folder, 'flat.zip'));
  expect(plain.sample.channels).toHaveLength(modelRoles.length);
  expect(Math.abs(flat.probability - plain.probability)).toBeLessThan(1e-9);
  expect(Math.abs(flat.logit - plain.logit)).toBeLessThan(1e-9);
  expect(flat.map.values).toEqual(plain.map.values);
});
