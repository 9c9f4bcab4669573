/** Single files that were compressed with gzip (RFC 1952), as archives on Unix hold them. */
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { containerKind } from '../bytes/container-kind.ts';
import type { InputFile } from '../bytes/input.ts';
import { Refusal } from '../scan/refusal.ts';
import { heldFile } from './held-file.ts';

/** An image has at most some megabytes; a file that grows beyond this is no image, and several are open at once. */
export const largestUnpacked = 256 * 1024 ** 2;

const unpack = promisify(gunzip);

const unpacked = async (bytes: Uint8Array): Promise<Uint8Array> => {
  try {
    return await unpack(bytes, { maxOutputLength: largestUnpacked });
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
      ? new Refusal('too-large', refusalSentence('entry-too-large', { megabytes: largestUnpacked / 1024 ** 2 }))
      : new Refusal('archive-entry', refusalSentence('entry-damaged'));
  }
};

/** The first bytes of what a gzip file holds; fewer, or none, where it is damaged. */
export const gzipHead = (bytes: Uint8Array): Uint8Array => {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array(0);
  }
};

const readWhole = async (source: ByteSource): Promise<Uint8Array> => {
  if (source.size > largestUnpacked) {
    throw new Refusal('too-large', refusalSentence('entry-too-large', { megabytes: largestUnpacked / 1024 ** 2 }));
  }
  return await source.read(0, source.size);
};

/** A file called `.gz`, unpacked whenever it is opened; one that is not gzip all the same is opened as it is. */
export const gzippedFile = (packed: InputFile): InputFile => ({
  file: packed.file,
  open: (use) =>
    packed.open(async (source) => {
      if (containerKind(await source.head(3)) !== 'gzip') return await use(source);
      return await heldFile(packed.file, await unpacked(await readWhole(source))).open(use);
    }),
});
