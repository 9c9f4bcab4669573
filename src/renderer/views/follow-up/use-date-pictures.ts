/** Pictures of the date that is measured: a set at its lesions whenever it is left, and those that a person wants (`K`). */
import { bytesOf } from '#shared/cases/key-image.ts';
import {
  type CourseImage,
  type ImageOrigin,
  imageSetId,
  imagesOf,
  TIME_POINT_IMAGE_BYTES,
} from '#shared/course/key-images.ts';
import { blobOf, encodeWithin } from '../../key-images/encode.ts';
import { describePicture } from '../../key-images/take-index-images.ts';
import { lesionPlaces, takeLesionImages } from '../../key-images/take-lesion-images.ts';
import { i18n } from '../../locales/index.ts';
import { type CourseChange, useCourseStore } from '../../stores/course.ts';
import { useNoticesStore } from '../../stores/notices.ts';
import { usePicturesStore } from '../../stores/pictures.ts';
import type { PanePicture, ViewerCommands } from '../../viewer/contract.ts';
import type { DateColumn } from './date-columns.ts';

export interface DatePicturesOptions {
  /** The date that is measured. */
  column: () => DateColumn | undefined;
  viewer: (timePointId: string) => Pick<ViewerCommands, 'picturesAt'> | undefined;
}

const idsOf = (images: readonly CourseImage[]): string =>
  images
    .map(({ id, lesionId }) => `${lesionId} ${id}`)
    .sort()
    .join();

export const useDatePictures = ({ column, viewer }: DatePicturesOptions) => {
  const store = useCourseStore();
  const notices = useNoticesStore();
  const pictures = usePicturesStore();
  const { t } = i18n.global;

  const kept = (timePointId: string, origin: ImageOrigin): CourseImage[] =>
    store.course ? imagesOf(store.course, timePointId, [origin]) : [];
  const setOf = (timePointId: string, origin: ImageOrigin, images: readonly CourseImage[]): CourseChange => ({
    kind: 'images',
    id: imageSetId({ timePointId, origin }),
    body: images.length === 0 ? null : { timePointId, origin, images: [...images] },
  });

  /** Takes the set at the lesions anew. It is no step of a person's, so it is none that undo takes back. */
  const take = (): Promise<void> =>
    notices.guarded(async () => {
      const [shown, course] = [column(), store.course];
      if (!shown?.images || !course || !store.isEditable) return;
      const { id } = shown.point;
      const before = kept(id, 'lesions');
      const images = await takeLesionImages({
        places: lesionPlaces(shown.marks, course.lesions, shown.images.shifts),
        picturesAt: async (position) => (await viewer(id)?.picturesAt(position)) ?? [],
        roles: shown.images.roles,
        series: shown.images.study.series,
        shifts: shown.images.shifts,
        before,
        room: TIME_POINT_IMAGE_BYTES - bytesOf(kept(id, 'kept')),
        put: pictures.put,
      });
      if (idsOf(images) !== idsOf(before)) await store.write([setOf(id, 'lesions', images)], { undoable: false });
    });

  const keep = (picture: PanePicture): Promise<void> =>
    notices.guarded(async () => {
      const shown = column();
      if (!shown || !store.isEditable) return;
      const { id } = shown.point;
      const others = kept(id, 'kept');
      const [blob] =
        (await encodeWithin(TIME_POINT_IMAGE_BYTES - bytesOf(others), async ({ longest, quality }) => [
          await blobOf(picture.paintPlain(longest), quality),
        ])) ?? [];
      if (!blob) {
        notices.show({ kind: 'warning', text: () => t('followUp.pictures.noRoom') });
        return;
      }
      const image = await describePicture(picture, blob, pictures.put);
      if (others.some((one) => one.id === image.id)) return;
      // What was taken at the lesions gives way: it is taken again, smaller, when the date is left.
      const room = TIME_POINT_IMAGE_BYTES - bytesOf([...others, image]);
      const taken = kept(id, 'lesions');
      await store.write([
        ...(bytesOf(taken) > room ? [setOf(id, 'lesions', [])] : []),
        setOf(id, 'kept', [...others, image]),
      ]);
      const action = { label: () => t('common.actions.undo'), run: () => void store.undo().catch(notices.showError) };
      const text = () => t('followUp.pictures.kept', { role: t(`images.roles.${image.role}`) });
      notices.show({ kind: 'info', text, action });
    });

  return { take, keep };
};
