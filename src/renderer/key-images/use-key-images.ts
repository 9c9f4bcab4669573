import { onScopeDispose } from 'vue';
import type { KeyImage } from '#shared/cases/key-image.ts';
import { subtract } from '#shared/study/geometry.ts';
import { lesionPlace, shiftOf } from '#shared/study/series-shift.ts';
import { i18n } from '../locales/index.ts';
import { useCaseStore } from '../stores/case.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { usePicturesStore } from '../stores/pictures.ts';
import type { PanePicture, ViewerCommands } from '../viewer/contract.ts';
import { blobOf, sizes } from './encode.ts';
import { showsPlace } from './shows-place.ts';
import { imageOf, takeIndexImages } from './take-index-images.ts';

/** Takes pictures of the panes: the set at the index lesion whenever the case is saved or left, and those a person wants. */
export const useKeyImages = (viewer: () => Pick<ViewerCommands, 'picturesAt'> | null) => {
  const current = useCaseStore();
  const notices = useNoticesStore();
  const pictures = usePicturesStore();
  const { t } = i18n.global;

  /** The prediction whose map lies over the panes; a number that is withheld leaves no map that could be found later. */
  const mapOf = (): string | undefined =>
    current.outOfDate || current.isWithheld ? undefined : current.prediction?.id;

  const take = async (): Promise<KeyImage[]> => {
    const { index, edit, shiftsInForce: shifts } = current;
    const at = index && lesionPlace(shifts, index);
    const series = current.study?.series ?? [];
    const taken = await takeIndexImages({
      pictures: (await viewer()?.picturesAt(at)) ?? [],
      roles: edit.roles,
      predictionId: mapOf(),
      // Another index lesion, or one that was measured elsewhere, is not on the pictures of the one before.
      before: current.indexImages.filter(
        (image) => at === undefined || showsPlace(image, subtract(at, shiftOf(shifts, image.seriesId)), series),
      ),
      kept: edit.keyImages,
      put: pictures.put,
    });
    return [...taken];
  };

  const keep = (picture: PanePicture): Promise<void> =>
    notices.guarded(async () => {
      const [best] = sizes;
      if (!best) return;
      const predictionId = mapOf();
      const withMap = picture.withMap && predictionId !== undefined;
      const canvas = withMap ? picture.paint(best.longest) : picture.paintPlain(best.longest);
      const blob = await blobOf(canvas, best.quality);
      const image = await imageOf(picture, blob, { put: pictures.put, origin: 'kept', predictionId });
      if (!current.keepImage(image)) {
        notices.show({ kind: 'warning', text: () => t('keyImages.noRoom') });
        return;
      }
      const action = { label: () => t('common.actions.undo'), run: () => current.dropImage(image.id) };
      notices.show({
        kind: 'info',
        text: () => t('keyImages.kept', { role: t(`images.roles.${image.role}`) }),
        action,
      });
    });

  current.setCamera(take);
  onScopeDispose(() => current.setCamera(undefined));
  return { keep };
};
