/**
 * Which images are copies of each other. Identifiers alone do not tell: some anonymisers write one SOPInstanceUID into
 * every image of a series, and some archives give a new one to each copy. Position, time and number decide first, then
 * the pixels themselves.
 */
import { createHash } from 'node:crypto';
import type { SeriesFacts } from '#shared/study/facts.ts';
import { noteSentence } from '#shared/study/messages/notes.ts';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import type { QualityNote, SkippedFile } from '#shared/study/study.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import type { InputFile } from '../bytes/input.ts';
import type { ImageRecord } from '../records.ts';
import { readSourceHeader } from './read-file.ts';
import { Refusal, skippedFile } from './refusal.ts';

/** A note about one study. */
export interface StudyRemark {
  studyInstanceUID: string;
  note: QualityNote;
}

export interface DistinctImages {
  images: ImageRecord[];
  skipped: SkippedFile[];
  remarks: StudyRemark[];
}

/** Two images that differ in one of these are two images, whatever their identifiers and pixels say: air is air. */
const distinguishing = [
  'ImagePositionPatient',
  'ImageOrientationPatient',
  'SliceLocation',
  'InstanceNumber',
  'AcquisitionNumber',
  'TemporalPositionIdentifier',
  'AcquisitionDateTime',
  'AcquisitionTime',
  'ContentTime',
  'TriggerTime',
  'EchoTime',
  'EchoNumbers',
  'DiffusionBValue',
  'ImageType',
  'SeriesDescription',
] as const;

const appearance = (attributes: SeriesFacts): string =>
  distinguishing.map((keyword) => String(attributes[keyword] ?? '')).join('\n');

/** Two images of one key may be copies; two keys are two images. */
const likeness = ({ studyInstanceUID, seriesInstanceUID, frame, attributes }: ImageRecord): string =>
  [studyInstanceUID, seriesInstanceUID, frame, appearance(attributes)].join('\n');

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

class PixelDigests {
  readonly #files: readonly InputFile[];
  readonly #known = new Map<number, Promise<string>>();

  constructor(files: readonly InputFile[]) {
    this.#files = files;
  }

  async areEqual(a: number, b: number): Promise<boolean> {
    return (await this.#of(a)) === (await this.#of(b));
  }

  #of(source: number): Promise<string> {
    let digest = this.#known.get(source);
    if (!digest) {
      digest = this.#files[source]?.open(pixelDigest).catch(() => `unreadable ${source}`) ?? Promise.resolve('');
      this.#known.set(source, digest);
    }
    return digest;
  }
}

/** The same object stored under two transfer syntaxes is one: its pixels differ in how they are packed. */
const isRepacked = (a: ImageRecord, b: ImageRecord): boolean =>
  a.sopInstanceUID === b.sopInstanceUID && a.attributes.TransferSyntaxUID !== b.attributes.TransferSyntaxUID;

const count = (of: Map<string, number>, study: string): void => {
  of.set(study, (of.get(study) ?? 0) + 1);
};

/**
 * Keeps the first of images that are copies of each other, in the order of the files, and every image that only shares
 * its identifier with another. Files are read again where two might be copies, and nowhere else.
 */
export const distinctImages = async (
  perFile: readonly (ImageRecord[] | undefined)[],
  files: readonly InputFile[],
  signal: AbortSignal,
): Promise<DistinctImages> => {
  const digests = new PixelDigests(files);
  const alike = new Map<string, ImageRecord[]>();
  const uids = new Set<string>();
  const copies = new Map<string, number>();
  const shared = new Map<string, number>();
  const images: ImageRecord[] = [];
  const skipped: SkippedFile[] = [];
  for (const records of perFile) {
    const first = records?.[0];
    if (!records || !first) continue;
    signal.throwIfAborted();
    const key = likeness(first);
    const candidates = alike.get(key) ?? [];
    const original = await firstCopyOf(first, candidates, digests);
    if (original) {
      const reason = refusalSentence('duplicate', { file: original.file });
      skipped.push(skippedFile(first.file, new Refusal('duplicate', reason)));
      count(copies, first.studyInstanceUID);
      continue;
    }
    alike.set(key, [...candidates, first]);
    if (uids.has(first.sopInstanceUID)) count(shared, first.studyInstanceUID);
    uids.add(first.sopInstanceUID);
    for (const record of records) images.push(record);
  }
  const remarks = (of: Map<string, number>, say: (images: number) => QualityNote): StudyRemark[] =>
    [...of].map(([studyInstanceUID, images]) => ({ studyInstanceUID, note: say(images) }));
  return {
    images,
    skipped,
    remarks: [
      ...remarks(shared, (more) => ({ severity: 'warning', ...noteSentence('identifiers-repeat', { images: more }) })),
      ...remarks(copies, (more) => ({ severity: 'info', ...noteSentence('copies-left-out', { images: more }) })),
    ],
  };
};

const firstCopyOf = async (
  image: ImageRecord,
  candidates: readonly ImageRecord[],
  digests: PixelDigests,
): Promise<ImageRecord | undefined> => {
  for (const candidate of candidates) {
    if (isRepacked(image, candidate) || (await digests.areEqual(image.source, candidate.source))) return candidate;
  }
  return undefined;
};
