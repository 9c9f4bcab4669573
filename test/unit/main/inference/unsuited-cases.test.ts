import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { factorValuesSchema } from '#shared/clinical/factor-values.ts';
import { AppError } from '#shared/errors.ts';
import { isNotComputable } from '#shared/model/not-computable.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { lesionSchema } from '#shared/study/lesion.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { suggestedRoles } from '#shared/study/suggested-roles.ts';
import { ModelLibrary } from '../../../../src/main/inference/model-library.ts';
import { PredictionService } from '../../../../src/main/inference/prediction-service.ts';
import { realServices, repositoryRoot } from './support.ts';
import { type Situation, unsuitedCases } from './unsuited-cases.ts';

const demoFolder = join(repositoryRoot, 'resources/demo');
const { studies, inference, close } = realServices();
const models = new ModelLibrary({
  builtInFolder: join(repositoryRoot, 'resources/models'),
  installedFolder: '',
  worker: inference,
  providers: ['cpu'],
});
let suited: Situation;
beforeAll(async () => {
  const demo = z
    .object({ factors: factorValuesSchema, lesions: z.array(lesionSchema) })
    .parse(JSON.parse(readFileSync(join(demoFolder, 'factors.json'), 'utf8')));
  const { openId, studies: found } = await studies.open({ kind: 'demo', path: join(demoFolder, 'study') });
  const [study] = found;
  if (!study) throw new Error('the demonstration study holds one study');
  const { studyInstanceUID } = study;
  const roles = suggestedRoles(study.series);
  suited = { study, request: { openId, studyInstanceUID, roles, ...demo }, pixels: (_, volume) => volume };
});
afterAll(close);

const predict = ({ study, request, pixels }: Situation): Promise<Prediction> => {
  const roleOf = new Map(request.roles.map(({ role, seriesId }): [string, ModelRole] => [seriesId, role]));
  const service = new PredictionService({
    models,
    appVersion: '0.0.0',
    studies: {
      study: () => study,
      volume: async (openId, seriesId) => {
        const volume = await studies.volume(openId, seriesId);
        const role = roleOf.get(seriesId);
        return role ? pixels(role, volume) : volume;
      },
    },
  });
  return service.predict(request);
};

/** Codes for which the number is withheld, or the one for which there is none; empty where a verdict is given. */
const reasonsOf = async (situation: Situation): Promise<string[]> => {
  try {
    const { decision, withheldBecause } = await predict(situation);
    return decision === 'withheld' ? withheldBecause.map(({ code }) => code) : [];
  } catch (error) {
    if (error instanceof AppError && isNotComputable(error.code)) return [error.code];
    throw error;
  }
};

describe('forty cases that the model was not made for', () => {
  it('are forty, each by a name of its own', () => {
    expect(new Set(unsuitedCases.map(({ name }) => name)).size).toBe(40);
  });

  it('start from one whose number is shown', async () => {
    expect(await reasonsOf(suited)).toEqual([]);
  });

  it.each(unsuitedCases)('$name: withheld because of $code', async ({ code, spoil }) => {
    expect(await reasonsOf(spoil(suited))).toContain(code);
  });
});
