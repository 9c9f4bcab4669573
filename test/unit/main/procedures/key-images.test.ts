import { expect, test } from 'vitest';
import { KEY_IMAGE_BYTES } from '#shared/cases/key-image.ts';
import type { Vault } from '../../../../src/main/cases/vault.ts';
import { Session } from '../../../../src/main/procedures/draft.ts';
import { imagesToKeep, keyImageHandlers } from '../../../../src/main/procedures/key-images.ts';
import { sampleCase, samplePictures } from '../cases/sample-case.ts';
import { temporaryStore } from '../cases/temporary-store.ts';

test('a key image is read without the rest of its case', () => {
  const store = temporaryStore();
  const given = samplePictures(1);
  const { id } = store.save({ ...sampleCase(), ...given }, 'a');
  const [image] = given.keyImages;
  if (!image) throw new Error('there is one');
  const get = () => {
    throw new Error('the whole case was asked for');
  };
  const vault = { store: () => ({ picture: store.picture.bind(store), get }) } as unknown as Vault;
  const session = { pictures: { get: () => undefined } } as unknown as Session;
  const handlers = keyImageHandlers({ vault, session });
  expect(handlers['keyImages.read']({ id: image.id, caseId: id })).toStrictEqual({
    mediaType: image.mediaType,
    base64: Buffer.from(given.pictures[image.id] ?? []).toString('base64'),
  });
  expect(() => handlers['keyImages.read']({ id: 'other', caseId: id })).toThrow(
    expect.objectContaining({ code: 'key-image-gone' }),
  );
});

test('key images that are more than a case has room for are refused before anything is saved', () => {
  const [image] = samplePictures(1).keyImages;
  if (!image) throw new Error('there is one');
  const of = (bytes: number) => imagesToKeep([image, { ...image, bytes: bytes - image.bytes }], new Session());
  expect(of(KEY_IMAGE_BYTES).keyImages).toHaveLength(2);
  expect(() => of(KEY_IMAGE_BYTES + 1)).toThrow(expect.objectContaining({ code: 'key-images-too-large' }));
});
