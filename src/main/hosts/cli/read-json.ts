import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { AppError } from '#shared/errors.ts';

/** Parsed JSON of a file, or of standard input for `-`. Throws `file-unreadable` or `not-json`. */
export const readJson = async (path: string): Promise<unknown> => {
  const content = await (path === '-' ? text(process.stdin) : readFile(path, 'utf8')).catch((error: unknown) => {
    throw new AppError('file-unreadable', `${path} cannot be read. Check the path.`, { detail: String(error) });
  });
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new AppError('not-json', `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
};
