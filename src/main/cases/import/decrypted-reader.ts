import { createDecipheriv } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import type { Span } from '../../study/archive/zip-span.ts';
import { OPENSSL_HEADER_BYTES, type OpensslKey } from '../export/openssl-file.ts';

const BLOCK = 16;
const AT_ONCE = 1 << 18;

/** Bytes of a file that are an encrypted one, and what opens it. */
export interface EncryptedFile extends Span, OpensslKey {
  handle: FileHandle;
}

/** A block of CBC needs its key and the block before it, so that any part of a file can be read without the rest. */
const decrypted = async ({ handle, start, key, iv }: EncryptedFile, first: number, blocks: number): Promise<Buffer> => {
  const isStart = first === 0;
  const length = (blocks + (isStart ? 0 : 1)) * BLOCK;
  const bytes = Buffer.alloc(length);
  const at = start + OPENSSL_HEADER_BYTES + (isStart ? 0 : first - 1) * BLOCK;
  const { bytesRead } = await handle.read(bytes, 0, length, at);
  const before = isStart ? iv : bytes.subarray(0, BLOCK);
  const decipher = createDecipheriv('aes-256-cbc', key, before).setAutoPadding(false);
  return decipher.update(bytes.subarray(isStart ? 0 : BLOCK, bytesRead - (bytesRead % BLOCK)));
};

/** How many bytes the file holds; undefined where the padding at its end is none, as with a wrong key. */
export const decryptedSize = async (file: EncryptedFile): Promise<number | undefined> => {
  const blocks = (file.end - file.start - OPENSSL_HEADER_BYTES) / BLOCK;
  if (!Number.isInteger(blocks) || blocks < 1) return undefined;
  const last = await decrypted(file, blocks - 1, 1);
  const padding = last.at(-1) ?? 0;
  const isPadding =
    padding >= 1 && padding <= BLOCK && last.subarray(BLOCK - padding).every((octet) => octet === padding);
  return isPadding ? blocks * BLOCK - padding : undefined;
};

async function* range(file: EncryptedFile, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; ) {
    const end = Math.min(to, at + AT_ONCE);
    const first = Math.floor(at / BLOCK);
    const plain = await decrypted(file, first, Math.ceil(end / BLOCK) - first);
    yield plain.subarray(at - first * BLOCK, end - first * BLOCK);
    at = end;
  }
}

/** What lies in an encrypted file, as the zip reader takes it: nothing of it reaches the disk. */
export class DecryptedReader extends RandomAccessReader {
  readonly #file: EncryptedFile;

  constructor(file: EncryptedFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(from: number, to: number): Readable {
    return Readable.from(range(this.#file, from, to), { objectMode: false });
  }
}
