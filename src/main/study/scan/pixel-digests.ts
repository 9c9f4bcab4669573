/** Fingerprints of the pixels of files: equal ones hold the same pixels, whatever their headers say. */
import { createHash } from 'node:crypto';
import type { ByteSource } from '../bytes/byte-source.ts';
import type { InputFile } from '../bytes/input.ts';
import { readSourceHeader } from './read-file.ts';

const chunkBytes = 8 * 1024 ** 2;

/** Of everything from the pixel data on. A file that cannot be read is no copy of another. */
const pixelDigest = async (source: ByteSource): Promise<string> => {
  const { pixelData, bytes, syntax } = await readSourceHeader(source);
  const hash = createHash('sha256').update(syntax.deflated ? '' : syntax.uid);
  const start = pixelData?.start ?? 0;
  if (syntax.deflated) return hash.update(bytes.subarray(start)).digest('hex');
  for (let at = start; at < source.size; at += chunkBytes) {
    hash.update(await source.read(at, Math.min(chunkBytes, source.size - at)));
  }
  return hash.digest('hex');
};

/** Reads each file at most once, and only where it is asked about. */
export class PixelDigests {
  readonly #files: readonly InputFile[];
  readonly #known = new Map<number, Promise<string>>();

  constructor(files: readonly InputFile[]) {
    this.#files = files;
  }

  async areEqual(a: number, b: number): Promise<boolean> {
    return (await this.of(a)) === (await this.of(b));
  }

  /** `source` is the place of the file in the input. */
  of(source: number): Promise<string> {
    let digest = this.#known.get(source);
    if (!digest) {
      digest = this.#files[source]?.open(pixelDigest).catch(() => `unreadable ${source}`) ?? Promise.resolve('');
      this.#known.set(source, digest);
    }
    return digest;
  }
}
