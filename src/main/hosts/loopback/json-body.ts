import type { IncomingMessage } from 'node:http';
import { AppError } from '#shared/errors.ts';

/** A case with its roles, lesions, factors and note is some tens of kilobytes; images never come this way. */
export const LARGEST_BODY_BYTES = 4 * 2 ** 20;

/** Throws `body-refused` for what is not JSON, `body-too-large` before more than the limit was kept. */
export const readJsonBody = async (request: IncomingMessage, limit = LARGEST_BODY_BYTES): Promise<unknown> => {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new AppError('body-refused', 'A request must be JSON.');
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new AppError('body-too-large', `A request may have at most ${limit} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new AppError('body-refused', 'A request must be JSON.');
  }
};
