/** What is shown and saved of a kept case while its key images are taken. Pure. */
import type { SlideModel } from '#shared/board/slide.ts';
import type { CaseDraft, SavedCase } from '#shared/cases/case.ts';
import { predictionInForce } from '#shared/cases/case-facts.ts';
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { Prediction } from '#shared/model/prediction.ts';

/** The prediction whose map may lie over a picture: in force, and not withheld. */
export const mapPrediction = (saved: SavedCase): Prediction | undefined => {
  const newest = predictionInForce(saved);
  return newest?.decision === 'withheld' ? undefined : newest;
};

/** The map that a board may see over the live images: of the prediction that it was shown, not of one made since. */
export const shownMap = (saved: SavedCase, model: SlideModel): Prediction | undefined => {
  const newest = mapPrediction(saved);
  return model.state === 'shown' && model.shown.predictionId === newest?.id ? newest : undefined;
};

const sameImages = (a: readonly KeyImage[], b: readonly KeyImage[]): boolean =>
  a.length === b.length && a.every((image, at) => image.id === b[at]?.id && image.predictionId === b[at]?.predictionId);

/** The same case with other pictures; undefined where they are the ones that it has. */
export const draftWith = (saved: SavedCase, openId: string, taken: readonly KeyImage[]): CaseDraft | undefined => {
  const own = saved.keyImages.filter(({ origin }) => origin === 'index-lesion');
  if (sameImages(own, taken)) return undefined;
  const newest = predictionInForce(saved);
  return {
    caseId: saved.id,
    revision: saved.revision,
    openId,
    studyInstanceUID: saved.study.studyInstanceUID,
    roles: saved.roles,
    lesions: saved.lesions,
    factors: saved.factors,
    ...(newest ? { predictionId: newest.id } : {}),
    ...(saved.modelId === undefined ? {} : { modelId: saved.modelId }),
    ...(saved.comparison ? { comparisonId: saved.comparison.id } : {}),
    ...(saved.baseRate === null ? {} : { baseRate: saved.baseRate }),
    note: saved.note,
    keyImages: [...taken, ...saved.keyImages.filter(({ origin }) => origin === 'kept')],
  };
};
