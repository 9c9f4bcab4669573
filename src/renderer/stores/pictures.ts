import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { KeyImage, Picture } from '#shared/cases/key-image.ts';
import { pictureTypeSchema } from '#shared/cases/key-image.ts';
import { useClient } from '../client/index.ts';

const base64Of = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(blob);
  });

/** Pixels of key images, by the hash that they are known by: those taken here, and those read from a kept case. */
export const usePicturesStore = defineStore('pictures', () => {
  const client = useClient();
  const urls = shallowReactive(new Map<string, string>());

  /** Hands a picture over to the application, which keeps it with the next save. */
  const put = async (blob: Blob): Promise<Pick<KeyImage, 'id' | 'bytes' | 'mediaType'>> => {
    const mediaType = pictureTypeSchema.parse(blob.type);
    const base64 = await base64Of(blob);
    const { id, bytes } = await client.call('keyImages.put', { mediaType, base64 });
    urls.set(id, `data:${mediaType};base64,${base64}`);
    return { id, bytes, mediaType };
  };

  /** Of a case whose id whoever looks does not know. */
  const loadBy = async (id: string, read: () => Promise<Picture>): Promise<void> => {
    if (urls.has(id)) return;
    const { mediaType, base64 } = await read();
    urls.set(id, `data:${mediaType};base64,${base64}`);
  };

  const load = (id: string, caseId: string | undefined): Promise<void> =>
    loadBy(id, () => client.call('keyImages.read', { id, ...(caseId === undefined ? {} : { caseId }) }));

  return { urlOf: (id: string) => urls.get(id), put, load, loadBy };
});
