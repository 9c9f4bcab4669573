import { modelInputIds, modelInputs } from '#shared/clinical/model-inputs.ts';
import { AppError } from '#shared/errors.ts';
import type { ModelRole, RoleAssignment } from '#shared/study/roles.ts';
import type { ScannedStudy } from '#shared/study/study.ts';
import { suggestedRoles } from '#shared/study/suggested-roles.ts';
import type { DecodedVolume } from '../study/records.ts';
import { cohortSampleContract } from '../study/sample/crop-contract.ts';
import { prepareSample, type Sample } from '../study/sample/prepare-sample.ts';
import type { StudyService } from '../study/service.ts';
import type { CallOptions } from '../workers/client.ts';
import type { CohortRow } from './cohort-row.ts';

export type CohortStudies = Pick<StudyService, 'open' | 'close' | 'volume'>;

export interface PreparedPatient {
  sample: Sample;
  /** One number per id of `modelInputIds`, NaN where missing. */
  clinical: Float64Array;
  roles: RoleAssignment[];
}

/** The table's roles, the role engine's for the rest. Throws `AppError('unknown-series')` for a series that is not there. */
const cohortRoles = (study: ScannedStudy, stated: CohortRow['roles']): RoleAssignment[] => {
  const known = new Set(study.series.map(({ id }) => id));
  const given = Object.entries(stated).map(([role, seriesId]): RoleAssignment => {
    if (!known.has(seriesId)) {
      throw new AppError('unknown-series', `Column role_${role} names a series that the study does not hold.`);
    }
    return { role: role as ModelRole, seriesId, origin: 'user' };
  });
  const taken = new Set(given.map(({ seriesId }) => seriesId));
  const rest = suggestedRoles(study.series).filter(
    ({ role, seriesId }) => stated[role] === undefined && !taken.has(seriesId),
  );
  return [...given, ...rest];
};

const onlyStudy = (studies: readonly ScannedStudy[]): ScannedStudy => {
  const [study, second] = studies;
  if (!study) throw new AppError('no-study', 'No MR image was found in it.');
  if (second) {
    throw new AppError('several-studies', `It holds ${studies.length} studies. Give each its own folder.`);
  }
  return study;
};

/** Opens one patient's study, takes what the model would see, and closes it again. Throws `AppError` with the reason. */
export const preparePatient = async (
  studies: CohortStudies,
  path: string,
  row: CohortRow,
  options: CallOptions,
): Promise<PreparedPatient> => {
  const opened = await studies.open({ kind: 'path', path }, options);
  try {
    const study = onlyStudy(opened.studies);
    const roles = cohortRoles(study, row.roles);
    if (roles.length === 0) throw new AppError('no-roles', 'None of its series plays a role that the model knows.');
    const volumesByRole: Partial<Record<ModelRole, DecodedVolume>> = {};
    for (const { role, seriesId } of roles) {
      volumesByRole[role] = await studies.volume(opened.openId, seriesId, options);
    }
    const [x, y, z] = row.centerMm;
    const half = row.diameterMm / 2;
    const sample = prepareSample({
      manifest: cohortSampleContract,
      volumesByRole,
      lesion: {
        longAxis: [
          [x - half, y, z],
          [x + half, y, z],
        ],
      },
      shiftMmByRole: row.shifts,
      // The table states positions, not the series they were read on: the first role's series stands for all.
      lesionFrameOfReferenceUID: Object.values(volumesByRole)[0]?.info.geometry?.frameOfReferenceUID,
    });
    if (sample.channels.every(({ coverage }) => coverage === 0)) {
      throw new AppError(
        'lesion-outside',
        'The lesion lies outside every image. Check lesion_x, lesion_y, lesion_z (mm, LPS).',
      );
    }
    const inputs = modelInputs(row.factors);
    return { sample, roles, clinical: Float64Array.from(modelInputIds, (id) => inputs[id]?.value ?? Number.NaN) };
  } finally {
    await studies.close(opened.openId);
  }
};
