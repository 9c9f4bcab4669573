import { bytesOf, KEY_IMAGE_BYTES, type KeyImage } from '#shared/cases/key-image.ts';
import { AppError } from '#shared/errors.ts';
import { pictureGone } from '../cases/rows/key-image-rows.ts';
import type { Vault } from '../cases/vault.ts';
import type { Session } from './draft.ts';
import type { HandlersOf } from './handlers.ts';

export const keyImageHandlers = ({ vault, session }: { vault: Vault; session: Session }): HandlersOf<'keyImages'> => ({
  'keyImages.put': (picture) => session.pictures.put(picture),
  'keyImages.read': ({ id, caseId }) => {
    const held = session.pictures.get(id);
    if (held) return { mediaType: held.mediaType, base64: Buffer.from(held.bytes).toString('base64') };
    if (caseId === undefined) throw pictureGone();
    const { mediaType, bytes } = vault.store().picture(caseId, id);
    return { mediaType, base64: Buffer.from(bytes).toString('base64') };
  },
});

/** Bytes of those pictures that this session holds, by their hash; the others are in the records. */
export const picturesHeld = (
  images: readonly Pick<KeyImage, 'id'>[],
  { pictures }: Pick<Session, 'pictures'>,
): Record<string, Uint8Array> =>
  Object.fromEntries(
    images.flatMap(({ id }) => {
      const picture = pictures.get(id);
      return picture ? [[id, picture.bytes] as const] : [];
    }),
  );

/** The key images of a draft with the bytes of those that this session holds; the others are with the case. */
export const imagesToKeep = (
  images: KeyImage[] | undefined,
  session: Session,
): { keyImages?: KeyImage[]; pictures?: Record<string, Uint8Array> } => {
  if (!images) return {};
  if (bytesOf(images) > KEY_IMAGE_BYTES) {
    throw new AppError(
      'key-images-too-large',
      'The key images of this case take more room than a case has for them. Take some away, then save.',
      { params: { megabytes: KEY_IMAGE_BYTES / 1e6 } },
    );
  }
  return { keyImages: images, pictures: picturesHeld(images, session) };
};
