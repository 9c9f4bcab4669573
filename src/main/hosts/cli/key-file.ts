import { readFile } from 'node:fs/promises';
import { AppError } from '#shared/errors.ts';

/** Shorter keys could be found by trying. */
const LEAST_BYTES = 16;
const HEX = /^[0-9a-f]+$/i;

const refuse = (why: string): AppError =>
  new AppError(
    'bad-key-file',
    `${why} It must hold at least ${LEAST_BYTES} random bytes, as they are or in hexadecimal; \`openssl rand -hex 32\` makes such a key. Keep it as secret as the images.`,
  );

/** The secret that pseudonyms come from: hexadecimal digits where the file holds nothing else, else its bytes. */
export const keyFromFile = async (path: string): Promise<Uint8Array> => {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw refuse(`The key file cannot be read (${String((error as { code?: unknown }).code)}).`);
  }
  const text = bytes.toString('latin1').trim();
  const key = HEX.test(text) && text.length % 2 === 0 ? Buffer.from(text, 'hex') : bytes;
  if (key.length < LEAST_BYTES) throw refuse('The key file is too short.');
  return new Uint8Array(key);
};
