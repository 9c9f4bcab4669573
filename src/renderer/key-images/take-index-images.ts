/** The set of pictures at the index lesion: every role's slice, with and without the map of the prediction in force. */
import { bytesOf, KEY_IMAGE_BYTES, type KeyImage } from '#shared/cases/key-image.ts';
import { mergeTaken } from '#shared/cases/shown-images.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import type { PanePicture } from '../viewer/contract.ts';
import { blobOf, encodeWithin } from './encode.ts';

/** Hands a picture over to the application. */
export type Put = (blob: Blob) => Promise<Pick<KeyImage, 'id' | 'bytes' | 'mediaType'>>;

/** What is said of every picture, whatever it is kept with. */
export const describePicture = async ({ role, seriesId, sliceIndex }: PanePicture, blob: Blob, put: Put) => ({
  ...(await put(blob)),
  role,
  seriesId,
  sliceIndex,
  takenAt: new Date().toISOString(),
});

export const imageOf = async (
  picture: PanePicture,
  blob: Blob,
  { put, origin, predictionId }: { put: Put; origin: KeyImage['origin']; predictionId: string | undefined },
): Promise<KeyImage> => ({
  ...(await describePicture(picture, blob, put)),
  origin,
  ...(picture.withMap && predictionId !== undefined ? { predictionId } : {}),
});

export interface TakeOptions {
  /** What the panes show at the index lesion. */
  pictures: readonly PanePicture[];
  roles: readonly RoleAssignment[];
  /** Whose map lies over the panes; undefined where there is none that may be kept. */
  predictionId: string | undefined;
  before: readonly KeyImage[];
  /** What a person kept, which has its room first. */
  kept: readonly KeyImage[];
  put: Put;
}

/** The new set: a role that has no picture now keeps the one that it had, while there is room for it. */
export const takeIndexImages = async (options: TakeOptions): Promise<readonly KeyImage[]> => {
  const { pictures, roles, predictionId, before, kept, put } = options;
  const seriesOf = (role: string) => roles.find((entry) => entry.role === role)?.seriesId;
  const wanted = pictures.filter(
    ({ role, seriesId, withMap }) => seriesOf(role) === seriesId && (!withMap || predictionId !== undefined),
  );
  if (wanted.length === 0) return before;
  const room = KEY_IMAGE_BYTES - bytesOf(kept);
  const blobs = await encodeWithin(room, ({ longest, quality }) =>
    Promise.all(wanted.map((picture) => blobOf(picture.paint(longest), quality))),
  );
  const taken = await Promise.all(
    wanted.flatMap((picture, i) => {
      const blob = blobs?.[i];
      return blob ? [imageOf(picture, blob, { put, origin: 'index-lesion', predictionId })] : [];
    }),
  );
  const merged = mergeTaken(before, taken, seriesOf);
  return bytesOf(merged) <= room ? merged : taken;
};
