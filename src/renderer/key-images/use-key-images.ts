import { onScopeDispose } from 'vue';
import { bytesOf, KEY_IMAGE_BYTES, type KeyImage } from '#shared/cases/key-image.ts';
import { midpoint } from '#shared/study/geometry.ts';
import { i18n } from '../locales/index.ts';
import { useCaseStore } from '../stores/case.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { usePicturesStore } from '../stores/pictures.ts';
import type { PanePicture, ViewerCommands } from '../viewer/contract.ts';
import { blobOf, encodeWithin, sizes } from './encode.ts';
import { mergeTaken } from './shown-images.ts';

/** Takes pictures of the panes: the set at the index lesion whenever the case is saved or left, and those a person wants. */
export const useKeyImages = (viewer: () => Pick<ViewerCommands, 'picturesAt'> | null) => {
  const current = useCaseStore();
  const notices = useNoticesStore();
  const pictures = usePicturesStore();
  const { t } = i18n.global;

  /** The prediction whose map lies over the panes; a number that is withheld leaves no map that could be found later. */
  const mapOf = (): string | undefined =>
    current.outOfDate || current.isWithheld ? undefined : current.prediction?.id;

  const imageOf = async (picture: PanePicture, blob: Blob, origin: KeyImage['origin']): Promise<KeyImage> => {
    const predictionId = picture.withMap ? mapOf() : undefined;
    return {
      ...(await pictures.put(blob)),
      role: picture.role,
      seriesId: picture.seriesId,
      sliceIndex: picture.sliceIndex,
      origin,
      takenAt: new Date().toISOString(),
      ...(predictionId === undefined ? {} : { predictionId }),
    };
  };

  const take = async (): Promise<KeyImage[]> => {
    const { index, edit } = current;
    const seriesOf = (role: string) => edit.roles.find((entry) => entry.role === role)?.seriesId;
    const before = current.indexImages;
    const at = index && midpoint(...index.longAxis);
    const wanted = (viewer()?.picturesAt(at) ?? []).filter(
      ({ role, seriesId, withMap }) => seriesOf(role) === seriesId && (!withMap || mapOf() !== undefined),
    );
    if (wanted.length === 0) return before;
    const room = KEY_IMAGE_BYTES - bytesOf(edit.keyImages);
    const blobs = await encodeWithin(room, ({ longest, quality }) =>
      Promise.all(wanted.map((picture) => blobOf(picture.paint(longest), quality))),
    );
    const taken = await Promise.all(
      wanted.flatMap((picture, i) => {
        const blob = blobs?.[i];
        return blob ? [imageOf(picture, blob, 'index-lesion')] : [];
      }),
    );
    const merged = mergeTaken(before, taken, seriesOf);
    return bytesOf(merged) <= room ? merged : taken;
  };

  const keep = (picture: PanePicture): Promise<void> =>
    notices.guarded(async () => {
      const [best] = sizes;
      if (!best) return;
      const shown = { ...picture, withMap: picture.withMap && mapOf() !== undefined };
      const canvas = shown.withMap ? picture.paint(best.longest) : picture.paintPlain(best.longest);
      const image = await imageOf(shown, await blobOf(canvas, best.quality), 'kept');
      if (!current.keepImage(image)) {
        notices.show({ kind: 'warning', text: t('keyImages.noRoom') });
        return;
      }
      const action = { label: t('common.actions.undo'), run: () => current.dropImage(image.id) };
      notices.show({ kind: 'info', text: t('keyImages.kept', { role: t(`images.roles.${image.role}`) }), action });
    });

  current.setCamera(take);
  onScopeDispose(() => current.setCamera(undefined));
  return { keep };
};
