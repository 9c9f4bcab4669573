/**
 * Copies under identifiers of their own: an archive or a second export gave a series, or its images, new UIDs and numbers.
 * One image does not show that, since the air beside a body looks alike in every phase; all images of a series that lie
 * where another's lie, with the same pixels each and not all of them alike, do.
 */
import type { ImageRecord } from '../records.ts';
import { appearance } from './appearance.ts';
import type { PixelDigests } from './pixel-digests.ts';

interface Pair {
  original: ImageRecord;
  copy: ImageRecord;
}

/** Images without a place have only their number to be recognised by. */
const place = (image: ImageRecord): string => {
  const { ImagePositionPatient, InstanceNumber } = image.attributes;
  const { patientName, patientId } = image.patient;
  const number = ImagePositionPatient === undefined ? InstanceNumber : undefined;
  return [patientName, patientId, number, appearance(image)].join('\n');
};

const push = <K, V>(lists: Map<K, V[]>, key: K, value: V): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};

/** Pairs that may be copies, by the two series that they lie in; a series may hold its own copy. */
const pairsBySeries = (images: readonly ImageRecord[]): Map<string, Pair[]> => {
  const pairs = new Map<string, Pair[]>();
  const firsts = new Map<string, ImageRecord[]>();
  for (const copy of images) {
    const key = place(copy);
    const earlier = firsts.get(key) ?? [];
    for (const original of earlier)
      push(pairs, `${original.seriesInstanceUID}\n${copy.seriesInstanceUID}`, { original, copy });
    if (!earlier.some(({ seriesInstanceUID }) => seriesInstanceUID === copy.seriesInstanceUID)) push(firsts, key, copy);
  }
  return pairs;
};

/** Ends at the first pair that differs, so that two phases of one place cost two reads. */
const areCopies = async (pairs: readonly Pair[], digests: PixelDigests, signal: AbortSignal): Promise<boolean> => {
  const pictures = new Set<string>();
  for (const { original, copy } of pairs) {
    signal.throwIfAborted();
    const picture = await digests.of(copy.source);
    if (picture !== (await digests.of(original.source))) return false;
    pictures.add(picture);
  }
  return pictures.size > 1;
};

/**
 * @param images the first image of each object, in the order of the files
 * @returns the original of each image that is a copy
 */
export const copiedSeries = async (
  images: readonly ImageRecord[],
  digests: PixelDigests,
  signal: AbortSignal,
): Promise<Map<ImageRecord, ImageRecord>> => {
  const counts = new Map<string, number>();
  for (const { seriesInstanceUID } of images) counts.set(seriesInstanceUID, (counts.get(seriesInstanceUID) ?? 0) + 1);
  const originals = new Map<ImageRecord, ImageRecord>();
  for (const pairs of pairsBySeries(images).values()) {
    const [first] = pairs;
    if (!first || pairs.some(({ original, copy }) => originals.has(original) || originals.has(copy))) continue;
    const { seriesInstanceUID } = first.copy;
    const isWithin = first.original.seriesInstanceUID === seriesInstanceUID;
    if (!isWithin && pairs.length !== counts.get(seriesInstanceUID)) continue;
    if (!(await areCopies(pairs, digests, signal))) continue;
    for (const { original, copy } of pairs) originals.set(copy, original);
  }
  return originals;
};
