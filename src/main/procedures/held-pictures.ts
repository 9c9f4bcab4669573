import type { Picture, PictureType } from '#shared/cases/key-image.ts';
import { AppError } from '#shared/errors.ts';
import { pictureIdOf } from '../cases/rows/key-image-rows.ts';

const MOST_BYTES = 64 * 2 ** 20;

const beginsWith = (bytes: Uint8Array, at: number, text: string): boolean =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;

const isOfType: Record<PictureType, (bytes: Uint8Array) => boolean> = {
  'image/png': (bytes) => beginsWith(bytes, 0, '\x89PNG\r\n\x1a\n'),
  'image/webp': (bytes) => beginsWith(bytes, 0, 'RIFF') && beginsWith(bytes, 8, 'WEBP'),
};

export interface HeldPicture {
  mediaType: PictureType;
  bytes: Uint8Array;
}

/**
 * Pictures that were handed over and are in no record yet, by their hash. In memory, like the drafts that name them; of
 * those that no draft names the oldest go first where there are too many.
 */
export class HeldPictures {
  readonly #held = new Map<string, HeldPicture>();
  readonly #inUse: () => ReadonlySet<string>;

  constructor(inUse: () => ReadonlySet<string>) {
    this.#inUse = inUse;
  }

  /** Throws `key-image-refused` for what is not a picture of its type. */
  put({ mediaType, base64 }: Picture): { id: string; bytes: number } {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    if (!isOfType[mediaType](bytes)) {
      throw new AppError('key-image-refused', 'A key image could not be taken over. Take it again.');
    }
    const id = pictureIdOf(bytes);
    this.#held.delete(id);
    this.#held.set(id, { mediaType, bytes });
    this.#letGo(id);
    return { id, bytes: bytes.byteLength };
  }

  get(id: string): HeldPicture | undefined {
    return this.#held.get(id);
  }

  /** Lets go of all that no draft names, as what they showed was erased. */
  letGoOfUnused(): void {
    const inUse = this.#inUse();
    for (const id of [...this.#held.keys()]) if (!inUse.has(id)) this.#held.delete(id);
  }

  #letGo(newest: string): void {
    let total = [...this.#held.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    if (total <= MOST_BYTES) return;
    const inUse = this.#inUse();
    for (const [id, { bytes }] of this.#held) {
      if (total <= MOST_BYTES) return;
      if (id === newest || inUse.has(id)) continue;
      this.#held.delete(id);
      total -= bytes.byteLength;
    }
  }
}
