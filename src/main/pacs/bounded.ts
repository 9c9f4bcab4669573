/** A stream that others fill, held to a size and a pace. */
import { Transform } from 'node:stream';
import { pacsError } from './errors.ts';
import type { PacsLimits } from './limits.ts';

/**
 * Passes bytes through; fails with `pacs-endless` beyond `mostBytes`, and with `pacs-slow` where a window of time brings too
 * few of them.
 */
export const bounded = (mostBytes: number, { windowMs, windowBytes }: PacsLimits): Transform => {
  let bytes = 0;
  let before = 0;
  const timer = setInterval(() => {
    if (bytes - before < windowBytes) stream.destroy(pacsError('pacs-slow'));
    before = bytes;
  }, windowMs);
  const stream: Transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostBytes) done(pacsError('pacs-endless'));
      else done(null, chunk);
    },
    destroy(error, done) {
      clearInterval(timer);
      done(error);
    },
    flush(done) {
      clearInterval(timer);
      done();
    },
  });
  return stream;
};
