/**
 * The sample as `haicast prepare` writes it, in one place: what a model package made from a prepared cohort must state
 * in its manifest (`channels`, `crop`, `normalisation`). A prediction takes these numbers from the package, never from here.
 *
 * The field of view follows the lesion, so that a 3 cm and a 15 cm tumour fill the crop alike; size itself goes in as a
 * clinical factor. None of these numbers is from Quan et al. 2024, which does not state its crop.
 */
import type { ModelManifest } from '#shared/model/manifest.ts';
import { modelRoles } from '#shared/study/roles.ts';

export type SampleContract = Pick<ModelManifest, 'channels' | 'crop' | 'normalisation'>;

export const cohortSampleContract: SampleContract = {
  channels: modelRoles.map((role) => ({ role, required: false })),
  crop: { plane: 'axial', size: 128, fovPerDiameter: 2.1, fovMinMm: 80, fovMaxMm: 230 },
  normalisation: { method: 'robust-z', clip: 8 },
};
