/** Reads the headers of one file from wherever its bytes come, taking no more of it than the header needs. */
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { containerHeadBytes } from '../bytes/container-kind.ts';
import type { ImageRecord } from '../records.ts';
import { elementCut, NeedMoreBytes, wholeFile } from './element-reader.ts';
import { type Header, readHeader } from './header.ts';
import { imageRecords } from './image-records.ts';
import { Refusal } from './refusal.ts';

/** Holds nearly every classic header; one read of it costs little more than one of a sector. */
export const firstHeadBytes = 32 * 1024;

/** A header this long is no header. Enhanced objects of 20,000 frames stay far below. */
const longestHeaderBytes = 256 * 1024 * 1024;

const leastHeadBytes = 8 * 1024;
const mostHeadBytes = 192 * 1024;

/** How much of a file is read at first: as much as the header before it needed, since a series' headers are alike. */
export class HeadLength {
  bytes = firstHeadBytes;

  learn({ pixelData, syntax }: Header): void {
    if (!pixelData || syntax.deflated) return;
    // An eighth more: names and numbers of the next image may be longer.
    this.bytes = Math.min(mostHeadBytes, Math.max(leastHeadBytes, Math.ceil(pixelData.start * 1.125)));
  }
}

/** Some containers show what they are only behind their first kilobytes. */
const isUnknownFile = (error: unknown): boolean => error instanceof Refusal && error.code === 'not-dicom';

export const readSourceHeader = async (source: ByteSource, expected: number = firstHeadBytes): Promise<Header> => {
  if (source.size === 0) throw new Refusal('empty', refusalSentence('empty'));
  let length = Math.min(source.size, expected);
  for (;;) {
    const bytes = await source.head(length);
    const complete = bytes.length >= source.size || bytes.length < length;
    try {
      return readHeader(bytes, complete);
    } catch (error) {
      if (!complete && isUnknownFile(error) && length < containerHeadBytes) {
        length = Math.min(source.size, containerHeadBytes);
        continue;
      }
      if (!(error instanceof NeedMoreBytes) || complete) throw error;
      const need = error.need === Number.POSITIVE_INFINITY ? source.size : error.need;
      // What claims to be longer than the file is refused before anything is read or allocated for it. A few bytes
      // over may be padding after the last element.
      if (need >= source.size + 8) {
        throw elementCut(need, source.size, error.place ?? wholeFile);
      }
      const next = Math.min(source.size, Math.max(need, length * 4));
      if (next > longestHeaderBytes) {
        throw new Refusal(
          'too-large',
          refusalSentence('header-too-long', { megabytes: longestHeaderBytes / 1024 / 1024 }),
        );
      }
      length = next;
    }
  }
};

/** `index` is the file's place in the input. */
export const readImageRecords = async (
  source: ByteSource,
  index: number,
  headLength: HeadLength = new HeadLength(),
): Promise<ImageRecord[]> => {
  const header = await readSourceHeader(source, headLength.bytes);
  headLength.learn(header);
  // Offsets of the deflated syntax count in its inflated bytes.
  const size = header.syntax.deflated ? header.bytes.length : source.size;
  return imageRecords({ file: source.file, source: index }, header, size);
};
