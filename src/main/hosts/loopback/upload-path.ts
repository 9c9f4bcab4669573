import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';

export const UPLOAD_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const DEEPEST = 32;
const LONGEST_NAME = 200;
/** Not allowed in a file name on Windows. */
const UNUSUAL = '<>:"|?*\u007f';

const safeName = (name: string): string =>
  [...name]
    .map((character) => (character < ' ' || UNUSUAL.includes(character) ? '_' : character))
    .join('')
    .slice(0, LONGEST_NAME);

const refused = (why: string): AppError =>
  new AppError('upload-refused', `A file was refused: ${why}. Choose the folder of the study itself.`);

const decode = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw refused('its path cannot be read');
  }
};

/**
 * Pure: the path below an upload's folder for what the browser says a file was called. The names are kept, for a DICOMDIR
 * refers to them and the list of skipped files shows them, and never trusted: nothing of them leads out of the folder.
 */
export const relativePathOf = (uploadId: string, encodedPath: string | undefined): string => {
  if (!UPLOAD_ID.test(uploadId)) throw refused('the upload has no proper number');
  if (encodedPath === undefined || encodedPath === '') throw refused('it has no path');
  const names = decode(encodedPath)
    .split(/[/\\]/)
    .filter((name) => name !== '' && name !== '.');
  if (names.length === 0) throw refused('it has no path');
  if (names.length > DEEPEST) throw refused('it lies too deep');
  if (names.includes('..')) throw refused('its path leads out of the folder');
  return join(...names.map(safeName));
};
