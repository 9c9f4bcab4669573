/**
 * Which images are copies of each other. Identifiers alone do not tell: some anonymisers write one SOPInstanceUID into
 * every image of a series, and some archives give a new one to each copy. Position, time and number decide first, then
 * the pixels themselves.
 */
import { noteSentence } from '#shared/study/messages/notes.ts';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import type { QualityNote, SkippedFile } from '#shared/study/study.ts';
import type { InputFile } from '../bytes/input.ts';
import type { ImageRecord } from '../records.ts';
import { appearance } from './appearance.ts';
import { copiedSeries } from './copied-series.ts';
import { PixelDigests } from './pixel-digests.ts';
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

/** Two images of one key may be copies; two keys are two images. */
const likeness = (image: ImageRecord): string =>
  [image.seriesInstanceUID, image.attributes.InstanceNumber, appearance(image)].join('\n');

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
  const kept: ImageRecord[][] = [];
  const skipped: SkippedFile[] = [];
  const leaveOut = (copy: ImageRecord, original: ImageRecord): void => {
    const reason = refusalSentence('duplicate', { file: original.file });
    skipped.push(skippedFile(copy.file, new Refusal('duplicate', reason)));
    count(copies, copy.studyInstanceUID);
  };
  for (const records of perFile) {
    const first = records?.[0];
    if (!records || !first) continue;
    signal.throwIfAborted();
    const key = likeness(first);
    const candidates = alike.get(key) ?? [];
    const original = await firstCopyOf(first, candidates, digests);
    if (original) {
      leaveOut(first, original);
      continue;
    }
    alike.set(key, [...candidates, first]);
    if (uids.has(first.sopInstanceUID)) count(shared, first.studyInstanceUID);
    uids.add(first.sopInstanceUID);
    kept.push(records);
  }
  const originals = await copiedSeries(
    kept.flatMap(([first]) => first ?? []),
    digests,
    signal,
  );
  for (const [copy, original] of originals) leaveOut(copy, original);
  const images: ImageRecord[] = [];
  for (const records of kept) {
    if (records[0] && originals.has(records[0])) continue;
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
